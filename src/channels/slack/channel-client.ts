import { z } from 'zod';
import type { ChannelAddress, ChannelClient } from '../../domain/channels.ts';
import { SupportError } from '../../domain/errors.ts';
import type { Log } from '../../domain/ports.ts';
import type { ChannelWords } from '../channel-words.ts';
import { createResumableSend } from '../resumable-send.ts';
import type { SlackApi } from './api.ts';
import type { FindChosen } from './chosen.ts';
import { createHint } from './hint.ts';
import { isDirect, type SlackAddress } from './events.ts';
import { render, withoutButtons, type SlackMessage } from './render.ts';

const address = z.object({
  channel: z.string(),
  thread: z.string().nullable(),
  begun: z.literal(true).optional(),
  only: z.string().optional(),
  respond: z.string().optional(),
});

interface ChannelClientNeeds {
  readonly api: SlackApi;
  readonly fetch: typeof fetch;
  readonly log: Log;
  readonly chosen: FindChosen;
  readonly words: () => ChannelWords;
}

/** Sends to Slack. */
export function createChannelClient(needs: ChannelClientNeeds): ChannelClient {
  const { api, log, chosen, words } = needs;
  const hint = createHint(needs);
  const resume = createResumableSend();

  async function post(to: SlackAddress, { text, blocks }: SlackMessage, conversation: string): Promise<string> {
    const { ts } = await api((client) =>
      client.chat.postMessage({
        channel: to.channel,
        text,
        blocks: [...blocks],
        unfurl_links: false,
        unfurl_media: false,
        ...(to.thread !== null && { thread_ts: to.thread }),
        metadata: { event_type: 'latchkey_reply', event_payload: { conversation } },
      }),
    );
    return ts ?? '';
  }

  return {
    channel: 'slack',

    async send(to, { seq, reply }, conversationId) {
      const address = addressOf(to);
      const messages = render(reply, seq, words());
      const only = address.only ?? reply.only?.split('|')[2];
      if (only === undefined)
        return resume(`${conversationId}|${seq}`, messages, (message) => post(address, message, conversationId));
      await hint(address, only, messages.map(({ text }) => text).join('\n\n'));
      return '';
    },

    async removeButtons(to, { ref, seq }, reply, conversationId) {
      const { channel } = addressOf(to);
      const { text, blocks } = withoutButtons(reply, seq, await chosen(conversationId, seq), words());
      await api((client) => client.chat.update({ channel, ts: ref, text, blocks: [...blocks] }));
    },

    async typing(to) {
      try {
        const { channel, thread } = addressOf(to);
        if (thread === null || !isDirect(channel)) return;
        const status = { channel_id: channel, thread_ts: thread, status: words().line('channel-working') };
        await api((client) => client.assistant.threads.setStatus(status));
      } catch (error) {
        log.info({ err: error }, 'Slack shows no status');
      }
    },
  };
}

function addressOf(to: ChannelAddress): SlackAddress {
  const { data } = address.safeParse(to);
  if (!data) throw new SupportError('channel-refused', { detail: 'This is no address in Slack.' });
  return data;
}
