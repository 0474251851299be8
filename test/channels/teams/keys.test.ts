import assert from 'node:assert/strict';
import { createSigningKeys } from '../../../src/channels/teams/keys.ts';
import { fakeClock, keptLog } from '../../support/fakes.ts';
import { hastenDeadlines } from '../deadlines.ts';
import { startMicrosoft, type Microsoft } from './far-end.ts';

const minutes = 60_000;
const days = 24 * 60 * minutes;

describe('the keys of the Bot Framework', () => {
  const clock = fakeClock();
  let microsoft: Microsoft;
  let keys: ReturnType<typeof createSigningKeys>;
  let restore: () => void;
  beforeEach(async () => {
    microsoft = await startMicrosoft(clock);
    const { metadata } = microsoft.endpoints;
    keys = createSigningKeys({ metadata, fetch: microsoft.fetch, clock, log: keptLog() });
    const { state } = microsoft;
    restore = hastenDeadlines(() => state.keyServer === 'hang');
  });
  afterEach(() => {
    restore();
    microsoft.close();
  });

  const known = async (kid: string) => {
    const key = await keys.find(kid);
    return typeof key === 'string' ? key : 'known';
  };

  it('are fetched once for a day, however many ask at once, with the channels they speak for', async () => {
    const found = await Promise.all(Array.from({ length: 20 }, () => keys.find('one')));
    assert.deepEqual(
      found.map((key) => typeof key === 'object' && key.endorsements),
      Array(20).fill(['msteams']),
    );
    clock.forward(days - 1);
    await known('one');
    assert.deepEqual(microsoft.counts, { metadata: 1, keys: 1, tokens: 0 });
  });

  it('are fetched again where the clock was set back, and serve meanwhile', async () => {
    await known('one');
    clock.forward(-6 * 60 * minutes);
    microsoft.state.keys = [microsoft.keyOf('two', 1)];
    assert.equal(await known('one'), 'known');
    assert.equal(await known('two'), 'known');
    assert.equal(microsoft.counts.keys, 2);
  });

  it('follow a rotation, and an unknown key is looked for once in five minutes', async () => {
    await known('one');
    microsoft.state.keys = [microsoft.keyOf('two', 1)];
    const junk = () => Promise.all(Array.from({ length: 50 }, (_, i) => known(`junk ${i}`)));
    assert.deepEqual([...new Set(await junk())], ['unknown']);
    assert.equal(await known('two'), 'unknown');
    assert.equal(microsoft.counts.keys, 1);
    clock.forward(5 * minutes);
    assert.equal(await known('two'), 'known');
    assert.equal(await known('one'), 'unknown');
    await junk();
    assert.equal(microsoft.counts.keys, 2);
  });

  for (const fault of ['down', 'hang', 'garbage', 'elsewhere', 'moved', 'empty', 'huge'] as const)
    it(`serve for a week although their server is ${fault}, without keeping anybody waiting`, async () => {
      await known('one');
      microsoft.state.keyServer = fault;
      for (let day = 1; day < 7; day += 1) {
        clock.forward(days);
        const before = performance.now();
        assert.equal(await known('one'), 'known');
        assert.ok(performance.now() - before < 100);
      }
      clock.forward(days);
      assert.equal(await known('one'), 'unavailable');
      microsoft.state.keyServer = 'up';
      clock.forward(5 * minutes);
      assert.equal(await known('one'), 'known');
    });

  it('are not to be had from a server that is down at the start, and are as soon as it is up', async () => {
    microsoft.state.keyServer = 'down';
    assert.deepEqual(await Promise.all([known('one'), known('one')]), ['unavailable', 'unavailable']);
    assert.equal(microsoft.counts.metadata, 1);
    microsoft.state.keyServer = 'up';
    assert.equal(await known('one'), 'unavailable');
    clock.forward(10_000);
    assert.equal(await known('one'), 'known');
  });

  it('are replaced in the background once they are a day old', async () => {
    await known('one');
    microsoft.state.keys = [microsoft.keyOf('two', 1)];
    clock.forward(days);
    assert.equal(await known('one'), 'known');
    while (microsoft.counts.keys < 2 || (await known('two')) !== 'known') await new Promise(setImmediate);
    assert.equal(await known('one'), 'unknown');
  });
});
