import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { connect, Socket } from 'node:net';
import { SupportError, type ErrorCode } from '../../src/domain/errors.ts';
import { createOrigins } from '../../src/http/origins.ts';
import type { StreamRoute } from '../../src/http/route.ts';
import { createServer } from '../../src/http/server.ts';
import { WebSocket } from 'ws';
import { keptLog } from '../support/fakes.ts';

const head = (path: string) =>
  `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n';

/** `left`: how many streams were told that their client is gone. */
async function startServer(differs: { readonly mostConnections?: number; readonly serves?: boolean } = {}) {
  const left: string[] = [];
  const said = new EventEmitter();
  const stream: StreamRoute = {
    path: /^\/stream\/\w+$/,
    open: (_, { pathname }) =>
      Promise.resolve(() => ({
        receive: (text) => void said.emit('said', text),
        leave: () => {
          left.push(pathname);
        },
      })),
  };
  const words: StreamRoute = {
    path: /^\/words$/,
    open: () =>
      Promise.resolve((socket) => ({
        receive: (text) => text.split(' ').forEach((word) => socket.send(word)),
        leave: () => undefined,
      })),
  };
  const refused: StreamRoute = {
    path: /^\/refused\/[\w-]+$/,
    open: (_, { pathname }) => Promise.reject(new SupportError(pathname.slice(9) as ErrorCode)),
  };
  const origins = createOrigins({ publicUrl: null, allowedOrigins: [], called: [] });
  const { made: server, beat } = catchBeats(() => createServer({ log: keptLog(), origins, ...differs }));
  const serve = () => server.serve({ routes: [], streams: [stream, words, refused] });
  if (differs.serves !== false) serve();
  const port = await server.listen(0, '127.0.0.1');
  return { server, serve, beat, port, left, heard: () => once(said, 'said') };
}

/** What is made, and what beats its heart: no test waits for that. */
function catchBeats<T>(make: () => T) {
  const { setInterval } = globalThis;
  const hearts: (() => void)[] = [];
  globalThis.setInterval = (work: () => void) => {
    hearts.push(work);
    return setInterval(() => undefined, 1_000_000).unref();
  };
  try {
    return { made: make(), beat: () => hearts.forEach((one) => one()) };
  } finally {
    globalThis.setInterval = setInterval;
  }
}

/** A client that asks for an upgrade, reads what it gets, and never ends its own side. */
async function halfOpen(port: number, path: string) {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  const closed = Promise.race([once(socket, 'end'), once(socket, 'close')]);
  let told = '';
  socket.on('data', (chunk: Buffer) => (told += chunk.toString('latin1')));
  await once(socket, 'connect');
  socket.write(head(path));
  return { socket, closed, told: () => told, answered: until(socket, () => told.includes('\r\n\r\n')) };
}

async function until(socket: Socket, is: () => boolean): Promise<void> {
  while (!is()) await once(socket, 'data');
}

/** Sends no more, gets what comes, and answers no ping: as who drove into a tunnel. */
async function silent(port: number) {
  const client = await halfOpen(port, '/stream/silent');
  await client.answered;
  return client;
}

describe('upgrades', () => {
  let running: Awaited<ReturnType<typeof startServer>>;
  const sockets: Socket[] = [];
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await running.server.stop();
  });

  it('that are refused are closed, though the client keeps its side open: nothing holds up a stop', async () => {
    running = await startServer();
    const client = await halfOpen(running.port, '/nothing');
    await client.answered;
    assert.match(client.told(), /^HTTP\/1\.1 403 /);
    await running.server.stop();
    sockets.push(client.socket);
  });

  for (const [code, answer] of [
    ['store-unavailable', /^HTTP\/1\.1 503 Service Unavailable\r\n.*retry-after: \d/s],
    ['sign-in-unavailable', /^HTTP\/1\.1 503 Service Unavailable\r\n.*retry-after: \d/s],
    ['too-many-requests', /^HTTP\/1\.1 429 Too Many Requests\r\n.*retry-after: \d/s],
    ['not-signed-in', /^HTTP\/1\.1 401 Unauthorized\r\n/],
    ['origin-refused', /^HTTP\/1\.1 403 Forbidden\r\n/],
    ['internal', /^HTTP\/1\.1 500 Internal Server Error\r\n/],
  ] as const)
    it(`that are refused are told why, as a post is: ${code}`, async () => {
      running = await startServer();
      const client = await halfOpen(running.port, `/refused/${code}`);
      await client.closed;
      assert.match(client.told(), answer);
      assert.match(client.told(), new RegExp(`\r\n\r\n{"error":{"code":"${code}",[^\r]+}}$`));
    });

  it('that come before anything is served, or while it stops, are to come again', async () => {
    running = await startServer({ serves: false });
    const early = await halfOpen(running.port, '/stream/early');
    await early.closed;
    assert.match(early.told(), /^HTTP\/1\.1 503 .*retry-after: \d.*"starting"/s);
    running.serve();
    const kept = await halfOpen(running.port, '/stream/kept');
    await kept.answered;
    assert.match(kept.told(), /^HTTP\/1\.1 101 /);
    sockets.push(kept.socket);
  });

  it('that are refused leave no connection behind, though the client never ends its own side', async () => {
    running = await startServer();
    const client = await halfOpen(running.port, '/nothing');
    await client.closed;
    // Whoever writes into a connection that is gone is told so.
    while (!client.socket.destroyed) {
      client.socket.write('x');
      await new Promise((resolve) => setImmediate(resolve));
    }
  });

  it('that were granted end when their client has not answered from one beat to the next', async () => {
    running = await startServer();
    const client = await silent(running.port);
    sockets.push(client.socket);
    running.beat();
    assert.deepEqual(running.left, []);
    running.beat();
    await client.closed;
    assert.deepEqual(running.left, ['/stream/silent']);
  });

  it('that were granted go on for as long as their client answers', async () => {
    running = await startServer();
    const client = new WebSocket(`ws://127.0.0.1:${running.port}/stream/living`);
    await once(client, 'open');
    // What is sent behind the answer to a ping arrives behind it.
    client.on('ping', () => client.send('still here'));
    for (let beats = 0; beats < 3; beats += 1) {
      const heard = running.heard();
      running.beat();
      await heard;
    }
    assert.deepEqual(running.left, []);
    client.close();
    await once(client, 'close');
  });
});

describe('frames', () => {
  const name = '_writev';
  const writev = Reflect.get(Socket.prototype, name) as (this: Socket, ...args: unknown[]) => void;
  afterEach(() => void Reflect.set(Socket.prototype, name, writev));

  it('that are sent in one go are written in one, in their order', async () => {
    const { server, port } = await startServer();
    const client = new WebSocket(`ws://127.0.0.1:${port}/words`);
    await once(client, 'open');
    let writes = 0;
    Reflect.set(Socket.prototype, name, function (this: Socket, ...args: unknown[]) {
      if (this.localPort === port) writes += 1;
      writev.apply(this, args);
    });
    const heard: string[] = [];
    client.on('message', (word: Buffer) => void heard.push(word.toString()));
    client.send('one two three');
    while (heard.length < 3) await once(client, 'message');
    assert.deepEqual([heard, writes], [['one', 'two', 'three'], 1]);
    client.close();
    await server.stop();
  });
});

describe('connections', () => {
  it('are so many at the most: those beyond are closed, those within served', async () => {
    const { server, port } = await startServer({ mostConnections: 2 });
    const [first, second] = [await halfOpen(port, '/stream/a'), await halfOpen(port, '/stream/b')];
    await Promise.all([first.answered, second.answered]);
    const third = await halfOpen(port, '/stream/c').catch(() => null);
    await third?.closed;
    assert.equal(third?.told() ?? '', '');
    first.socket.destroy();
    second.socket.destroy();
    await server.stop();
  });
});
