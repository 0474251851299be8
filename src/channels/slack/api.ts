import type { WebClient } from '@slack/web-api';
import { failureOf } from './failure.ts';

/** Slack's Web API; each call ends within 10 s and throws `channel-unavailable` or `channel-refused`. */
export type SlackApi = <T>(call: (client: WebClient) => Promise<T>) => Promise<T>;

/** `token`: the bot's, or the app's where Slack wants that; `url`: another address than Slack's, for tests. */
export interface ApiNeeds {
  readonly token: string;
  readonly fetch: typeof fetch;
  readonly url?: string | undefined;
}

/** It would print requests, with the token and the words in them. */
const silent = {
  debug: quiet,
  info: quiet,
  warn: quiet,
  error: quiet,
  setLevel: quiet,
  setName: quiet,
  getLevel: () => 'error' as never,
};

/** A client that tries once: whoever has something to send decides about trying again. */
export function createApi({ token, fetch, url }: ApiNeeds): SlackApi {
  let client: Promise<WebClient> | undefined;
  // The SDK takes a while to load, and is not needed to start.
  const load = async () => {
    const { WebClient } = await import('@slack/web-api');
    return new WebClient(token, {
      fetch,
      logger: silent,
      timeout: 10_000,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      allowAbsoluteUrls: false,
      ...(url !== undefined && { slackApiUrl: url }),
    });
  };
  return async (call) => {
    try {
      return await call(await (client ??= load()));
    } catch (error) {
      throw failureOf(error);
    }
  };
}

function quiet(): void {
  return undefined;
}
