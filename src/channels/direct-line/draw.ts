import type { Clock, StoredActivity, Wire } from '../../domain/ports.ts';
import { iso } from '../../domain/instant.ts';
import type { Reply } from '../../domain/reply.ts';

const bot = { id: 'latchkey', name: 'Latchkey', role: 'bot' } as const;

/** Draws a reply as a Direct Line activity; its facts travel in `channelData.latchkey`. */
export function draw(reply: Reply, clock: Clock): Wire {
  const { text, actions, kind } = reply;
  return {
    type: 'message',
    from: kind === 'person' ? { id: 'person', name: reply.name, role: 'bot' } : bot,
    text,
    textFormat: 'markdown',
    timestamp: iso(clock.now()),
    inputHint: 'acceptingInput',
    ...(actions.length > 0 && {
      suggestedActions: { actions: actions.map(({ label }) => ({ type: 'imBack', title: label, value: label })) },
    }),
    channelData: { latchkey: { kind, ...detailsOf(reply) } },
  };
}

function detailsOf(reply: Reply): Wire {
  if (reply.kind === 'verdict') return { verdict: reply.findings };
  if (reply.kind === 'steps') return { article: reply.article };
  if (reply.kind === 'ticket') return { ticket: reply.ticket };
  if (reply.kind === 'person' || reply.kind === 'person-joined' || reply.kind === 'person-left')
    return { person: reply.name };
  return {};
}

/** A stored activity as a client receives it; null for what clients do not see. */
export function toClient(conversationId: string, { seq, activity }: StoredActivity): Wire | null {
  if (activity.type !== 'message') return null;
  const id = activityId(conversationId, seq);
  return { ...activity, id, channelId: 'directline', conversation: { id: conversationId } };
}

/** The id of an activity on the wire: its conversation and its number in it. */
export function activityId(conversationId: string, seq: number): string {
  return `${conversationId}|${String(seq).padStart(7, '0')}`;
}
