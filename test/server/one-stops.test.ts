import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { dataFolder, startChild, type Child } from '../support/child.ts';
import { newPostgresDatabase } from '../support/databases.ts';
import { bearer, chatOf, openChat, type Chat } from '../support/direct-line.ts';

const [clients, before, after] = [8, 5, 5];

/** Posts on a connection that is kept; whether the answer tells that it ends. */
function post(agent: Agent, url: string, chat: Chat, text: string): Promise<{ status: number; ends: boolean }> {
  const body = JSON.stringify({ type: 'message', text, channelData: { clientActivityID: text } });
  const headers = {
    ...{ ...bearer(chat.token), connection: 'keep-alive', 'content-type': 'application/json' },
    'content-length': body.length,
  };
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/v3/directline/conversations/${chat.id}/activities`, {
      agent,
      method: 'POST',
      headers,
    });
    sent.on('error', reject);
    sent.on('response', (answer) => {
      const told = { status: answer.statusCode ?? 0, ends: answer.headers.connection === 'close' };
      json(answer).then(() => resolve(told), reject);
    });
    sent.end(body);
  });
}

/** A client with one kept connection and a stream at `from`, who goes on at `to` when told that the connection ends. */
async function customer(from: Child, to: Child, wrote: () => void) {
  const chat = await openChat(from.url);
  let stream = await chat.listen();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const [said, failures, seen]: [string[], string[], string[]] = [[], [], []];
  const write = async (url: string) => {
    const text = `message ${said.length}`;
    said.push(text);
    const { status, ends } = await post(agent, url, chat, text);
    if (status !== 200) failures.push(`${text}: ${status}`);
    wrote();
    return ends;
  };
  while (!(await write(from.url)));
  for (let i = 0; i < after; i += 1) await write(to.url);
  assert.equal(await stream.closed, 1001, 'going away: clients come back');
  seen.push(...stream.texts());
  stream = await chatOf(to.url, { conversationId: chat.id, token: chat.token }).listen(stream.watermark());
  if (!seen.includes(said.at(-1) ?? '')) await stream.until(({ text }) => text === said.at(-1));
  seen.push(...stream.texts());
  await stream.close();
  agent.destroy();
  return { failures, said, seen: seen.filter((text) => text.startsWith('message ')) };
}

describe('one of two processes that is stopped while customers write', () => {
  it('fails no request, and every stream goes on at the other without losing a message', async () => {
    const { url: database, drop } = await newPostgresDatabase();
    const folders = [dataFolder(), dataFolder()];
    const [from, to] = [
      await startChild(folders[0] ?? '', { DATABASE_URL: database }),
      await startChild(folders[1] ?? '', { DATABASE_URL: database }),
    ];
    try {
      let count = 0;
      const stop = () => {
        count += 1;
        if (count === clients * before) from.signal('SIGTERM');
      };
      const all = await Promise.all(Array.from({ length: clients }, () => customer(from, to, stop)));
      for (const { failures, said, seen } of all) {
        assert.deepEqual(failures, []);
        assert.deepEqual(seen, said);
      }
      assert.equal(await from.ended, 0);
    } finally {
      for (const child of [from, to]) child.signal('SIGKILL');
      await Promise.all([from.ended, to.ended]);
      for (const folder of folders) rmSync(folder, { recursive: true });
      await drop();
    }
  });
});
