import { z } from 'zod';
import type { WireActivity } from '../domain/direct-line.ts';
import { SupportError } from '../domain/errors.ts';
import { handOffStates, type HandOffs, type HandOffStatus, type HandOffTicket } from '../domain/hand-off.ts';
import type { Conversations, StoredActivity } from '../domain/ports.ts';
import { text } from '../domain/schemas.ts';
import { bot, toClient } from './direct-line/activity.ts';

/** What a live-agent hub is told, and may tell, in whichever channel it is. */
export interface HubTalks {
  /** The hand-off that follows an activity; null: none does, or nothing is left to do. */
  eventBehind(conversationId: string, stored: StoredActivity): Promise<WireActivity | null>;
  /** Throws `not-found` or `ticket-changed`. */
  take(conversationId: string, status: PostedStatus): Promise<void>;
}

interface HubTalksNeeds {
  readonly handOffs: HandOffs;
  readonly store: Pick<Conversations, 'activitiesAfter' | 'lastSeq'>;
  /** Where customers reach this server. */
  readonly url: string;
}

/** A status as a hub posts it; `ticket` null: the one that was opened last. */
export type PostedStatus = Omit<HandOffStatus, 'conversationId' | 'ticket'> & { readonly ticket: string | null };

/** A transcript begins so many activities before its ticket. */
const mostRead = 300;
const statusShape = z.object({
  id: text(256).nullish(),
  channelData: z.object({ clientActivityID: text(256).nullish() }).nullish(),
  value: z.object({ state: z.enum(handOffStates), message: z.string().nullish(), ticket: text(40).nullish() }),
});

/** Null: the activity is something else. Throws `message-invalid` where it is no status that we know. */
export function readStatus(activity: { readonly type?: unknown; readonly name?: unknown }): PostedStatus | null {
  const { type, name } = activity;
  if (type !== 'event' || typeof name !== 'string' || !name.startsWith('handoff.')) return null;
  if (name !== 'handoff.status') throw new SupportError('message-invalid', { detail: 'Post “handoff.status”.' });
  const { data, error } = statusShape.safeParse(activity);
  if (!data)
    throw new SupportError('message-invalid', {
      detail: `The value’s state is one of ${handOffStates.join(', ')}.`,
      cause: error,
    });
  const id = data.channelData?.clientActivityID ?? data.id;
  if (!id) throw new SupportError('message-invalid', { detail: 'A status needs an id, the same when it comes again.' });
  const { state, message = null, ticket = null } = data.value;
  return { id, state, reason: message === '' ? null : message, ticket };
}

/** Over the stored activities, in which a ticket is a reply. */
export function createHubTalks({ handOffs, store, url }: HubTalksNeeds): HubTalks {
  async function behind(id: string, seq: number): Promise<readonly StoredActivity[]> {
    const after = Math.max(seq - mostRead, 0);
    return store.activitiesAfter(id, after, seq - after);
  }

  async function lastTicket(id: string): Promise<string> {
    const said = await behind(id, await store.lastSeq(id));
    const ticket = said
      .flatMap((one) => (one.type === 'reply' && one.reply.kind === 'ticket' ? one.reply.ticket : []))
      .at(-1);
    if (ticket === undefined)
      throw new SupportError('not-found', { detail: 'There is no ticket in this conversation.' });
    return ticket;
  }

  return {
    async eventBehind(id, stored) {
      if (stored.type !== 'reply' || stored.reply.kind !== 'ticket') return null;
      const found = await handOffs.find(stored.reply.ticket);
      return found && drawEvent(id, toClient(id, stored), { found, said: await behind(id, stored.seq), url });
    },
    async take(conversationId, status) {
      await handOffs.take({ ...status, conversationId, ticket: status.ticket ?? (await lastTicket(conversationId)) });
    },
  };
}

interface Drawn {
  readonly found: HandOffTicket;
  readonly said: readonly StoredActivity[];
  readonly url: string;
}

/** The names of the context are those by which hubs route what comes from a bot. */
function drawEvent(id: string, after: WireActivity | null, { found, said, url }: Drawn): WireActivity {
  const { topic, message, language, json } = found;
  const phrases = said.flatMap((one) => (one.type === 'message' && one.text !== '' ? one.text : []));
  return {
    ...{ type: 'event', name: 'handoff.initiate', from: bot, channelId: 'directline', conversation: { id } },
    id: `${after?.id ?? id}|handoff`,
    ...(after?.timestamp !== undefined && { timestamp: after.timestamp }),
    value: {
      ...{ va_Scope: 'bot', va_LastTopic: topic, va_Topics: [topic] },
      ...{ va_LastPhrases: phrases.at(-1) ?? '', va_Phrases: phrases },
      ...{ va_ConversationId: id, va_AgentMessage: message, va_Language: language },
      ...{ va_BotId: bot.id, va_BotName: bot.name, va_BotUrl: url },
      ticket: json,
    },
    attachments: [
      {
        contentType: 'application/json',
        name: 'Transcript',
        content: { activities: said.map((one) => toClient(id, one)).filter((one) => one !== null) },
      },
    ],
  };
}
