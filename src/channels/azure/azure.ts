import { z } from 'zod/v4';
import type { Carrier } from '../../domain/channels.ts';
import { SupportError } from '../../domain/errors.ts';
import type { Conversations, LoadedConversation, Wire } from '../../domain/ports.ts';
import { text } from '../../domain/schemas.ts';
import type { ChannelNeeds } from '../channel.ts';
import { conversationIdOf, type ChannelEvent } from '../inbox.ts';
import type { TeamsActivity } from '../teams/activity.ts';
import { createAppToken } from '../teams/app-token.ts';
import { createConnector } from '../teams/connector.ts';
import { isTrusted } from '../teams/far-ends.ts';
import { forbidden, type Refusal } from '../teams/gate.ts';
import type { TeamsSettings } from '../teams/settings.ts';
import type { Guest } from '../teams/teams.ts';
import { azureOrigin } from './far-end.ts';

/** What Azure Direct Line needs besides what every channel does. */
export interface AzureNeeds extends ChannelNeeds {
  readonly conversations: Pick<Conversations, 'load'>;
}

const addressShape = z.object({
  service: text(512),
  conversation: text(512),
  /** Our bot, as it is called there. */
  bot: text(512),
});
const typingMs = 3_000;

/** Azure Direct Line: what it posts for the conversations that we opened there, and what sends to them. */
export function createAzure(
  bot: TeamsSettings,
  needs: AzureNeeds,
  origin = azureOrigin,
): { readonly guest: Guest; readonly carrier: Carrier } {
  const services = new Set([origin]);
  function refuse(why: string): Refusal {
    needs.refused(why);
    return forbidden(403, why);
  }
  return {
    guest: {
      channelId: 'directline',
      rule: { services, judge: () => null },
      async take(activity) {
        const opened = await needs.conversations.load(conversationIdOf('azure', activity.conversation.id));
        if (!opened) return refuse('conversation-unknown');
        // That a conversation was opened is said by Azure itself, in whose name it likes.
        const isOpening = activity.type === 'conversationUpdate';
        if (!isOpening && !isAuthor(activity, opened)) return refuse('user-other');
        const event = hear(activity, opened);
        if (event) await needs.inbox(event);
        return null;
      },
    },
    carrier: createCarrier(bot, needs, services),
  };
}

/** Whether it is from the customer for whom we opened the conversation. */
function isAuthor({ from }: TeamsActivity, { userId }: LoadedConversation): boolean {
  return from.id.startsWith('dl_') && from.id === userId;
}

/** Whose account it is was proved when the conversation was opened; of that the activity says nothing. */
function hear(activity: TeamsActivity, { userId, locale }: LoadedConversation): ChannelEvent | null {
  const { type, id, conversation, serviceUrl, recipient } = activity;
  const event = {
    ...{ channel: 'azure' as const, place: conversation.id, shared: false, user: `azure|${userId}`, locale },
    to: { service: serviceUrl ?? '', conversation: conversation.id, bot: recipient.id },
  };
  if (type === 'conversationUpdate') return { ...event, eventId: 'welcome', said: null };
  const said = wordsOf(activity);
  return type === 'message' && id && said ? { ...event, eventId: id, said } : null;
}

function wordsOf({ text: written, value, attachments }: TeamsActivity): ChannelEvent['said'] {
  const words = written ?? (typeof value === 'string' ? value : '');
  const files = attachments?.length ?? 0;
  return words.trim() === '' && files === 0 ? null : { text: words, files };
}

/** Sends activities as they were drawn: clients of Azure and ours speak the same Direct Line. */
function createCarrier(bot: TeamsSettings, needs: AzureNeeds, services: ReadonlySet<string>): Carrier {
  const { clock, log } = needs;
  const connector = createConnector({ token: createAppToken(bot, needs), clock, name: 'Azure Direct Line' });

  function addressOf(to: Wire): z.infer<typeof addressShape> {
    const read = addressShape.safeParse(to);
    if (read.success && isTrusted(read.data.service, { services })) return read.data;
    throw new SupportError('channel-refused', { detail: 'The stored address is none of Azure Direct Line.' });
  }

  return {
    channel: 'azure',
    async send(to, { activity }) {
      const address = addressOf(to);
      return connector.send(address, { ...activity, from: { ...(activity.from as Wire), id: address.bot } });
    },
    // Clients take the buttons away by themselves.
    settle: () => Promise.resolve(),
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
