import { z } from 'zod/v4';
import type { Carrier } from '../../domain/channels.ts';
import { SupportError } from '../../domain/errors.ts';
import type { Log, Wire } from '../../domain/ports.ts';
import type { SlackApi } from './client.ts';
import { isDirect, type SlackAddress } from './events.ts';
import { render, settled, type SlackMessage } from './render.ts';
import { slackWords } from './words.ts';

/** Half-sent answers that are remembered at the most; the oldest go first. */
const mostHalfSent = 1_000;
const address = z.object({ channel: z.string(), thread: z.string().nullable() });

/** Sends to Slack. An answer of several messages goes on, after a failure, where it stopped. */
export function createCarrier({ api, log }: { readonly api: SlackApi; readonly log: Log }): Carrier {
  const sent = new Map<string, readonly string[]>();

  function remember(key: string, refs: readonly string[]): void {
    sent.set(key, refs);
    const [oldest] = sent.keys();
    if (sent.size > mostHalfSent && oldest !== undefined) sent.delete(oldest);
  }

  async function post(to: SlackAddress, { text, blocks }: SlackMessage, conversation: string): Promise<string> {
    const { ts } = await api((client) =>
      client.chat.postMessage({
        ...{ channel: to.channel, text, blocks: [...blocks], unfurl_links: false, unfurl_media: false },
        ...(to.thread !== null && { thread_ts: to.thread }),
        metadata: { event_type: 'latchkey_reply', event_payload: { conversation } },
      }),
    );
    return ts ?? '';
  }

  return {
    channel: 'slack',

    async send(to, { seq, activity }, conversationId) {
      const key = `${conversationId}|${seq}`;
      let refs = sent.get(key) ?? [];
      for (const message of render(activity).slice(refs.length)) {
        refs = [...refs, await post(addressOf(to), message, conversationId)];
        remember(key, refs);
      }
      sent.delete(key);
      return refs.at(-1) ?? '';
    },

    async settle(to, { ref }, activity) {
      const { text, blocks } = settled(activity);
      const { channel } = addressOf(to);
      await api((client) => client.chat.update({ channel, ts: ref, text, blocks: [...blocks] }));
    },

    async typing(to) {
      try {
        const { channel, thread } = addressOf(to);
        if (thread === null || !isDirect(channel)) return;
        const status = { channel_id: channel, thread_ts: thread, status: slackWords.working };
        await api((client) => client.assistant.threads.setStatus(status));
      } catch (error) {
        log.info({ err: error }, 'Slack shows no status');
      }
    },
  };
}

function addressOf(to: Wire): SlackAddress {
  const { data } = address.safeParse(to);
  if (!data) throw new SupportError('channel-refused', { detail: 'This is no address in Slack.' });
  return data;
}
