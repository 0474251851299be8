import { codeOf } from '../../domain/errors.ts';
import type { Log } from '../../domain/ports.ts';
import type { SlackApi } from './api.ts';
import type { SlackAddress } from './events.ts';
import { failureOf, failureOfStatus } from './failure.ts';

interface HintNeeds {
  readonly api: SlackApi;
  readonly fetch: typeof fetch;
  readonly log: Log;
}

/** Milliseconds. */
const respondWithin = 10_000;

/** Shows mrkdwn to one person, whom Slack calls `user`, and to nobody else. Throws `channel-unavailable`; a hint that is refused is none. */
export function createHint({ api, fetch, log }: HintNeeds) {
  return async (to: SlackAddress, user: string, text: string): Promise<void> => {
    const { channel, thread, begun, respond } = to;
    try {
      if (respond !== undefined) await answerAt(fetch, respond, text);
      else {
        // In a thread without a reply Slack shows none.
        const inThread = thread !== null && !begun && { thread_ts: thread };
        await api((client) => client.chat.postEphemeral({ channel, user, text, ...inThread }));
      }
    } catch (error) {
      if (codeOf(error) !== 'channel-refused') throw error;
      log.info({ err: error }, 'Slack shows no hint');
    }
  };
}

async function answerAt(post: typeof fetch, url: string, text: string): Promise<void> {
  const asked = post(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, text }),
    redirect: 'error',
    signal: AbortSignal.timeout(respondWithin),
  });
  const { ok, status } = await asked.catch((error: unknown) => Promise.reject(failureOf(error)));
  if (!ok) throw failureOfStatus(status, null);
}
