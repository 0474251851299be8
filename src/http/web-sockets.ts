import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { errorAnswer, isFault, type Answer } from './answer.ts';
import { isAddress } from './origins.ts';
import type { OpenStream, StreamRoute } from './route.ts';
import { codeOf, SupportError, type ErrorCode } from '../domain/errors.ts';
import type { Log } from '../domain/ports.ts';
import { during } from '../domain/work.ts';

// An import of its values would load all of Node's own fetch.
const { STATUS_CODES } = createRequire(import.meta.url)('node:http') as {
  readonly STATUS_CODES: Readonly<Record<number, string>>;
};

/** The upgraded connections of a server. */
export interface WebSockets {
  /** What is opened from now on. */
  serve(streams: readonly StreamRoute[]): void;
  /** Answers a request for an upgrade; a refused one's connection is closed. */
  upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void;
  /** Refuses what is new, and tells the others that the server goes away; those that do not answer are cut off. */
  close(): void;
}

const settings = { maxPayload: 65_536, perMessageDeflate: false, noServer: true } as const;
/** Shorter than the minute after which proxies close a connection that is silent. */
const beatEveryMs = 30_000;
const farewellMs = 2_000;

/** WebSockets with a heartbeat: who has not answered from one beat to the next is gone. */
export function createWebSockets(log: Log, refused: (code: ErrorCode) => void): WebSockets {
  const server = new WebSocketServer(settings);
  const sockets = new Set<Socket>();
  const unanswered = new WeakSet<WebSocket>();
  let streams: readonly StreamRoute[] | null = null;
  let closing = false;

  function beat(client: WebSocket): void {
    if (unanswered.has(client)) {
      client.terminate();
      return;
    }
    unanswered.add(client);
    client.ping();
  }
  const heart = setInterval(() => server.clients.forEach(beat), beatEveryMs).unref();

  /** Throws where nothing is, yet or any more. */
  function served(): readonly StreamRoute[] {
    if (closing) throw new SupportError('stopping');
    if (!streams) throw new SupportError('starting');
    return streams;
  }

  async function streamFor(request: IncomingMessage): Promise<OpenStream> {
    const routes = served();
    const url = isAddress(request) ? new URL(request.url ?? '/', 'http://localhost') : null;
    const open = url && (await routes.find(({ path }) => path.test(url.pathname))?.open(request, url));
    // It may stop meanwhile.
    served();
    if (!open) throw new SupportError('not-allowed');
    return open;
  }

  function refusal(request: IncomingMessage, error: unknown): Answer {
    refused(codeOf(error));
    if (isFault(error)) log.error({ path: request.url?.split('?')[0], err: error }, 'a stream failed');
    return errorAnswer(error);
  }

  function track(socket: Socket): void {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // Node takes its own error listener off an upgraded socket: a client that resets it must not end the process.
    socket.on('error', () => socket.destroy());
  }

  return {
    serve(routes) {
      streams = routes;
    },
    upgrade(request, socket, head) {
      track(socket);
      const work = { request: randomUUID(), conversation: null };
      const accept = (open: OpenStream) =>
        server.handleUpgrade(request, socket, head, (client) => {
          client.on('pong', () => unanswered.delete(client));
          connect(client, socket, open);
        });
      void during(work, () =>
        streamFor(request).then(accept, (error: unknown) => refuse(socket, refusal(request, error))),
      );
    },
    close() {
      closing = true;
      clearInterval(heart);
      for (const client of server.clients) client.close(1001);
      setTimeout(() => sockets.forEach((socket) => socket.destroy()), farewellMs).unref();
    },
  };
}

/** Not only its own side: a client that never ends its side would keep the connection. */
function refuse(socket: Socket, { status, type, body, headers }: Answer): void {
  const all = { 'content-type': type, 'content-length': Buffer.byteLength(body), connection: 'close', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body.toString()}`);
  socket.destroySoon();
}

/** Lets a stream talk over an open WebSocket. */
function connect(client: WebSocket, socket: Socket, open: OpenStream): void {
  client.on('error', () => client.terminate());
  let stream: ReturnType<OpenStream>;
  try {
    stream = open({
      send(frame) {
        // Frames that are sent in one go are written in one.
        socket.cork();
        client.send(frame);
        process.nextTick(() => socket.uncork());
      },
      close: () => client.close(1001),
      get buffered() {
        return client.bufferedAmount;
      },
    });
  } catch {
    stream = null;
  }
  if (!stream) {
    client.close(1008);
    return;
  }
  const opened = stream;
  client.on('message', (data: Buffer) => opened.receive(data.toString()));
  client.on('close', () => opened.leave());
}
