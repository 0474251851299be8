import type { StoredActivity, StoredReply } from '../../domain/activity.ts';
import type { ActivitySet, ReplyDetails, WireActivity } from '../../domain/direct-line.ts';
import { iso } from '../../domain/instant.ts';
import type { Reply } from '../../domain/reply.ts';
import { thumbsBelow } from './thumbs.ts';
import { wireBlocksOf } from './wire-blocks.ts';

/** Who says what the bot says. */
export const bot = { id: 'latchkey', name: 'Latchkey', role: 'bot' } as const;

/** Draws a reply as a Direct Line activity; its facts travel in `channelData.latchkey`. */
export function drawReply(reply: Reply): WireActivity {
  const { text, actions, kind, outcome } = reply;
  return {
    type: 'message',
    from: kind === 'person' ? { id: 'person', name: reply.name, role: 'bot' } : bot,
    text,
    textFormat: 'markdown',
    inputHint: 'acceptingInput',
    ...(actions.length > 0 && {
      suggestedActions: { actions: actions.map(({ label }) => ({ type: 'imBack', title: label, value: label })) },
    }),
    channelData: { latchkey: { ...detailsOf(reply), ...(outcome && { outcome }), blocks: wireBlocksOf(text) } },
  };
}

function detailsOf(reply: Reply): ReplyDetails {
  const { kind } = reply;
  if (kind === 'verdict') return { kind, verdict: reply.findings };
  if (kind === 'steps') return { kind, article: reply.article };
  if (kind === 'ticket') return { kind, ticket: reply.ticket };
  if (kind === 'person' || kind === 'person-joined' || kind === 'person-left') return { kind, person: reply.name };
  return { kind };
}

/** A stored activity as a client receives it, which may draw thumbs by itself; null for what clients do not see. */
export function toClient(conversationId: string, stored: StoredActivity, thumbs = false): WireActivity | null {
  if (stored.type === 'event') return null;
  return {
    ...(stored.type === 'message' ? drawMessage(stored) : drawOurs(conversationId, stored, thumbs)),
    id: activityId(conversationId, stored.seq),
    timestamp: iso(stored.at),
    channelId: 'directline',
    conversation: { id: conversationId },
  };
}

/** Thumbs take the place of the buttons that mean the same. */
function drawOurs(conversationId: string, stored: StoredReply, thumbs: boolean): WireActivity {
  const below = thumbs ? thumbsBelow(conversationId, stored) : {};
  const { reply } = stored;
  const actions = reply.actions.filter(({ means }) => !below.entities || (means !== 'yes' && means !== 'no'));
  return { ...drawReply({ ...reply, actions }), ...below };
}

function drawMessage({
  text,
  author,
  clientActivityId,
  screenshots = [],
}: Extract<StoredActivity, { type: 'message' }>): WireActivity {
  const channelData = {
    ...(clientActivityId !== undefined && { clientActivityID: clientActivityId }),
    ...(screenshots.length > 0 && { screenshots }),
  };
  return {
    type: 'message',
    from: { id: author ?? '', role: 'user' },
    text,
    textFormat: 'plain',
    ...(Object.keys(channelData).length > 0 && { channelData }),
  };
}

/** The id of an activity on the wire: its conversation and its number in it. */
export function activityId(conversationId: string, seq: number): string {
  return `${conversationId}|${String(seq).padStart(7, '0')}`;
}

/** Direct Line's set of activities with the watermark after them; `before` where there are none. `thumbs`: the client draws them. */
export function activitySet(
  id: string,
  stored: readonly StoredActivity[],
  { before, thumbs }: { readonly before: number; readonly thumbs: boolean },
): ActivitySet {
  const activities = stored.map((one) => toClient(id, one, thumbs)).filter((one) => one !== null);
  return { activities, watermark: String(stored.at(-1)?.seq ?? before) };
}
