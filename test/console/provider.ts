import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import type { OpenIdSettings } from '../../src/identity/settings.ts';

export type TestProvider = Awaited<ReturnType<typeof startProvider>>;

/** The claims of whoever signs in at the provider. */
export type Claims = Readonly<Record<string, unknown>> & { readonly sub: string };

export const ada: Claims = { sub: 'ada', name: 'Ada Lovelace', email: 'Ada@Example.com', email_verified: true };

const key = generateKeyPair('RS256', { extractable: true }).then(({ privateKey }) => exportJWK(privateKey));

/** A real OpenID Connect provider on this machine that signs `person` in without asking; it answers once it is open. */
export async function startProvider(differs: Configuration = {}) {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // Characters that a form and a header write differently.
  const settings: OpenIdSettings = { issuer, clientId: 'latchkey', clientSecret: 'a secret with % and + and :' };
  const paths: string[] = [];
  const state = {
    person: ada,
    /** Where the last call of the token endpoint had the client's secret. */
    secretIn: null as 'header' | 'body' | null,
    /** May alter what the token endpoint answers. */
    change: (() => undefined) as (body: Record<string, string>) => void,
  };

  async function open(
    redirectUri: string,
    method: 'client_secret_basic' | 'client_secret_post' = 'client_secret_basic',
  ): Promise<void> {
    const client = {
      ...{ client_id: settings.clientId, client_secret: settings.clientSecret, redirect_uris: [redirectUri] },
      token_endpoint_auth_method: method,
    };
    const common = { ...configuration(() => state.person), jwks: { keys: [await key] }, clients: [client] };
    const provider = quietly(() => new Provider(issuer, { ...common, ...differs }));
    provider.silent = true;
    provider.use(async (ctx, next) => {
      await next();
      if (ctx.path === '/token' && ctx.status === 200) state.change(ctx.body as Record<string, string>);
    });
    const answer = provider.callback();
    server.on('request', (request, response) => {
      paths.push(new URL(request.url ?? '/', issuer).pathname);
      if (request.url === '/token') state.secretIn = request.headers.authorization === undefined ? 'body' : 'header';
      const login = { login: { accountId: state.person.sub } };
      if (request.url?.startsWith('/interaction/')) void provider.interactionFinished(request, response, login);
      else void answer(request, response);
    });
  }

  return {
    ...{ issuer, settings, state, open },
    /** What the provider was asked for. */
    paths,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Without the provider's warnings that its store and so on are for development. */
function quietly<T>(make: () => T): T {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return make();
  } finally {
    console.warn = warn;
  }
}

function configuration(person: () => Claims): Configuration {
  return {
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ['of a test'] },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ ...person(), sub: accountId }) }),
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    loadExistingGrant: allow,
    ttl: { Interaction: 60, Grant: 60, Session: 60, AccessToken: 60, IdToken: 60, AuthorizationCode: 60 },
  };
}

/** Nobody is asked whether the console may know who they are. */
async function allow({ oidc }: KoaContextWithOIDC) {
  const grant = new oidc.provider.Grant({
    clientId: oidc.client?.clientId ?? '',
    accountId: oidc.session?.accountId ?? '',
  });
  grant.addOIDCScope('openid profile email');
  await grant.save();
  return grant;
}
