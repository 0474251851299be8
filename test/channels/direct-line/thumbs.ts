import type { Wire } from '../../../src/channels/wire.ts';
import type { Judged } from '../feedback-contract.ts';

/** What official Web Chat posts for a thumb: the action that it was sent or, with words, what Teams posts. */
export function thumbOf(answered: boolean, reason: string | null, answer?: Judged): Wire {
  const { conversationId = '', seq = 0 } = answer ?? {};
  if (reason === null) {
    const type = answered ? 'LikeAction' : 'DislikeAction';
    const id = answer ? `urn:latchkey:${conversationId}:${seq}:${type}` : '_:a7f3k';
    return {
      type: 'event',
      name: 'webchat:activity-status/feedback',
      entities: [{ '@type': type, '@id': id, actionStatus: 'PotentialActionStatus' }, { type: 'ClientCapabilities' }],
    };
  }
  return {
    type: 'invoke',
    name: 'message/submitAction',
    ...(answer && { replyToId: `${conversationId}|${String(seq).padStart(7, '0')}` }),
    value: {
      actionName: 'feedback',
      actionValue: { reaction: answered ? 'like' : 'dislike', feedback: { feedbackText: reason } },
    },
  };
}
