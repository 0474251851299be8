import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { SupportError } from '../../src/domain/errors.ts';
import { known } from '../../src/domain/snapshot.ts';
import { restoreSubject } from '../../src/identity/verify.ts';
import { at, setUp, source } from './composed.ts';
import { subject } from './fixture.ts';

/** A source that answers when the test says so, and counts. */
function heldSource() {
  const waiting: ((fails: boolean) => void)[] = [];
  let reads = 0;
  const held = source('account-api', ['plan'], () => {
    reads += 1;
    const plan = `read ${reads}`;
    return new Promise((resolve, reject) => {
      waiting.push((fails) => {
        if (fails) reject(new SupportError('account-unreachable'));
        else resolve({ plan: known(plan, 'account-api', at) });
      });
    });
  });
  return {
    source: held,
    reads: () => reads,
    answer: async ({ fails = false, which = 0 } = {}) => {
      await setImmediate();
      waiting.splice(which, 1)[0]?.(fails);
      await setImmediate();
    },
  };
}

describe('reading an account again', () => {
  function held() {
    const far = heldSource();
    const { clock, accounts } = setUp(far.source);
    const planOf = async (options?: { fresh: boolean }, as = subject) => {
      const { plan, at: readAt } = await accounts.read(as, options);
      return `${plan.known ? plan.value : plan.why}, ${readAt - at} ms`;
    };
    /** Reads and has it answered at once. */
    const read = async (options?: { fresh: boolean }, as = subject) => {
      const reading = planOf(options, as);
      await far.answer();
      return reading;
    };
    return { ...far, clock, accounts, planOf, read };
  }

  it('gives what was read less than five seconds ago again, with its own read time', async () => {
    const { read, planOf, clock, reads } = held();
    await read();
    clock.forward(4_999);
    assert.equal(await planOf(), 'read 1, 0 ms');
    assert.equal(reads(), 1);
    clock.forward(1);
    assert.equal(await read(), 'read 2, 5000 ms');
  });

  it('always reads what is to be fresh, and then gives that again', async () => {
    const { read, planOf, clock } = held();
    await read();
    clock.forward(1_000);
    assert.equal(await read({ fresh: true }), 'read 2, 1000 ms');
    assert.equal(await planOf(), 'read 2, 1000 ms');
    clock.forward(4_999);
    assert.equal(await planOf({ fresh: false }), 'read 2, 1000 ms');
  });

  it('shares a reading that is under way, but not with who wants it fresh', async () => {
    const { planOf, answer, reads } = held();
    const first = [planOf(), planOf(), planOf()];
    const fresh = planOf({ fresh: true });
    const later = planOf();
    await answer();
    await answer();
    assert.deepEqual(await Promise.all(first), Array(3).fill('read 1, 0 ms'));
    assert.deepEqual(await Promise.all([fresh, later]), Array(2).fill('read 2, 0 ms'));
    assert.equal(reads(), 2);
  });

  it('does not give an older reading again that ends after a newer one', async () => {
    const { planOf, answer } = held();
    const older = planOf();
    const newer = planOf({ fresh: true });
    await answer({ which: 1 });
    await answer();
    assert.deepEqual(await Promise.all([older, newer, planOf()]), ['read 1, 0 ms', 'read 2, 0 ms', 'read 2, 0 ms']);
  });

  it('does not give a reading again in which something failed', async () => {
    const { planOf, read, answer } = held();
    const failing = planOf();
    await answer({ fails: true });
    assert.equal(await failing, 'not-read, 0 ms');
    assert.equal(await read(), 'read 2, 0 ms');
  });

  it('gives a newer reading again although an older one fails after it', async () => {
    const { planOf, answer } = held();
    const older = planOf();
    const newer = planOf({ fresh: true });
    await answer({ which: 1 });
    await answer({ fails: true });
    assert.deepEqual(await Promise.all([older, newer, planOf()]), ['not-read, 0 ms', 'read 2, 0 ms', 'read 2, 0 ms']);
  });

  it('reads one subject again after five seconds although another was read meanwhile', async () => {
    const { read, clock } = held();
    const neighbour = restoreSubject({ ...subject, userId: 'usr_8' });
    await read(undefined, neighbour);
    await read();
    clock.forward(4_000);
    await read({ fresh: true }, neighbour);
    clock.forward(1_001);
    assert.equal(await read(), 'read 4, 5001 ms');
  });

  it('does not fall back on what was read before a fresh reading that failed', async () => {
    const { planOf, read, answer } = held();
    await read();
    const failing = planOf({ fresh: true });
    await answer({ fails: true });
    await failing;
    assert.equal(await read(), 'read 3, 0 ms');
  });

  for (const [whose, other] of [
    ['another user of the account', { userId: 'usr_8' }],
    ['the same user id of another account', { accountId: 'acct_43' }],
    ['a customer of Stripe', { stripeCustomerId: 'cus_1' }],
    ['ids that look alike when joined', { accountId: 'acct_42usr', userId: '_7' }],
  ] as const)
    it(`does not give ${whose} what was read for this one`, async () => {
      const { read } = held();
      await read();
      assert.equal(await read(undefined, restoreSubject({ ...subject, ...other })), 'read 2, 0 ms');
    });

  it('keeps at most 1,000 subjects, and forgets what was asked for longest ago', async () => {
    const { accounts, clock } = setUp(source('account-api', ['plan'], () => ({ plan: known('x', 'account-api', at) })));
    const user = (id: number) => restoreSubject({ ...subject, userId: `usr_${id}` });
    for (let id = 0; id <= 1_000; id += 1) await accounts.read(user(id));
    clock.forward(1);
    const readAt = async (id: number) => (await accounts.read(user(id))).at - at;
    assert.deepEqual([await readAt(1_000), await readAt(1), await readAt(0)], [0, 0, 1]);
    assert.deepEqual([await readAt(1), await readAt(2)], [0, 1], 'which made room for the one before');
  });

  it('reads again when the clock was set back', async () => {
    const { read, clock } = held();
    await read();
    clock.forward(-1);
    assert.equal(await read(), 'read 2, -1 ms');
  });
});
