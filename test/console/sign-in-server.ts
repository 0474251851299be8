import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { roles as allRoles, type Role } from '../../src/domain/agent.ts';
import type { Random } from '../../src/domain/ports.ts';
import { createSignIn } from '../../src/console/sign-in/index.ts';
import { createClientKeys } from '../../src/http/client-keys.ts';
import { errorAnswer, json, type Answer } from '../../src/http/answer.ts';
import type { Handler } from '../../src/http/route.ts';
import type { ConsoleSettings, OpenIdSettings } from '../../src/identity/settings.ts';
import { createAgentSessions } from '../../src/store/agent-sessions.ts';
import { createAudit } from '../../src/store/audit.ts';
import type { StoreDatabase } from '../../src/store/store-database.ts';
import { createLimits } from '../../src/store/limits.ts';
import { createOneTime } from '../../src/store/one-time.ts';
import { createSharedKeys } from '../../src/store/shared-keys.ts';
import { createTokens } from '../../src/store/tokens.ts';
import { countingRandom, fakeClock, keptLog } from '../support/fakes.ts';
import { openInMemory } from '../support/in-memory.ts';

export type SignInServer = Awaited<ReturnType<typeof startSignInServer>>;

/** What a restart leaves as it was. */
export interface Kept {
  readonly db: StoreDatabase;
  readonly clock: ReturnType<typeof fakeClock>;
  readonly random: Random;
}

/** How a test's console differs from one without a provider, in which nobody is listed. */
export interface Differences {
  readonly openId?: OpenIdSettings;
  /** Otherwise only without a provider. */
  readonly oneTimeLinks?: boolean;
  readonly roles?: Partial<ConsoleSettings['roles']>;
  readonly demo?: boolean;
  /** Given: not where the server listens. */
  readonly publicUrl?: string;
  readonly fetch?: typeof fetch;
  /** Another console over the same store, as after a restart. */
  readonly restarted?: Kept;
}

/** The sign-in over real HTTP, with `/console` and `/console/for/<role>` behind its guard. */
export async function startSignInServer(differs: Differences = {}) {
  const { restarted, demo = false, openId = null } = differs;
  const [clock, log] = [restarted?.clock ?? fakeClock(), keptLog()];
  const random: Random = restarted?.random ?? countingRandom();
  const db = restarted?.db ?? (await openInMemory());
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const printed: string[] = [];
  const signIn = createSignIn({
    settings: {
      openId,
      oneTimeLinks: differs.oneTimeLinks ?? openId === null,
      roles: { agent: [], writer: [], operator: [], ...differs.roles },
    },
    publicUrl: differs.publicUrl ?? url,
    url,
    demo,
    store: {
      agentSessions: createAgentSessions(db, clock),
      audit: createAudit(db, clock),
      tokens: createTokens(db, clock),
      oneTime: createOneTime(db, clock),
      limits: createLimits(db),
      sharedKey: createSharedKeys(db),
    },
    ...{ clock, random, log, fetch: differs.fetch ?? fetch, clientKey: createClientKeys([]) },
    print: (line) => void printed.push(line),
  });
  const { auth } = signIn;
  const inside =
    (needed: readonly Role[]): Handler =>
    async (request) =>
      json(await auth.agentOf(request, ...needed));
  const handlers = new Map<string, Handler>(
    signIn.routes.map(([method, path, handler]) => [`${method} ${path}`, handler]),
  );
  for (const method of ['get', 'post']) {
    handlers.set(`${method} /console`, inside([]));
    for (const role of allRoles) handlers.set(`${method} /console/for/${role}`, inside([role]));
  }
  server.on('request', (request, response) => {
    void answerTo(request, handlers).then(({ status, type, headers, body }) => {
      // Two statements: restify changes writeHead in this whole process, and it returns nothing then.
      response.writeHead(status, { 'content-type': type, ...headers });
      response.end(body);
    });
  });
  return {
    ...{ url, db, clock, random, log, printed, auth, routes: signIn.routes },
    link: () => signIn.link(),
    audit: () => createAudit(db, clock).newest(100),
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answerTo(request: IncomingMessage, handlers: ReadonlyMap<string, Handler>): Promise<Answer> {
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
  const handler = handlers.get(`${(request.method ?? '').toLowerCase()} ${pathname}`);
  if (!handler) return { status: 404, type: 'text/plain', body: 'no such route' };
  try {
    return await handler(Object.assign(request, { params: {}, getQuery: () => search.slice(1) }));
  } catch (error) {
    return errorAnswer(error);
  }
}
