import { z } from 'zod';
import type { ChannelAddress, ChannelClient } from '../../domain/channels.ts';
import { codeOf, SupportError } from '../../domain/errors.ts';
import { iso } from '../../domain/instant.ts';
import type { Conversations, LoadedConversation } from '../../domain/ports.ts';
import { text } from '../../domain/schemas.ts';
import type { ChannelNeeds } from '../channel.ts';
import { conversationIdOf, type ChannelEvent } from '../inbound.ts';
import type { TeamsActivity } from '../teams/activity.ts';
import { createAppToken } from '../teams/app-token.ts';
import { createConnector } from '../teams/connector.ts';
import { clouds, isTrusted } from '../teams/endpoints.ts';
import { refusal, type Refusal } from '../teams/verify-token.ts';
import type { TeamsSettings } from '../teams/settings.ts';
import type { BotChannel } from '../teams/index.ts';
import { drawReply } from '../direct-line/activity.ts';
import { ratedBy, readThumb, thumbsBelow, type Thumb } from '../direct-line/thumbs.ts';
import { createFindRatedAnswer } from '../rated-answers.ts';
import { azureOrigin } from './endpoints.ts';

/** What Azure Direct Line needs besides what every channel does. */
export interface AzureNeeds extends ChannelNeeds {
  readonly conversations: Pick<Conversations, 'load' | 'activitiesAfter' | 'lastSeq'>;
}

const addressShape = z.object({
  service: text(512),
  conversation: text(512),
  /** Our bot, as it is called there. */
  bot: text(512),
});
const typingMs = 3_000;
const services: ReadonlySet<string> = new Set([azureOrigin]);

/** Azure Direct Line: what it posts for the conversations that we opened there, and what sends to them. */
export function createAzure(
  bot: TeamsSettings,
  needs: AzureNeeds,
): { readonly botChannel: BotChannel; readonly client: ChannelClient } {
  function refuse(why: string): Refusal {
    needs.refused(why);
    return refusal(403, why);
  }
  const find = createFindRatedAnswer(needs.conversations);

  async function takeThumb(thumb: Thumb, event: Omit<ChannelEvent, 'message'>): Promise<Refusal | null> {
    try {
      const rated = await ratedBy(thumb, conversationIdOf('azure', event.place), find);
      await needs.receive({ ...event, message: null, rated });
      return null;
    } catch (error) {
      if (codeOf(error) === 'answer-unknown') return refuse('answer-unknown');
      throw error;
    }
  }

  return {
    botChannel: {
      channelId: 'directline',
      rule: { services, judge: () => null },
      async take(activity) {
        const opened = await needs.conversations.load(conversationIdOf('azure', activity.conversation.id));
        if (!opened) return refuse('conversation-unknown');
        // That a conversation was opened is said by Azure itself, in whose name it likes.
        const isOpening = activity.type === 'conversationUpdate';
        if (!isOpening && !isAuthor(activity, opened)) return refuse('user-other');
        const thumb = readThumb(activity);
        if (thumb && activity.id) return takeThumb(thumb, { ...placeOf(activity, opened), eventId: activity.id });
        const event = eventOf(activity, opened);
        if (event) await needs.receive(event);
        return null;
      },
    },
    client: createChannelClient(bot, needs),
  };
}

/** Whether it is from the customer for whom we opened the conversation. */
function isAuthor({ from }: TeamsActivity, { userId }: LoadedConversation): boolean {
  return from.id.startsWith('dl_') && from.id === userId;
}

/** Whose account it is was proved when the conversation was opened; of that the activity says nothing. */
function placeOf(activity: TeamsActivity, { userId, locale }: LoadedConversation) {
  const { conversation, serviceUrl, recipient, localTimezone: zone } = activity;
  return {
    channel: 'azure' as const,
    place: conversation.id,
    shared: false,
    user: `azure|${userId}`,
    locale,
    zone,
    to: { service: serviceUrl ?? '', conversation: conversation.id, bot: recipient.id },
  };
}

function eventOf(activity: TeamsActivity, opened: LoadedConversation): ChannelEvent | null {
  const { type, id } = activity;
  const event = placeOf(activity, opened);
  if (type === 'conversationUpdate') return { ...event, eventId: 'welcome', message: null };
  const message = wordsOf(activity);
  return type === 'message' && id && message ? { ...event, eventId: id, message } : null;
}

function wordsOf({ text: written, value, attachments }: TeamsActivity): ChannelEvent['message'] {
  const words = written ?? (typeof value === 'string' ? value : '');
  const files = attachments?.length ?? 0;
  return words.trim() === '' && files === 0 ? null : { text: words, files };
}

/** Draws activities as Direct Line does: clients of Azure and ours speak the same Direct Line. */
function createChannelClient(bot: TeamsSettings, needs: AzureNeeds): ChannelClient {
  const { clock, log } = needs;
  const connector = createConnector({
    token: createAppToken(bot, { ...needs, endpoints: clouds.public }),
    clock,
    name: 'Azure Direct Line',
  });

  function addressOf(to: ChannelAddress): z.infer<typeof addressShape> {
    const read = addressShape.safeParse(to);
    if (read.success && isTrusted(read.data.service, { services })) return read.data;
    throw new SupportError('channel-refused', { detail: 'The stored address is none of Azure Direct Line.' });
  }

  return {
    channel: 'azure',
    async send(to, stored, conversationId) {
      const address = addressOf(to);
      // Which client reads it is not known: thumbs stand beside the buttons.
      const activity = { ...drawReply(stored.reply), ...thumbsBelow(conversationId, stored) };
      const from = { ...activity.from, id: address.bot };
      return connector.send(address, { ...activity, from, timestamp: iso(stored.at) });
    },
    // Clients take the buttons away by themselves.
    removeButtons: () => Promise.resolve(),
    async typing(to) {
      try {
        const address = addressOf(to);
        await connector.send(address, { type: 'typing', from: { id: address.bot, role: 'bot' } }, typingMs);
      } catch (error) {
        log.info({ err: error }, 'typing was not shown');
      }
    },
  };
}
