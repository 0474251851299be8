import type { TurnContext } from 'botbuilder';
import { DialogContext } from 'botbuilder-dialogs/lib/dialogContext.js';
import { DialogContextError } from 'botbuilder-dialogs/lib/dialogContextError.js';
import { DialogSet } from 'botbuilder-dialogs/lib/dialogSet.js';
import { onAnswerRated } from './answer-rated.ts';
import { onArticleRead } from './article-read.ts';
import { tookToPrivate } from './account-linking.ts';
import { conversations } from './index.ts';
import type { State } from './memory.ts';
import { onMessage, onTicketClosed, onLinkCode } from './root.ts';
import type { Services } from './services.ts';
import { turnOf } from './turn.ts';

/** The dialogs as the bot uses them; what is said and remembered is in the turn of the context. */
export interface Dialogs {
  /** Whether this version of the dialogs can go on with a stored stack. */
  canContinue(stack: State['stack']): boolean;
  /** Takes a message to the private chat, where it belongs there and the chat can be opened. */
  tookToPrivate(context: TurnContext): Promise<boolean>;
  /** Answers a message, or the denial that the chat was opened with. */
  onMessage(context: TurnContext): Promise<void>;
  /** Answers an event. */
  onEvent(context: TurnContext): Promise<void>;
}

/** The dialogs, ready to run. */
export function createDialogs(services: Services): Dialogs {
  const dialogs = conversations(services);
  const set = new DialogSet();
  for (const dialog of dialogs) set.add(dialog);

  async function run(context: TurnContext, act: (dc: DialogContext) => Promise<void>): Promise<void> {
    const turn = turnOf(context);
    // The instances of the stack are changed: a turn that fails is begun anew with a fresh copy.
    const dc = new DialogContext(set, context, { dialogStack: [...turn.stack] });
    try {
      await act(dc);
    } catch (error) {
      // What the SDK puts around an error has no code.
      throw error instanceof DialogContextError ? error.error : error;
    }
    turn.stack = dc.stack;
  }

  return {
    canContinue: (stack) => stack.every(({ id, state }) => dialogs.find((one) => one.id === id)?.knows(state) ?? false),
    tookToPrivate: (context) => tookToPrivate(turnOf(context), services),
    onMessage: (context) => run(context, (dc) => onMessage(dc, services)),
    onEvent: (context) =>
      run(context, async (dc) => {
        const { inbound } = turnOf(context);
        if (inbound.type !== 'event' || inbound.name === 'opened' || inbound.name === 'installed') return;
        if (inbound.name === 'article-read') onArticleRead(turnOf(context), inbound);
        else if (inbound.name === 'answer-rated') await onAnswerRated(dc, turnOf(context), inbound);
        else await (inbound.name === 'ticket-closed' ? onTicketClosed(dc, inbound) : onLinkCode(dc, inbound.name));
      }),
  };
}
