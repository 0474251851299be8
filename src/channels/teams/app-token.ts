import type { ConfidentialClientApplication, INetworkModule, NetworkRequestOptions } from '@azure/msal-node';
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
  let client: Promise<ConfidentialClientApplication> | undefined;
  let running: Promise<string> | null = null;

  async function ask(skipCache: boolean): Promise<string> {
    try {
      const answer = await (
        await (client ??= clientOf(settings, needs))
      ).acquireTokenByClientCredential({
        scopes: [needs.endpoints.scope],
        skipCache,
      });
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

/** MSAL is not loaded before something is to be sent. */
async function clientOf({ appId, secret, tenant }: TeamsSettings, { fetch, endpoints }: AppTokenNeeds) {
  const { ConfidentialClientApplication } = await import('@azure/msal-node');
  const authority = `${endpoints.login}/${tenant}`;
  return new ConfidentialClientApplication({
    auth: { clientId: appId, clientSecret: secret, authority },
    system: { networkClient: networkOf(fetch) },
  });
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
