import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { createSerialRunner } from '../../src/http/serial-runner.ts';

/** A runner whose work ends when the test says so. */
function setUp() {
  const events: string[] = [];
  const waiting = new Map<string, ((error: Error | null) => void)[]>();
  let runs = 0;
  const runner = createSerialRunner(async (key) => {
    runs += 1;
    const name = `${key}${runs}`;
    events.push(`${name} begins`);
    const error = await new Promise<Error | null>((end) => waiting.set(key, [...(waiting.get(key) ?? []), end]));
    events.push(`${name} ends`);
    if (error) throw error;
  });
  /** Ends the run of this key that is under way. */
  async function end(key: string, error: Error | null = null): Promise<void> {
    await setImmediate();
    waiting.get(key)?.shift()?.(error);
    await setImmediate();
  }
  return { runner, events, end };
}

describe('a serial runner', () => {
  it('runs one thing at a time for a key, as often as it was asked to', async () => {
    const { runner, events, end } = setUp();
    const both = [runner.run('a'), runner.run('a')];
    await end('a');
    await end('a');
    await Promise.all(both);
    assert.deepEqual(events, ['a1 begins', 'a1 ends', 'a2 begins', 'a2 ends']);
  });

  it('lets different keys not wait for each other', async () => {
    const { runner, events, end } = setUp();
    const both = [runner.run('a'), runner.run('b')];
    await end('b');
    await end('a');
    await Promise.all(both);
    assert.deepEqual(events, ['a1 begins', 'b2 begins', 'b2 ends', 'a1 ends']);
  });

  it('throws what a run throws to whoever asked for it, and goes on with the next', async () => {
    const { runner, events, end } = setUp();
    const failing = runner.run('a');
    const next = runner.run('a');
    const thrown = assert.rejects(failing, /disk full/);
    await end('a', new Error('disk full'));
    await thrown;
    await end('a');
    await next;
    assert.deepEqual(events, ['a1 begins', 'a1 ends', 'a2 begins', 'a2 ends']);
  });

  it('knows whether a key is running, with what waits behind it', async () => {
    const { runner, end } = setUp();
    assert.equal(runner.isRunning('a'), false);
    const both = Promise.all([runner.run('a'), runner.run('a')]);
    await end('a');
    assert.deepEqual([runner.isRunning('a'), runner.isRunning('b')], [true, false]);
    await end('a');
    await both;
    assert.equal(runner.isRunning('a'), false);
  });

  it('is idle when nothing runs any more, what was asked for meanwhile included', async () => {
    const { runner, events, end } = setUp();
    await runner.idle();
    const first = runner.run('a').catch(() => undefined);
    const idle = runner.idle().then(() => events.push('idle'));
    const second = runner.run('b');
    await end('a', new Error('disk full'));
    await end('b');
    await Promise.all([first, second, idle]);
    assert.deepEqual(events, ['a1 begins', 'b2 begins', 'a1 ends', 'b2 ends', 'idle']);
  });
});
