import type { Conversations, StoredActivity, Wire } from '../../domain/ports.ts';
import { chosenOf, settled } from './render.ts';

/** What is stored of buttons, and what was said after them. */
export interface Presses {
  /** Whether the activity has such a button. */
  has(conversationId: string, seq: number, label: string): Promise<boolean>;
  /** The label that was chosen first; null: something else was said, or nothing. */
  chosen(conversationId: string, seq: number): Promise<string | null>;
  /** The answer to a press: the card without its buttons, and with what was chosen. */
  answer(conversationId: string, seq: number): Promise<Wire>;
}

/** A few of ours may stand between the buttons and the answer. */
const lookAhead = 20;
const cardType = 'application/vnd.microsoft.card.adaptive';

/** Looks up buttons among the stored activities of a conversation. */
export function createPresses(conversations: Pick<Conversations, 'activitiesAfter'>): Presses {
  async function look(conversationId: string, seq: number) {
    const [card, ...after] = await conversations.activitiesAfter(conversationId, seq - 1, lookAhead);
    if (card?.seq !== seq) return null;
    const said = after.find((one) => one.activity.type === 'message' && roleOf(one) === 'user');
    return { activity: card.activity, chosen: chosenOf(card.activity, said?.activity.text) };
  }
  return {
    async has(conversationId, seq, label) {
      const found = await look(conversationId, seq);
      return found !== null && chosenOf(found.activity, label) !== null;
    },
    chosen: async (conversationId, seq) => (await look(conversationId, seq))?.chosen ?? null,
    async answer(conversationId, seq) {
      const found = await look(conversationId, seq);
      const { attachments } = settled(found?.activity ?? {}, found?.chosen ?? null) as {
        attachments?: readonly { content: Wire }[];
      };
      const [card] = attachments ?? [];
      return card ? cardAnswer(card.content) : gone;
    },
  };
}

/** The answer to a press: this card for whoever pressed. */
export function cardAnswer(card: Wire): Wire {
  return { statusCode: 200, type: cardType, value: card };
}

/** The answer to a press that led to nothing, with a sentence for whoever pressed. */
export function pressRefused(message: string): Wire {
  return { statusCode: 400, type: 'application/vnd.microsoft.error', value: { code: 'BadRequest', message } };
}

/** The answer to the press of a button that we never sent. */
export const gone: Wire = pressRefused('There is no such button.');

function roleOf({ activity }: StoredActivity): string | undefined {
  return (activity.from as { role?: string } | undefined)?.role;
}
