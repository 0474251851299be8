import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { Accounts } from '../../src/domain/ports.ts';
import { known, unread, type Snapshot } from '../../src/domain/snapshot.ts';
import { fakeClock, keptLog } from '../support/fakes.ts';
import { answerWith, members, pathOf, subject, told, validAnswer, type Member } from './fixture.ts';

/** What stands behind a source: an account as `fixture.ts` has it, one that is not there, a wrong key, or nothing. */
export type FarEnd =
  { readonly account: object } | 'user_not_in_account' | 'account_not_found' | 'refuses-our-key' | 'unreachable';

/** An account source with its far end. `reads` counts how often that was asked; `secret` must never be logged. */
export interface OpenSource {
  readonly accounts: Accounts;
  readonly secret: string;
  reads(): number;
  close(): void | Promise<void>;
}

export interface SourceNeeds {
  readonly clock: ReturnType<typeof fakeClock>;
  readonly log: ReturnType<typeof keptLog>;
}

export type OpenFarEnd = (farEnd: FarEnd, needs: SourceNeeds) => Promise<OpenSource>;

/** What every account source promises. `members` lists what it can tell. */
export function accountSourceContract(name: string, open: OpenFarEnd): void {
  const needs = { clock: fakeClock(), log: keptLog() };
  const at = needs.clock.now();

  async function read(farEnd: FarEnd, as = subject): Promise<Snapshot> {
    needs.log.lines.length = 0;
    const source = await open(farEnd, needs);
    try {
      const snapshot = await source.accounts.read(as);
      assert.ok(source.reads() <= 1, `${source.reads()} requests for one read`);
      assert.ok(!inspect(needs.log.lines, { depth: null }).includes(source.secret), 'the key stands in the log');
      return snapshot;
    } finally {
      await source.close();
    }
  }

  const snapshotOf = (facts: Partial<Snapshot>): Snapshot => ({ ...nothing, ...facts });
  const identity = known('verified', 'identity', at);
  const allAs = <T>(fact: (member: Member) => T) => Object.fromEntries(members.map((one) => [one, fact(one)]));
  const nothing = { at, identity, ...allAs(() => unread('not-read', 'account-api', at)) } as unknown as Snapshot;
  const everything = { at, identity, ...allAs((one) => known(told[one], 'account-api', at)) } as unknown as Snapshot;

  describe(`the account source ${name}`, () => {
    it('reads every member, with its source and time', async () => {
      assert.deepEqual(await read({ account: validAnswer }), everything);
    });

    for (const [member, path] of Object.entries(pathOf)) {
      it(`does not know the ${member} when it is absent, and still knows the rest`, async () => {
        const snapshot = await read({ account: answerWith(path, undefined) });
        assert.deepEqual(snapshot, { ...everything, [member]: unread('not-told', 'account-api', at) });
      });

      it(`does not know the ${member} when it is malformed, and still knows the rest`, async () => {
        const snapshot = await read({ account: answerWith(path, { not: 'as agreed' }) });
        assert.deepEqual(snapshot, { ...everything, [member]: unread('not-told', 'account-api', at) });
      });
    }

    it('knows nothing but the membership from an answer that tells only whose account it is', async () => {
      const { membership, ...rest } = await read({ account: { account: { id: 'acct_42' } } });
      assert.deepEqual(membership, known('member', 'account-api', at));
      const others = members.filter((one) => one !== 'membership');
      for (const member of others)
        assert.deepEqual(rest[member as keyof typeof rest], unread('not-told', 'account-api', at));
    });

    for (const [whose, path] of [
      ['another account', ['account', 'id']],
      ['another user', ['user', 'id']],
    ] as const)
      for (const id of ['someone-else', '', 7, null, ['acct_42'], {}])
        it(`uses nothing of an answer about ${whose}: ${JSON.stringify(id)}`, async () => {
          assert.deepEqual(await read({ account: answerWith(path, id) }), nothing);
        });

    it('proves that the user is not in the account', async () => {
      const membership = known('not-in-account' as const, 'account-api', at);
      assert.deepEqual(await read('user_not_in_account'), snapshotOf({ membership }));
      assert.deepEqual(needs.log.lines, []);
    });

    it('proves that there is no such account', async () => {
      const membership = known('account-not-found' as const, 'account-api', at);
      assert.deepEqual(await read('account_not_found'), snapshotOf({ membership }));
    });

    it('alarms the operator, not the customer, when our key is refused', async () => {
      assert.deepEqual(await read('refuses-our-key'), nothing);
      const codes = needs.log.lines.map(({ level, fields }) => [level, (fields as { code: string }).code]);
      assert.deepEqual(codes, [['error', 'account-refused']]);
    });

    it('knows nothing when nobody answers, and does not throw', async () => {
      assert.deepEqual(await read('unreachable'), nothing);
      const codes = needs.log.lines.map(({ level, fields }) => [level, (fields as { code: string }).code]);
      assert.deepEqual(codes, [['warn', 'account-unreachable']]);
    });
  });
}
