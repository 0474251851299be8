import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { createResilientGet } from '../../src/accounts/resilient-get.ts';
import { createAccountReader } from '../../src/accounts/read-account.ts';
import { accountMembers, known, unknownFact, type AccountMember, type Snapshot } from '../../src/domain/snapshot.ts';
import { countingRandom, fakeClock, keptLog } from '../support/fakes.ts';
import type { Connect, FarEnd } from './far-end.ts';
import { subject as someone, type Values } from './fixture.ts';

/**
 * The shared contract of account sources. A source's test says once what its far end answers, and what that tells:
 *
 *   accountSourceContract({
 *     name: 'stripe',                                     // for the test's name
 *     connect: inMemory(createStripeSource({ key }, catalog)),  // or overSocket((url) => …), or your own with nock
 *     secret: key,                                        // null: the far end is public
 *     subject,                                            // where the one of fixture.ts will not do
 *     whole: (url) => ({ status: 200, body: … }),         // by url.pathname and url.searchParams; a string is sent as it is
 *     told: { plan: 'starter', … },                       // exactly the members that the source `tells`
 *     cases: {                                            // what differs from `told`; all other members must stand
 *       'the plan is absent': { farEnd, unread: { plan: 'not-told' } },
 *       'the meters fail': { farEnd, unread: { quotas: 'not-read' } },
 *       'the plan is another': { farEnd, told: { plan: 'team' } },
 *     },
 *     foreign: { 'another customer': farEnd },            // answers of which nothing may be used: `account-garbage`
 *   });
 *
 * The contract itself adds what is the same for all: a far end that refuses, fails, redirects, is busy or answers garbage
 * to every request makes the source throw, so that all its members are 'not-read' and one line is logged; every request
 * goes to one origin, carries the secret only in a header, and is retried at most once.
 */
export interface SourceInTest {
  readonly name: string;
  readonly connect: Connect;
  readonly secret: string | null;
  readonly subject?: typeof someone;
  readonly whole: FarEnd;
  readonly told: Partial<Values>;
  /** What nobody misses where the source fails. */
  readonly seldom?: readonly AccountMember[];
  readonly cases: Readonly<Record<string, Case>>;
  readonly foreign: Readonly<Record<string, FarEnd>>;
}

/** A far end that tells other values than `told`, or leaves some unread. */
export interface Case {
  readonly farEnd: FarEnd;
  readonly told?: Partial<Values>;
  readonly unread?: Readonly<Partial<Record<AccountMember, 'not-told' | 'not-read' | 'not-connected'>>>;
}

const page = '<!doctype html><title>Bad gateway</title>';
const later = { retryAfterMs: 60_000 };
const always =
  (status: number, body: unknown = '', more = {}): FarEnd =>
  () => ({ status, body, ...more });

const unreachable: Readonly<Record<string, FarEnd>> = {
  'nobody answers': () => 'refused',
  'it fails': always(500, { error: 'oops' }),
  'only its proxy answers': always(502, page),
  'it is down for maintenance': always(503, page, later),
  'it asks for patience': always(429, '', later),
  'it sends us elsewhere': always(302, page),
  'it answers with no content': always(204),
};
const garbage: Readonly<Record<string, FarEnd>> = {
  'it answers with a page': always(200, page),
  'it answers with nothing': always(200),
  'it answers with half of its JSON': always(200, '{"account":{"id":"acct_42'),
  'it answers with an array': always(200, []),
  'it answers with null': always(200, 'null'),
  'it answers with a number': always(200, 7),
  'it answers with a text': always(200, '"ok"'),
  'it answers with an empty object': always(200, {}),
  'it answers with very deep JSON': always(200, '['.repeat(100_000) + ']'.repeat(100_000)),
  'it answers with 2 MB': always(200, ' '.repeat(2_097_152) + '{}'),
};

/** What every account source promises. */
export function accountSourceContract(test: SourceInTest): void {
  const { told, whole } = test;

  async function expectRead(farEnd: FarEnd, differs: Omit<Case, 'farEnd'>, logged: readonly string[]): Promise<void> {
    const { snapshot, source, lines } = await read(test, farEnd);
    const { at } = snapshot;
    const fact = (member: AccountMember) => {
      const why = differs.unread?.[member];
      if (why) return unknownFact(why, source.name, at);
      const value = { ...told, ...differs.told }[member];
      return value === undefined ? unknownFact('not-connected', 'account-api', at) : known(value, source.name, at);
    };
    const facts = Object.fromEntries(accountMembers.map((member) => [member, fact(member)]));
    assert.deepEqual(snapshot, { at, identity: known('verified', 'identity', at), ...facts });
    assert.deepEqual(lines, logged);
  }

  const seldom: readonly string[] = test.seldom ?? [];
  const why = (member: string) => (seldom.includes(member) ? 'not-connected' : 'not-read');
  const nothing = { unread: Object.fromEntries(Object.keys(told).map((member) => [member, why(member)] as const)) };

  describe(`the account source ${test.name}`, () => {
    it('tells exactly the members that it says it tells', async () => {
      const { source } = await read(test, whole);
      assert.deepEqual([...source.tells].sort(), Object.keys(told).sort());
    });

    it('reads every member, with its source and time', () => expectRead(whole, {}, []));

    for (const [when, { farEnd, ...differs }] of Object.entries(test.cases)) {
      const lost = Object.values(differs.unread ?? {}).includes('not-read');
      it(`reads what is there when ${when}`, () => expectRead(farEnd, differs, lost ? ['warn partly'] : []));
    }

    for (const [whose, farEnd] of Object.entries(test.foreign))
      it(`uses nothing of an answer about ${whose}`, () => expectRead(farEnd, nothing, ['error account-garbage']));

    for (const [when, farEnd] of Object.entries(unreachable))
      it(`knows nothing when ${when}`, () => expectRead(farEnd, nothing, ['warn account-unreachable']));

    for (const [when, farEnd] of Object.entries(garbage))
      it(`knows nothing when ${when}`, () => expectRead(farEnd, nothing, ['error account-garbage']));

    if (test.secret !== null)
      for (const status of [401, 403])
        it(`alarms the operator, not the customer, when our key is refused (${status})`, () =>
          expectRead(always(status, page), nothing, ['error account-refused']));
  });
}

/** One reading as the product makes it, with time that stands still but for waiting. */
async function read({ connect, secret, subject = someone }: SourceInTest, farEnd: FarEnd) {
  const [clock, log] = [fakeClock(), keptLog()];
  const asked: string[] = [];
  const far = await connect(farEnd);
  const startReading = createResilientGet({
    get: (url, options) => {
      asked.push(url);
      return far.get(url, options);
    },
    sleep: (ms) => {
      clock.forward(ms);
      return Promise.resolve();
    },
    clock,
    random: countingRandom(),
    log,
  });
  let snapshot: Snapshot;
  try {
    snapshot = await createAccountReader([far.source], { startReading, clock, log }).read(subject);
  } finally {
    await far.close();
  }
  assertModest(asked);
  const shown = inspect([asked, log.lines], { depth: null });
  assert.ok(secret === null || !shown.includes(secret), 'the key stands in an address or in the log');
  // Why a part of a source is unknown is told in tests of that source.
  const lines = log.lines.filter(
    ({ message }) =>
      !/^(?:something in an answer is doubtful|a part of a source|several subscriptions|no subscription|Stripe says a word)/.test(
        message,
      ),
  );
  return { snapshot, source: far.source, lines: lines.map(({ level, fields }) => `${level} ${codeIn(fields)}`) };
}

function codeIn(fields: object): string {
  return 'code' in fields ? String(fields.code) : 'members' in fields ? 'partly' : inspect(fields);
}

function assertModest(asked: readonly string[]): void {
  assert.ok(asked.length > 0, 'the far end was not asked');
  for (const url of asked)
    assert.ok(asked.filter((one) => one === url).length <= 2, `${url} was asked more than twice`);
  assert.equal(new Set(asked.map((url) => new URL(url).origin)).size, 1, 'more than one origin was asked');
}
