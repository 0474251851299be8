import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';
import { clouds, type TeamsEndpoints } from '../../../src/channels/teams/endpoints.ts';
import type { Clock } from '../../../src/domain/ports.ts';
import type { Wire } from '../../../src/channels/wire.ts';

export const appId = '8f14e45f-ceea-4a2b-9c1d-000000000001';
export const tenant = '72f988bf-86f1-41af-91ab-000000000002';
export const person = '7faf8ab2-3d56-4244-b585-000000000003';
export const settings = {
  appId,
  credential: { kind: 'secret' as const, secret: 'a client secret' },
  tenant,
  cloud: 'public' as const,
  singleSignOn: false,
  hub: null,
  tenants: [tenant],
  trustedTenants: [] as readonly string[],
  escalations: null,
  feedback: 'default' as const,
};

/** A request to the connector. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly token: string | undefined;
  readonly body: Wire;
}
/** What the connector does; `hang` never answers, `stall` stops within its answer. */
export type Fault = 'hang' | 'stall' | { readonly status: number; readonly headers?: Record<string, string> };

/** `elsewhere` names keys of another origin, `moved` redirects to them. */
export type KeyServer = 'up' | 'down' | 'hang' | 'garbage' | 'elsewhere' | 'moved' | 'empty' | 'huge';

interface SigningKey {
  readonly kid: string;
  readonly endorsements: readonly string[];
  readonly pair: { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
}

const pairs = [1, 2, 3, 4].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }));

/** Microsoft on this machine: the Bot Framework's keys, Entra's token endpoint, and the connector. */
export async function startMicrosoft(clock: Clock) {
  const keyOf = (kid: string, which: number, endorsements = ['msteams']): SigningKey => ({
    ...{ kid, endorsements },
    pair: pairs[which] ?? generateKeyPairSync('rsa', { modulusLength: 2048 }),
  });
  const state = {
    keys: [keyOf('one', 0), keyOf('slack-only', 1, ['slack'])],
    /** With which people's sign-ins are signed. */
    signInKeys: [keyOf('entra', 3, [])],
    keyServer: 'up' as KeyServer,
    tokens: 'up' as 'up' | 'down' | 'garbage',
    /** Of the next requests to the connector; the last one stays. */
    faults: [] as Fault[],
    /** What it does not take now. */
    busyFor: (() => false) as (activity: Wire) => boolean,
    /** What it calls a personal chat that is begun. */
    personal: 'a:personal',
    /** What the connector tells of each member that it is asked for. */
    member: {} as Wire,
  };
  const asked: Asked[] = [];
  /** For what tokens were asked, in their order. */
  const scopes: (string | null)[] = [];
  const counts = { metadata: 0, keys: 0, tokens: 0 };
  let sent = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request as AsyncIterable<Buffer>) text += chunk.toString();
    const { pathname } = new URL(request.url ?? '/', base);
    if (pathname === '/metadata' || pathname === '/keys') answerKeys(pathname, response);
    else if (pathname.endsWith('/openid-configuration'))
      reply(response, 200, { jwks_uri: `${clouds.public.login}/sign-in-keys` });
    else if (pathname === '/sign-in-keys') reply(response, 200, { keys: state.signInKeys.map(jwkOf) });
    else if (pathname.endsWith('/oauth2/v2.0/token')) answerToken(text, response);
    else if (/^(?:\/\w+)?\/v3\//.test(pathname)) answerConnector(request, text, response);
    else reply(response, 404, {});
  }

  function answerKeys(pathname: string, response: ServerResponse): void {
    counts[pathname === '/keys' ? 'keys' : 'metadata'] += 1;
    if (state.keyServer === 'hang') return;
    if (state.keyServer === 'down') {
      reply(response, 500, {});
      return;
    }
    if (state.keyServer === 'garbage') {
      reply(response, 200, '<html>');
      return;
    }
    if (state.keyServer === 'empty' && pathname === '/keys') {
      reply(response, 200, { keys: [] });
      return;
    }
    if (state.keyServer === 'moved' && !response.req.url?.includes('?')) {
      reply(response, 302, {}, { location: `${base}${pathname}?moved` });
      return;
    }
    const elsewhere = state.keyServer === 'elsewhere' ? base.replace('127.0.0.1', 'localhost') : base;
    if (pathname === '/metadata') {
      reply(response, 200, { issuer: 'x', jwks_uri: `${elsewhere}/keys` });
      return;
    }
    const keys = state.keys.map(jwkOf);
    reply(response, 200, { keys, ...(state.keyServer === 'huge' && { more: 'x'.repeat(1_100_000) }) });
  }

  function answerToken(form: string, response: ServerResponse): void {
    counts.tokens += 1;
    scopes.push(new URLSearchParams(form).get('scope'));
    if (state.tokens === 'garbage') {
      reply(response, 200, '<html>');
      return;
    }
    if (state.tokens === 'down') {
      reply(response, 401, { error: 'invalid_client', error_description: 'AADSTS7' });
      return;
    }
    reply(response, 200, { token_type: 'Bearer', expires_in: 3600, access_token: `token-${counts.tokens}` });
  }

  function answerConnector(request: IncomingMessage, text: string, response: ServerResponse): void {
    const token = request.headers.authorization;
    const body = text === '' ? {} : (JSON.parse(text) as Wire);
    asked.push({ method: request.method ?? '', path: decodeURIComponent(request.url ?? ''), token, body });
    const fault = state.faults.length > 1 ? state.faults.shift() : state.faults[0];
    if (fault === 'hang') return;
    if (state.busyFor(body)) {
      reply(response, 503, {});
      return;
    }
    if (fault === 'stall') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"id"');
      return;
    }
    if (fault) {
      // As some servers do, it repeats what it was sent.
      reply(response, fault.status, { error: { code: 'Fault', message: text } }, fault.headers);
      return;
    }
    if (request.method === 'GET') {
      reply(response, 200, state.member);
      return;
    }
    sent += 1;
    if (request.url === '/v3/conversations') {
      const { channel } = body.channelData as { channel?: { id: string } };
      if (!channel) {
        reply(response, 201, { id: state.personal });
        return;
      }
      reply(response, 201, { id: `${channel.id};messageid=${sent}`, activityId: `sent-${sent}` });
    } else reply(response, request.method === 'PUT' ? 200 : 201, { id: `sent-${sent}` });
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const endpoints: TeamsEndpoints = {
    metadata: `${base}/metadata`,
    issuer: clouds.public.issuer,
    login: clouds.public.login,
    scope: clouds.public.scope,
    services: new Set([base]),
    proactiveUrl: base,
  };

  /** A token as the connector signs it, or differing from it. */
  async function token(differs: TokenDiffers = {}): Promise<string> {
    const { key = 'one', alg = 'RS256', claims = {}, header = {} } = differs;
    const now = Math.floor(clock.now() / 1_000);
    const usual: Wire = { iss: endpoints.issuer, aud: appId, exp: now + 3_600, nbf: now - 300, serviceurl: base };
    const payload = Object.fromEntries(
      Object.entries<unknown>({ ...usual, ...claims }).filter(([, value]) => value !== null),
    );
    const signing =
      differs.secret ?? [...state.keys, ...state.signInKeys].find(({ kid }) => kid === key)?.pair.privateKey;
    if (!signing) throw new Error(`no key ${key}`);
    return new SignJWT(payload).setProtectedHeader({ alg, typ: 'JWT', kid: key, ...header }).sign(signing);
  }

  return {
    ...{ state, asked, scopes, counts, endpoints, base, token, keyOf, pairs },
    /** `fetch` that finds Entra here. */
    fetch: ((input: string | URL, init?: RequestInit) =>
      fetch(String(input).replace('https://login.microsoftonline.com', base), init)) as typeof fetch,
    /** The texts that were sent, each with its method. */
    sent: () => asked.filter(({ body }) => body.type === 'message'),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

export type Microsoft = Awaited<ReturnType<typeof startMicrosoft>>;

export interface TokenDiffers {
  readonly key?: string;
  readonly alg?: string;
  readonly secret?: KeyObject;
  /** Null: left out. */
  readonly claims?: Wire;
  readonly header?: Wire;
}

function jwkOf({ kid, endorsements, pair }: SigningKey) {
  return { ...pair.publicKey.export({ format: 'jwk' }), ...{ kid, endorsements, use: 'sig' } };
}

function reply(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
