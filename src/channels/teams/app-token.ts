import type { AuthenticationResult, INetworkModule, NetworkRequestOptions } from '@azure/msal-node';
import { SupportError } from '../../domain/errors.ts';
import { readJsonAnswer } from '../../http/read-json-answer.ts';
import type { ChannelNeeds } from '../channel.ts';
import type { TeamsEndpoints } from './endpoints.ts';
import type { TeamsSettings } from './settings.ts';

/** The token with which our bot speaks; `fresh`: the one before was refused. Throws `channel-unavailable`. */
export type AppToken = (options: { readonly fresh: boolean }) => Promise<string>;

const timeoutMs = 8_000;

/** What tokens are got with: where Microsoft is. */
export interface AppTokenNeeds extends Pick<ChannelNeeds, 'fetch'> {
  readonly endpoints: Pick<TeamsEndpoints, 'login' | 'scope'>;
}

/** Tokens of the bot's registration, by MSAL, which keeps one until it is about to expire. */
export function createAppToken(settings: TeamsSettings, needs: AppTokenNeeds): AppToken {
  let client: Promise<Acquire> | undefined;
  let running: Promise<string> | null = null;

  async function ask(skipCache: boolean): Promise<string> {
    try {
      const answer = await (await (client ??= clientOf(settings, needs)))(skipCache);
      if (answer) return answer.accessToken;
    } catch {
      // What it says may repeat the request, which holds the secret.
    }
    throw new SupportError('channel-unavailable', { detail: 'Microsoft gave us no token.' });
  }

  return ({ fresh }) => {
    running ??= ask(fresh).finally(() => {
      running = null;
    });
    return running;
  };
}

/** Asks for a token; `skipCache`: not the one that is kept. */
type Acquire = (skipCache: boolean) => Promise<AuthenticationResult | null>;

/** MSAL is not loaded before something is to be sent. */
async function clientOf(
  { appId: clientId, credential, tenant }: TeamsSettings,
  { fetch, endpoints }: AppTokenNeeds,
): Promise<Acquire> {
  const { ConfidentialClientApplication, ManagedIdentityApplication } = await import('@azure/msal-node');
  const { login, scope } = endpoints;
  const system = { networkClient: networkOf(fetch) };
  if (credential.kind === 'managed-identity') {
    const managedIdentityIdParams = { userAssignedClientId: clientId };
    const machine = new ManagedIdentityApplication({ managedIdentityIdParams, system });
    return (forceRefresh) => machine.acquireToken({ resource: scope.replace('/.default', ''), forceRefresh });
  }
  const proof = credential.kind === 'secret' ? { clientSecret: credential.secret } : { clientCertificate: credential };
  const app = new ConfidentialClientApplication({
    auth: { clientId, authority: `${login}/${tenant}`, ...proof },
    system,
  });
  return (skipCache) => app.acquireTokenByClientCredential({ scopes: [scope], skipCache });
}

/** MSAL's requests over our own `fetch`. */
function networkOf(fetch: ChannelNeeds['fetch']): INetworkModule {
  async function request(method: string, url: string, { headers, body }: NetworkRequestOptions = {}) {
    const signal = AbortSignal.timeout(timeoutMs);
    const init = { method, redirect: 'error', signal, ...(headers && { headers }), ...(body && { body }) } as const;
    const answer = await fetch(url, init);
    // MSAL reads from it what it asked for.
    const read = (await readJsonAnswer(answer)) as never;
    return { headers: Object.fromEntries(answer.headers), body: read, status: answer.status };
  }
  return {
    sendGetRequestAsync: (url, options) => request('GET', url, options),
    sendPostRequestAsync: (url, options) => request('POST', url, options),
  };
}
