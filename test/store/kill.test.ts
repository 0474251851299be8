import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { openSqlite } from '../../src/store/sqlite.ts';
import { startChild, type Child } from '../support/child.ts';
import { chatOf, openChat, type Chat } from '../support/direct-line.ts';

const kills = 10;
const writers = 4;
const seed = 20261122;

describe('a process that is killed', function () {
  this.timeout(180_000);
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  after(() => rmSync(folder, { recursive: true }));

  it(`loses no message that was acknowledged and answers each once, over ${kills} kills (seed ${seed})`, async () => {
    /** After how many more acknowledgements each process is killed, while other messages are under way. */
    const moments = fc.sample(fc.integer({ min: 1, max: 15 }), { seed, numRuns: kills });
    let running: Promise<Child> = startChild(folder);
    let left = moments.shift();
    let done = false;
    const acknowledged = new Map<string, string>();

    async function acknowledge(chat: Chat, clientId: string): Promise<void> {
      acknowledged.set(`${chat.id} client:${clientId}`, clientId);
      if (left === undefined) return;
      left -= 1;
      if (left > 0) return;
      left = moments.shift();
      done = left === undefined;
      const child = await running;
      running = child.ended.then(() => startChild(folder));
      child.signal('SIGKILL');
    }

    /** Writes until the last kill, each message again and again until it is acknowledged. */
    async function write(first: Chat): Promise<void> {
      for (let i = 1; !done; i += 1)
        for (;;) {
          const chat = chatOf((await running).url, { conversationId: first.id, token: first.token });
          const answer = await chat.write(`hello ${i}`, `hello ${i}`).catch(() => null);
          if (answer === null) continue;
          assert.equal(answer.status, 200);
          await acknowledge(chat, `hello ${i}`);
          break;
        }
    }

    const { url } = await running;
    const chats = await Promise.all(Array.from({ length: writers }, () => openChat(url)));
    await Promise.all(chats.map(write));
    const last = await running;
    last.signal('SIGTERM');
    assert.equal(await last.ended, 0);

    const db = openSqlite(folder);
    const { rows } = await sql<Record<string, string>>`pragma integrity_check`.execute(db);
    const stored = await db.selectFrom('activities').selectAll().execute();
    const talks = await db.selectFrom('conversations').selectAll().execute();
    await db.destroy();
    const inbound = stored.filter((one) => one.client_id !== null);
    const keys = inbound.map((one) => `${one.conversation_id} ${String(one.client_id)}`);
    assert.equal(rows[0]?.['integrity_check'], 'ok');
    assert.ok(acknowledged.size > kills);
    for (const key of acknowledged.keys()) assert.equal(keys.filter((one) => one === key).length, 1, key);
    assert.deepEqual(stored.filter((one) => one.attempts !== null), [], 'nothing is left unanswered');
    for (const { id, version, last_seq: lastSeq } of talks) {
      const mine = stored.filter((one) => one.conversation_id === id);
      assert.equal(version, inbound.filter((one) => one.conversation_id === id).length, 'each was answered once');
      assert.equal(lastSeq, mine.length, 'no gap');
    }
  });
});
