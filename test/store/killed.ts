import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { sql } from 'kysely';
import { openSqlite } from '../../src/store/sqlite/index.ts';
import { dataFolder, startChild, withChild, type Child } from '../support/child.ts';
import { chatOf, isBot, openChat, type Chat } from '../support/direct-line.ts';
import { startHeldApi } from '../support/held-api.ts';

const writers = 4;

/** A new token for one that has expired while processes came and went; the same where nobody answers now. */
async function refreshed(url: string, token: string): Promise<string> {
  const options = { method: 'POST', headers: { authorization: `Bearer ${token}` } };
  const answer = await fetch(`${url}/v3/directline/tokens/refresh`, options).catch(() => null);
  return answer?.ok ? ((await answer.json()) as { readonly token: string }).token : token;
}

/** A process is killed so many times while customers write. */
export function killedWhileTheyWrite(kills: number): void {
  describe('a process that is killed', function () {
    this.timeout(kills * 30_000 + 300_000);
    const folder = dataFolder();
    let running: Promise<Child>;
    before(() => void (running = startChild(folder)));
    after(async () => {
      (await running).signal('SIGKILL');
      rmSync(folder, { recursive: true });
    });

    it(`loses no message that was acknowledged and answers each once, over ${kills} kills`, async () => {
      /** After how many acknowledgements each process is killed, while other messages are under way. */
      const moments = fc.sample(fc.integer({ min: 1, max: 15 }), kills);
      const acknowledged = new Set<string>();
      let left = moments.shift() ?? 0;
      let done = false;

      async function restart(killed: Child): Promise<Child> {
        await killed.ended;
        const next = await startChild(folder);
        done = moments.length === 0;
        left = moments.shift() ?? 0;
        return next;
      }

      async function acknowledge(chat: Chat, clientId: string): Promise<void> {
        acknowledged.add(`${chat.id} client:${clientId}`);
        left -= 1;
        if (left !== 0) return;
        const child = await running;
        running = restart(child);
        child.signal('SIGKILL');
      }

      /** Writes until the last kill, each message again and again until it is acknowledged. */
      async function write(first: Chat): Promise<void> {
        let { token } = first;
        for (let i = 1; !done; i += 1)
          for (;;) {
            const chat = chatOf((await running).url, { conversationId: first.id, token });
            const answer = await chat.write(`hello ${i}`, `hello ${i}`).catch(() => null);
            if (answer?.status === 403) token = await refreshed((await running).url, token);
            if (answer === null || answer.status === 403) continue;
            assert.equal(answer.status, 200);
            await acknowledge(chat, `hello ${i}`);
            // Once more, as a client does that missed the acknowledgement.
            const again = await chat.write(`hello ${i}`, `hello ${i}`).catch(() => null);
            assert.equal(again?.status ?? 200, 200);
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
      assert.equal(rows[0]?.integrity_check, 'ok');
      assert.ok(acknowledged.size > kills);
      for (const key of acknowledged) assert.equal(keys.filter((one) => one === key).length, 1, key);
      assert.deepEqual(
        stored.filter((one) => one.attempts !== null),
        [],
        'nothing is left unanswered',
      );
      for (const { id, version, last_seq: lastSeq } of talks) {
        const mine = stored.filter((one) => one.conversation_id === id);
        assert.equal(version, inbound.filter((one) => one.conversation_id === id).length, 'each was answered once');
        assert.equal(lastSeq, mine.length, 'no gap');
      }
    });

    it('answers what it left unanswered when it comes back, though nobody writes again', async () => {
      const [own, api] = [dataFolder(), await startHeldApi()];
      let left = { conversationId: '', token: '' };
      try {
        await withChild(own, api.settings, async (child) => {
          const chat = await openChat(child.url, 'over-limit');
          left = { conversationId: chat.id, token: chat.token };
          await chat.write('I get access denied when I try to export', 'asked');
          await api.asked();
          child.signal('SIGKILL');
        });
        await withChild(own, api.settings, async ({ url }) => {
          const stream = await chatOf(url, left).listen();
          (await api.asked())();
          const asks = await stream.until((one) => String(one.text).startsWith('I get access denied'));
          await stream.until((one) => isBot(one) && String(one.id) > String(asks.id));
        });
      } finally {
        api.close();
        rmSync(own, { recursive: true });
      }
    });
  });
}
