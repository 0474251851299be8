import type { Conversations } from '../../domain/ports.ts';
import type { ChannelWords } from '../channel-words.ts';
import type { Wire } from '../wire.ts';
import { cardType } from './cards.ts';
import { chosenOf, withoutButtons } from './render.ts';

/** What is stored of buttons, and what was said after them. */
export interface CardActions {
  /** Whether the activity has such a button. */
  has(conversationId: string, seq: number, label: string): Promise<boolean>;
  /** The label that was chosen first; null: something else was said, or nothing. */
  chosen(conversationId: string, seq: number): Promise<string | null>;
  /** The answer to a press: the card without its buttons, and with what was chosen. */
  answer(conversationId: string, seq: number): Promise<Wire>;
}

/** A few of ours may stand between the buttons and the answer. */
const lookAhead = 20;

/** Looks up buttons among the stored activities of a conversation. */
export function createCardActions(
  conversations: Pick<Conversations, 'activitiesAfter'>,
  words: () => ChannelWords,
): CardActions {
  async function look(conversationId: string, seq: number) {
    const [card, ...after] = await conversations.activitiesAfter(conversationId, seq - 1, lookAhead);
    if (card?.seq !== seq || card.type !== 'reply') return null;
    const said = after.find(({ type }) => type === 'message');
    return { reply: card.reply, chosen: said?.type === 'message' ? chosenOf(card.reply, said.text) : null };
  }
  return {
    async has(conversationId, seq, label) {
      const found = await look(conversationId, seq);
      return found !== null && chosenOf(found.reply, label) !== null;
    },
    chosen: async (conversationId, seq) => (await look(conversationId, seq))?.chosen ?? null,
    async answer(conversationId, seq) {
      const found = await look(conversationId, seq);
      if (!found) return gone(words());
      const { attachments } = withoutButtons(found.reply, found.chosen, { feedback: 'buttons', words }) as {
        attachments?: readonly { content: Wire }[];
      };
      const [card] = attachments ?? [];
      return card ? cardAnswer(card.content) : gone(words());
    },
  };
}

/** The answer to a press: this card for whoever pressed. */
export function cardAnswer(card: Wire): Wire {
  return { statusCode: 200, type: cardType, value: card };
}

/** The answer to a press that led to nothing, with a sentence for whoever pressed. */
export function actionRefused(message: string): Wire {
  return { statusCode: 400, type: 'application/vnd.microsoft.error', value: { code: 'BadRequest', message } };
}

/** The answer to the press of a button that we never sent. */
export function gone({ line }: ChannelWords): Wire {
  return actionRefused(line('channel-no-button'));
}
