import { readState, restartedMemory, stateVersion, storedState, type State } from '../../dialogs/memory.ts';
import { denialToldOf, recognizeActivity, recognizeDenial } from '../../dialogs/recognize.ts';
import { createDialogs } from '../../dialogs/run.ts';
import type { Services } from '../../dialogs/services.ts';
import { Turn } from '../../dialogs/turn.ts';
import { codeOf } from '../domain/errors.ts';
import type { Conversations, InboundActivity, LoadedConversation, Log, PendingActivity } from '../domain/ports.ts';
import type { Reply } from '../domain/reply.ts';
import { noteFacts, timed } from '../domain/work.ts';
import { restoreSubject } from '../identity/verify.ts';
import { LatchkeyBot } from './latchkey-bot.ts';
import { TurnAdapter } from './turn-adapter.ts';
import { factsHeard, factsOfAnswer } from '../../dialogs/turn-facts.ts';

/** What a turn needs: where it is stored, and what dialogs may use. */
export interface TurnNeeds {
  readonly store: Conversations;
  readonly services: Services;
  readonly log: Log;
}

const mostAttempts = 3;
const mostRaces = 5;

/** Takes one turn: loads the state, runs the bot, and stores every effect in one transaction. Throws when that failed; the activity then stays pending. */
export type HandleTurn = (pending: PendingActivity, conversationId: string) => Promise<void>;

/** Turns over the stored conversations. */
export function createTurnHandler({ store, services, log }: TurnNeeds): HandleTurn {
  const dialogs = createDialogs(services);
  const bot = new LatchkeyBot(dialogs, services.clock);
  const adapter = new TurnAdapter();

  return async (pending, id) => {
    for (let race = 1; ; race += 1) {
      const conversation = await timed('store-read', {}, () => store.load(id));
      if (!conversation) return;
      try {
        const turn = await answer(conversation, pending);
        await timed('store-commit', {}, () => commit(conversation, pending, turn));
        return;
      } catch (error) {
        if (codeOf(error) !== 'conversation-busy' || race === mostRaces) throw error;
        // Another process may have answered it.
        if ((await store.nextPending(id))?.seq !== pending.seq) return;
      }
    }
  };

  async function answer(conversation: LoadedConversation, pending: PendingActivity): Promise<Turn> {
    const { state, outdated } = stateOf(conversation);
    const { verdict, outcome } = state.memory;
    try {
      if (pending.attempts >= mostAttempts) throw new Error('this turn ended the process before');
      const turn = await begin(conversation, state, pending, pending);
      turn.restarted = outdated;
      await adapter.run(bot, turn, pending);
      noteFacts(factsOfAnswer(turn, { verdict, outcome }));
      return turn;
    } catch (error) {
      // Nothing could be stored either: the message waits.
      if (codeOf(error) === 'store-unavailable') throw error;
      noteFacts({ result: 'apologized' });
      log.error({ conversation: conversation.id, code: codeOf(error), err: error }, 'a turn failed');
      // Read again: the turn that failed may have changed its copy.
      return apologize(await begin(conversation, stateOf(conversation).state, { type: 'event', name: 'opened' }));
    }
  }

  function stateOf({ state }: LoadedConversation): { state: State; outdated: boolean } {
    const stored = readState(state);
    if (stored && dialogs.canContinue(stored.stack)) return { state: stored, outdated: false };
    return { state: { v: stateVersion, stack: [], memory: restartedMemory(state) }, outdated: state !== null };
  }

  async function begin(
    conversation: LoadedConversation,
    state: State,
    inbound: InboundActivity,
    from: Turn['from'] = null,
  ): Promise<Turn> {
    const { id: conversationId, channel, shared, answering } = conversation;
    const { memory, stack } = state;
    const subject = conversation.subject && restoreSubject(conversation.subject);
    memory.zone = inbound.zone ?? memory.zone;
    // The page's own setting before the machine's.
    const words = services.wordsFor({ zone: subject?.zone ?? memory.zone ?? undefined });
    const denial = denialToldOf(inbound, subject);
    const recognized = denial
      ? recognizeDenial(denial, words.line('from-product'), services.catalog)
      : await timed('recognition', {}, () => recognizeActivity(inbound, memory, words.commands, services.recognizer));
    noteFacts(factsHeard(inbound, recognized));
    return new Turn({
      inbound,
      at: services.clock.now(),
      recognized,
      memory,
      stack,
      words,
      subject,
      conversationId,
      channel,
      locale: inbound.locale ?? conversation.locale,
      shared,
      from,
      answering,
    });
  }

  async function commit(conversation: LoadedConversation, answers: PendingActivity, turn: Turn): Promise<void> {
    const { id: conversationId, version } = conversation;
    const { memory, stack, ticket, shown, unanswered, resolution, followUp, personLeft, linkCode } = turn;
    const { followUpQuestion, amendedTicket, withdrawnTicket } = turn;
    const { complaintNumber, outcome, verdict } = memory;
    const effects = {
      conversationId,
      version,
      complaintNumber,
      answers,
      ticket,
      shown,
      unanswered,
      resolution,
      followUp,
      followUpQuestion,
      amendedTicket,
      withdrawnTicket,
      personLeft,
      linkCode,
      state: storedState({ v: stateVersion, stack, memory }),
      outcome: outcome && { complaintNumber, outcome, cause: verdict?.primary?.cause ?? null },
    };
    const feedback = turn.feedback && { ...turn.feedback.feedback, channel: conversation.channel };
    try {
      await store.commit({ ...effects, feedback, replies: toStore(turn.replies, turn) });
    } catch (error) {
      if (codeOf(error) !== 'feedback-not-stored') throw error;
      log.error({ conversation: conversationId, code: 'feedback-not-stored', err: error }, 'feedback was not stored');
      await store.commit({ ...effects, feedback: null, replies: toStore(withoutThanks(turn), turn) });
    }
  }
}

/** The buttons of a turn, and what the complaint came to in it, stand with its last reply. */
function toStore(replies: readonly Reply[], { memory, newOutcome }: Turn): readonly Reply[] {
  const last = { actions: memory.offered, ...(newOutcome && { outcome: newOutcome }) };
  return replies.map((reply, i) => ({ ...reply, actions: [], ...(i === replies.length - 1 && last) }));
}

function withoutThanks({ replies, feedback }: Turn): Reply[] {
  return replies.map((reply) => (reply === feedback?.thanks ? (feedback.sorry ?? reply) : reply));
}

function apologize(turn: Turn): Turn {
  turn.say('apology');
  turn.offer([turn.words.action('hand-off'), turn.words.action('restart')]);
  return turn;
}
