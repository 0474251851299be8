import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { dataFolder, withChild } from '../support/child.ts';
import { newChat, type Chat } from '../support/direct-line.ts';

/** A stream whose client never answers, and never ends its side. */
async function silentStream(url: string, chat: Chat): Promise<void> {
  const { pathname, search } = new URL(String((await chat.call('GET', '')).body.streamUrl));
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  socket.write(
    `GET ${pathname}${search} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  );
  const [answer] = (await once(socket, 'data')) as [Buffer];
  assert.match(answer.toString('latin1'), /^HTTP\/1\.1 101 /);
}

/** The process stops in time though so many clients keep their streams open and answer nothing. */
export function stopsBesideSilentStreams(count: number): void {
  it(`ends within 10 s though ${count} streams are open whose clients answer nothing`, async () => {
    const folder = dataFolder();
    await withChild(folder, {}, async (child) => {
      const chat = await newChat(child.url);
      for (let opened = 0; opened < count; opened += 50)
        await Promise.all(Array.from({ length: 50 }, () => silentStream(child.url, chat)));
      const begun = process.hrtime.bigint();
      child.signal('SIGTERM');
      assert.equal(await child.ended, 0);
      const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
      assert.ok(seconds <= 10, `${seconds} s`);
    });
    rmSync(folder, { recursive: true });
  });
}
