import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { dataFolder, withChild } from '../support/child.ts';
import { stopsBesideSilentStreams } from './silent-streams.ts';

/** One client that keeps its connection, as a proxy does, and asks until it is told that the connection ends; what failed. */
async function askOn(url: string, asked: () => void): Promise<string[]> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const failures: string[] = [];
  try {
    for (let head = ''; !/^connection: close\r$/im.test(head);) {
      socket.write('GET /articles/access-denied HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
      head = await answerOn(socket);
      if (!head.startsWith('HTTP/1.1 200 ')) failures.push(head);
      asked();
    }
  } catch (error) {
    failures.push(String(error));
  }
  socket.destroy();
  return failures;
}

/** The head of an answer whose body has come, too. Throws where the connection ends before. */
async function answerOn(socket: Socket): Promise<string> {
  let [got, missing] = ['', 1];
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    got += (chunk as Buffer).toString('latin1');
    const [head = '', body] = got.split(/\r\n\r\n(.*)/s);
    if (body !== undefined) missing = Number(/^content-length: (\d+)/im.exec(head)?.[1]) - body.length;
    if (missing === 0) break;
  }
  if (missing > 0) throw new Error('the connection ended before the answer did');
  return got.slice(0, got.indexOf('\r\n\r\n') + 2);
}

describe('the process under load', () => {
  let folder: string;
  beforeEach(() => (folder = dataFolder()));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('answers every request until it is stopped, and tells each client first that its connection ends', () =>
    withChild(folder, {}, async (child) => {
      let count = 0;
      const clients = Array.from({ length: 20 }, () =>
        askOn(child.url, () => {
          count += 1;
          if (count === 200) child.signal('SIGTERM');
        }),
      );
      assert.deepEqual((await Promise.all(clients)).flat(), []);
      assert.equal(await child.ended, 0);
    }));

  it('says to who asks for its health that it stops, before it does', () =>
    withChild(folder, {}, async (child) => {
      assert.equal((await fetch(`${child.url}/health`)).status, 200);
      child.signal('SIGTERM');
      let told = { status: 200, error: { code: '' } };
      while (told.status === 200) {
        const answer = await fetch(`${child.url}/health`);
        // While it still runs the body has a status of its own.
        told = { ...((await answer.json()) as { error: { code: string } }), status: answer.status };
      }
      assert.deepEqual([told.status, told.error.code], [503, 'stopping']);
      assert.equal(await child.ended, 0);
    }));

  stopsBesideSilentStreams(100);
});
