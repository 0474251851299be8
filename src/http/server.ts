import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import type { Request, Response, Server as RestifyServer } from 'restify';
import { codeOf, SupportError, type ErrorCode } from '../domain/errors.ts';
import type { Log } from '../domain/ports.ts';
import { during } from '../domain/work.ts';
import { toOtherEnd, withoutDoubleSlashes, withOtherEnd } from './addresses.ts';
import { errorAnswer, isFault, isForPerson, redirect, type Answer } from './answer.ts';
import { alive, livePath } from './life.ts';
import { isAddress, type Origins } from './origins.ts';
import type { Call, Handler, Route, StreamRoute } from './route.ts';
import { kept, mayBeKept } from './cacheable.ts';
import { createWebSockets } from './web-sockets.ts';

/** What the server needs of those whose pages and calls it serves. */
export interface ServerNeeds {
  readonly origins: Origins;
  readonly log: Log;
  /** Is told of every request that is refused, or fails; nobody unless given. */
  readonly refused?: (code: ErrorCode) => void;
  /** What a person reads in place of an error of this status; JSON unless given. */
  readonly errorPage?: (request: IncomingMessage, status: number) => Answer;
  /** Those beyond are closed at once; fewer for tests. */
  readonly mostConnections?: number;
}

/** What is served. */
export interface Served {
  readonly routes: readonly Route[];
  readonly streams: readonly StreamRoute[];
}

/** HTTP and WebSocket on one port. */
export interface Server {
  /** Listens, and answers 503 until something is served; the port. Throws `config-invalid` where it cannot be used. */
  listen(port: number, host: string): Promise<number>;
  /** Answers with this from now on. */
  serve(served: Served): void;
  /**
   * For `farewellMs` more it answers whoever asks, and tells each that the connection ends; it is not ready meanwhile.
   * Then it lets what runs finish, and closes.
   */
  stop(farewellMs?: number): Promise<void>;
}

const mostConnections = 15_000;
/** For how long a request may go on after the server closed. */
const unfinishedMs = 4_000;

/** As restify’s own `createServer`, whose file loads all plugins with it: 200 files, none of which is used here. */
function createRestify(): RestifyServer {
  const load = createRequire(import.meta.url);
  const Router = load('restify/lib/router.js') as new (options: object) => object;
  const Server = load('restify/lib/server.js') as new (options: object) => RestifyServer;
  const options = { name: '', log: pino({ name: 'restify' }) };
  return new Server({ ...options, router: new Router(options) });
}

const readyPaths: readonly string[] = ['/health', '/health/ready'];

function asksLife(request: Request): boolean {
  return request.path() === livePath && (request.method === 'GET' || request.method === 'HEAD');
}

/** A server in which every error has one shape. */
export function createServer(needs: ServerNeeds): Server {
  const { log, origins, refused = () => undefined, errorPage, ...limits } = needs;
  const server = createRestify();
  const webSockets = createWebSockets(log, refused);
  let [serving, stopping] = [false, false];

  server.server.headersTimeout = 10_000;
  server.server.requestTimeout = 15_000;
  server.server.maxConnections = limits.mostConnections ?? mostConnections;
  server.pre((request: Request, response: Response, next: (proceed?: false) => void) => {
    const early = before(request);
    if (!early) {
      next();
      return;
    }
    write(response, early, request);
    next(false);
  });

  function before(request: Request): Answer | null {
    if (stopping && readyPaths.includes(request.path())) return refusal(new SupportError('stopping'), request);
    if (!serving) return asksLife(request) ? alive() : refusal(new SupportError('starting'), request);
    if (!isAddress(request)) return refusal(new SupportError('not-found'), request);
    const meant =
      request.method === 'GET' || request.method === 'HEAD' ? withoutDoubleSlashes(request.url ?? '') : null;
    if (meant !== null) return redirect(meant, 301);
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') return refusal(new SupportError('body-encoded'), request);
    if (!origins.allows(request)) return refusal(new SupportError('origin-refused'), request);
    return request.method === 'OPTIONS'
      ? { status: 204, type: 'text/plain', body: '', headers: origins.preflight }
      : null;
  }

  function add([method, path, handler]: Route): void {
    on(method, path, handler);
    if (method === 'get') on('head', path, handler);
  }

  /** What people mistype. A path that is served itself stays what it is. */
  function addOtherEnds(routes: readonly Route[]): void {
    const served = new Set(routes.map(([, path]) => path));
    for (const [method, path] of routes) {
      const other = method === 'get' ? withOtherEnd(path) : null;
      if (other !== null && !served.has(other)) add(['get', other, toOtherEnd]);
    }
  }

  function on(method: Route[0] | 'head', path: string, handler: Handler): void {
    server[method](path, (request: Request, response: Response, next: (proceed?: false) => void) => {
      const work = { request: request.getId(), conversation: null };
      void during(work, () => answerTo(request as Call, handler)).then((answer) => {
        write(response, mayBeKept(answer) ? kept(answer, request) : answer, request);
        next(false);
      });
    });
  }

  async function answerTo(request: Call, handler: Handler): Promise<Answer> {
    try {
      return await handler(request);
    } catch (error) {
      if (isFault(error)) log.error({ path: request.url?.split('?')[0], err: error }, 'a request failed');
      return refusal(error, request);
    }
  }

  function refusal(error: unknown, request: IncomingMessage, status?: number): Answer {
    refused(codeOf(error));
    const answer = errorAnswer(error);
    const refusal = { ...answer, status: status ?? answer.status };
    if (!errorPage || !isForPerson(request)) return refusal;
    const { type, body, headers } = errorPage(request, refusal.status);
    return { ...refusal, type, body, headers: { ...refusal.headers, ...headers } };
  }

  // restify's own errors (no route, wrong method, bad address) take our shape too. Its last argument would make restify
  // answer a second time, so it is not called.
  server.on('restifyError', (request: Request, response: Response, error: { statusCode?: number }) => {
    const answer = refusal(new SupportError('not-found'), request, error.statusCode === 405 ? 405 : 404);
    if (!response.headersSent) write(response, answer, request);
  });

  function write(response: Response, answer: Answer, request: Request): void {
    const body = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(answer.body);
    response.writeHead(answer.status, {
      // Of what the browser has already, nothing is told that could be taken for its own.
      ...(answer.status === 304 ? {} : { 'content-type': answer.type, 'content-length': body.length }),
      // What needs to be kept or framed says so.
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-request-id': request.getId(),
      ...(stopping || answer.status === 413 ? { connection: 'close' } : {}),
      ...origins.headersFor(request),
      ...answer.headers,
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  server.server.on('upgrade', (request, socket: Socket, head) => webSockets.upgrade(request, socket, head));

  return {
    async listen(port, host) {
      // Without a listener here, restify throws the error a second time.
      server.on('error', () => undefined);
      server.listen(port, host);
      try {
        await once(server.server, 'listening');
      } catch (cause) {
        throw new SupportError('config-invalid', {
          cause,
          detail: `PORT ${port} on ${host} cannot be used: set another one`,
        });
      }
      return ((server.server as HttpServer).address() as AddressInfo).port;
    },
    serve(served) {
      for (const route of served.routes) add(route);
      addOtherEnds(served.routes);
      webSockets.serve(served.streams);
      serving = true;
    },
    async stop(farewellMs = 0) {
      stopping = true;
      if (farewellMs > 0) await sleep(farewellMs);
      webSockets.close();
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      const deadline = setTimeout(() => server.server.closeAllConnections(), unfinishedMs);
      await closed;
      clearTimeout(deadline);
    },
  };
}
