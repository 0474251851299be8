import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createAccountApiSource } from '../../src/accounts/account-api.ts';
import { createDoubtLog } from '../../src/accounts/doubt-log.ts';
import { createAccountReader } from '../../src/accounts/read-account.ts';
import type { Doubt } from '../../src/accounts/source.ts';
import { createEvents } from '../../src/domain/events.ts';
import { createMeters } from '../../src/metrics/meters.ts';
import { fakeClock, keptLog } from '../support/fakes.ts';
import { readingFrom } from './far-end.ts';
import { subject, validAnswer } from './fixture.ts';
import { mutantsOf } from './mutants.ts';
import { doubtsIn, oddIds, oddValues } from './odd-values.ts';
import { rounds } from '../support/rounds.ts';

const hour = 3_600_000;
const at = fakeClock().now();

/** What our client doubts of an answer. */
async function doubted(body: object): Promise<readonly Doubt[]> {
  const doubts: Doubt[] = [];
  const source = createAccountApiSource({ url: 'https://accounts.test', key: 'key' });
  const reading = {
    at,
    get: readingFrom(() => ({ status: 200, body }))()('account-api'),
    warn: () => undefined,
    doubt: (all: readonly Doubt[]) => void doubts.push(...all),
  };
  await source.read(subject, reading).catch(() => undefined);
  return doubts;
}

describe('what is doubtful in an answer', () => {
  for (const [what, odd] of Object.entries({ ...oddValues, ...oddIds }))
    it(`is told by its path and why, and nothing else is: ${what}`, async () => {
      assert.deepEqual(await doubted(odd.answer), doubtsIn(odd));
    });

  it('is nothing where all is as agreed, or not told', async () => {
    for (const answer of [validAnswer, { account: { id: 'acct_42' } }, { account: { id: 'acct_42' }, user: {} }])
      assert.deepEqual(await doubted(answer), []);
  });

  it('is told of one path once, in words that no answer wrote', async () => {
    const secret = 'zq7secret';
    const words = (value: unknown): unknown => (typeof value === 'string' ? `${secret} ${value}` : value);
    const property = fc.asyncProperty(mutantsOf(validAnswer), async (mutant) => {
      const text = JSON.stringify(mutant, (key, value: unknown) => (key === 'id' ? value : words(value)));
      const doubts = await doubted(JSON.parse(text) as object);
      assert.equal(new Set(doubts.map(({ path }) => path)).size, doubts.length);
      for (const { path, why } of doubts) {
        assert.doesNotMatch(`${path} ${why}`, /zq7|acct_42|usr_7|undefined|NaN/);
        assert.match(path, /^[a-zA-Z]+(?:\[\])?(?:\.[a-zA-Z]+(?:\[\])?)*$/);
      }
    });
    await fc.assert(property, { numRuns: rounds(500) });
  });
});

describe('the log of what is doubtful', () => {
  function setUp() {
    const [clock, log] = [fakeClock(), keptLog()];
    const counted: string[] = [];
    const note = createDoubtLog({ clock, log, doubtful: (path) => void counted.push(path) });
    return { clock, log, counted, note };
  }
  const limit = { path: 'usage[].limit', why: 'is null' };
  const told = (log: ReturnType<typeof keptLog>) => log.lines.map(({ level, message }) => `${level}: ${message}`);
  const [begins, gone] = ['warn: something in an answer is doubtful', 'info: it is not doubtful any more'];

  it('has one line for a path and why, and counts each answer', () => {
    const { log, note, counted } = setUp();
    for (let i = 0; i < 1_000; i += 1) note('account-api', [limit]);
    assert.deepEqual(log.lines, [
      { level: 'warn', fields: { source: 'account-api', ...limit }, message: 'something in an answer is doubtful' },
    ]);
    assert.equal(counted.length, 1_000);
  });

  it('is no flood where some customers have it and others do not', () => {
    const { log, note, clock } = setUp();
    for (let i = 0; i < 1_000; i += 1) {
      note('account-api', i % 2 === 0 ? [limit] : []);
      clock.forward(hour / 2);
    }
    assert.deepEqual(told(log), [begins]);
  });

  it('says when it has gone for an hour, and again when it comes back', () => {
    const { log, note, clock } = setUp();
    note('account-api', [limit]);
    clock.forward(hour - 1);
    note('account-api', []);
    assert.deepEqual(told(log), [begins]);
    clock.forward(1);
    note('account-api', []);
    note('account-api', []);
    note('account-api', [limit]);
    assert.deepEqual(told(log), [begins, gone, begins]);
  });

  it('has a line for another reason at the same path', () => {
    const { log, note } = setUp();
    note('account-api', [limit]);
    note('account-api', [{ ...limit, why: 'is negative' }]);
    assert.equal(log.lines.length, 2);
  });

  it('is written by the product’s reader, without any value of the account', async () => {
    const [clock, log] = [fakeClock(), keptLog()];
    const counted: string[] = [];
    const source = createAccountApiSource({ url: 'https://accounts.test', key: 'key' });
    const body = { account: { id: 'acct_42', name: 'Acme', status: 'frozen-for-ada' }, user: { id: 'usr_7' } };
    const startReading = readingFrom(() => ({ status: 200, body }));
    const doubtful = (path: string) => void counted.push(path);
    await createAccountReader([source], { startReading, clock, log, doubtful }).read(subject);
    assert.deepEqual(counted, ['account.status']);
    assert.match(JSON.stringify(log.lines), /"path":"account\.status","why":"is none of the words that are known"/);
    assert.doesNotMatch(JSON.stringify(log.lines), /frozen-for-ada|Acme|acct_42|usr_7/);
  });

  it('is counted for who watches, by the path', async () => {
    const [events, clock] = [createEvents(), fakeClock()];
    const sample = () => Promise.resolve({ at: clock.now(), ready: true, backlog: null });
    const meters = createMeters({ events, clock, sources: [], sample, openSockets: () => 0 });
    events.emit('answer-doubtful', 'usage[].limit');
    events.emit('answer-doubtful', 'usage[].limit');
    assert.match(await meters.text(), /^latchkey_doubtful_total\{path="usage\[\]\.limit"\} 2$/m);
  });
});
