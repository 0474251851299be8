import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { openSqlite } from '../../src/store/sqlite/index.ts';
import { dataFolder, runMain, withChild } from '../support/child.ts';
import { isBot, openChat } from '../support/direct-line.ts';
import { fakeClock } from '../support/fakes.ts';
import { startHeldApi } from '../support/held-api.ts';
import { storeOver, textOf } from '../support/store.ts';

describe('the process', () => {
  let folder: string;
  let api: Awaited<ReturnType<typeof startHeldApi>>;
  beforeEach(async () => {
    folder = dataFolder();
    api = await startHeldApi();
  });
  afterEach(() => {
    api.close();
    rmSync(folder, { recursive: true });
  });

  /** Resolves when nobody listens any more, and has not for a while. */
  async function refuses(url: string): Promise<void> {
    for (let refused = 0; refused < 100;) {
      const answer = await fetch(`${url}/health`).catch(() => null);
      await answer?.text();
      if (answer === null) refused += 1;
    }
  }

  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    it(`ends cleanly on ${signal} while a turn is running: its reply is stored, and the exit code is 0`, async () => {
      let id = '';
      await withChild(folder, api.settings, async (child) => {
        const chat = await openChat(child.url, 'over-limit');
        id = chat.id;
        const stream = await chat.listen();
        await stream.until(isBot);
        await chat.write('I get access denied when I try to export', 'last');
        const answer = await api.asked();
        child.signal(signal);
        assert.equal(await stream.closed, 1001, 'going away: clients come back');
        await refuses(child.url);
        answer();
        assert.equal(await child.ended, 0);
      });
      const store = await storeOver(openSqlite(folder), fakeClock());
      const talk = await store.activitiesAfter(id, 0, 100);
      const pending = await store.withPending();
      await store.close();
      const asks = talk.findIndex((one) => textOf(one).startsWith('I get access denied'));
      assert.ok(
        talk.slice(asks + 1).some(({ type }) => type === 'reply'),
        'the reply is stored',
      );
      assert.deepEqual(pending, []);
    });

  it('that starts for the first time and has nothing to do ends at once, with streams open', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'latchkey-'));
    await withChild(empty, {}, async (child) => {
      const stream = await (await openChat(child.url)).listen();
      child.signal('SIGTERM');
      assert.deepEqual(await Promise.all([child.ended, stream.closed]), [0, 1001]);
    });
    rmSync(empty, { recursive: true });
  });

  it('with wrong settings says so in one line for each, without a stack, and ends with 1', async () => {
    const child = runMain(folder, { PORT: 'http', PUBLIC_URL: 'junk' });
    const ended = once(child, 'exit') as Promise<[number | null]>;
    const [[code], told] = await Promise.all([ended, text(child.stderr)]);
    assert.equal(code, 1);
    assert.match(told, /^PORT is not valid: .+\nPUBLIC_URL is not valid: .+\n$/);
  });
});
