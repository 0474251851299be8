import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { isFault } from './answer.ts';
import { isAddress } from './origins.ts';
import type { OpenStream, StreamRoute } from './route.ts';
import { codeOf, type ErrorCode } from '../domain/errors.ts';
import type { Log } from '../domain/ports.ts';
import { during } from '../domain/work.ts';

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
  let streams: readonly StreamRoute[] = [];
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

  async function streamFor(request: IncomingMessage): Promise<OpenStream | null> {
    if (!isAddress(request)) return null;
    const url = new URL(request.url ?? '/', 'http://localhost');
    try {
      return (await streams.find(({ path }) => path.test(url.pathname))?.open(request, url)) ?? null;
    } catch (error) {
      refused(codeOf(error));
      if (isFault(error)) log.error({ path: request.url?.split('?')[0], err: error }, 'a stream failed');
      return null;
    }
  }

  function track(socket: Socket): void {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // Node takes its own error listener off an upgraded socket: a client that resets it must not end the process.
    socket.on('error', () => socket.destroy());
  }

  return {
    serve(served) {
      streams = served;
    },
    upgrade(request, socket, head) {
      track(socket);
      const work = { request: randomUUID(), conversation: null };
      const opening = closing ? Promise.resolve(null) : during(work, () => streamFor(request));
      void opening.then((open) => {
        if (!open || closing) {
          refuse(socket, closing ? '503 Service Unavailable' : '403 Forbidden');
          return;
        }
        server.handleUpgrade(request, socket, head, (client) => {
          client.on('pong', () => unanswered.delete(client));
          connect(client, socket, open);
        });
      });
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
function refuse(socket: Socket, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n`);
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
