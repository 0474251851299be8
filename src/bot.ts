import { hear, hearDenial } from '../dialogs/hear.ts';
import { emptyMemory, readState, stateVersion, type State } from '../dialogs/memory.ts';
import { createDialogs } from '../dialogs/run.ts';
import type { Answering } from './domain/agent.ts';
import type { Removed } from './domain/redact.ts';
import type { Services } from '../dialogs/services.ts';
import { Talk } from '../dialogs/talk.ts';
import { codeOf } from './domain/errors.ts';
import type { Conversations, LoadedConversation, Log, PendingActivity, StoredActivity, Wire } from './domain/ports.ts';
import type { Reply } from './domain/reply.ts';
import { restoreSubject } from './identity/verify.ts';

/** How a channel shows a reply, and where it sends what was stored. */
export interface Outlet {
  draw(reply: Reply): Wire;
  publish(conversationId: string, activities: readonly StoredActivity[]): void;
  /** A ticket is new, or waits again. */
  changed(ticket: string): void;
}

/** What a turn needs: where it is stored, what dialogs may use, where replies go. */
export interface TurnNeeds {
  readonly store: Conversations;
  readonly services: Services;
  readonly outlet: Outlet;
  readonly log: Log;
}

/** A turn before it is stored: what was said and remembered, and the stack after it. */
interface Turn {
  readonly talk: Talk;
  readonly stack: State['stack'];
}

const mostAttempts = 3;
const mostRaces = 5;
const longestSilenceMs = 12 * 3_600_000;

/** Takes one turn: loads the state, runs the dialogs, stores every effect in one transaction, then publishes. */
export type TakeTurn = (pending: PendingActivity, conversationId: string) => Promise<void>;

/** Throws when the turn could not be stored; its activity then stays pending. */
export function createTurns({ store, services, outlet, log }: TurnNeeds): TakeTurn {
  const dialogs = createDialogs(services);

  return async (pending, id) => {
    for (let race = 1; ; race += 1) {
      const conversation = await store.load(id);
      if (!conversation) return;
      try {
        const turn = await turnOf(conversation, pending);
        outlet.publish(id, await commit(conversation, pending, turn));
        const changed = turn.talk.ticket?.number ?? turn.talk.solved?.ticket;
        if (changed !== undefined) outlet.changed(changed);
        return;
      } catch (error) {
        if (codeOf(error) !== 'conversation-busy' || race === mostRaces) throw error;
        // Another process may have answered it.
        if ((await store.nextPending(id))?.seq !== pending.seq) return;
      }
    }
  };

  async function turnOf(conversation: LoadedConversation, pending: PendingActivity): Promise<Turn> {
    const { state, outdated } = stateOf(conversation);
    try {
      if (pending.attempts >= mostAttempts) throw new Error('this turn ended the process before');
      const talk = await talkOf(conversation, state, pending.activity);
      const { answering } = conversation;
      const isMessage = pending.activity.type === 'message';
      if (answering && isMessage && isHere(answering)) {
        leaveTo(answering, talk, pending.activity);
        return { talk, stack: state.stack };
      }
      if (answering && isMessage) takeBack(answering, talk);
      greet(talk, outdated);
      tellRemoved(talk, pending.activity);
      // The activity that starts a conversation has no words; the greeting answers it, and the denial that it came with.
      const isStart = pending.activity.type === 'conversationUpdate';
      if (isStart && !talk.subject?.denial) return { talk, stack: state.stack };
      return { talk, stack: await dialogs.run(pending.activity, state.stack, talk) };
    } catch (error) {
      log.error({ conversation: conversation.id, code: codeOf(error), err: error }, 'a turn failed');
      // Read again: the turn that failed may have changed its copy.
      const { state: kept } = stateOf(conversation);
      return apologize(await talkOf(conversation, kept, {}), kept.stack);
    }
  }

  /** Whoever wrote nothing for long is taken to have gone: the customer is not left with nobody. */
  function isHere({ at }: Answering): boolean {
    return services.clock.now() - at < longestSilenceMs;
  }

  function stateOf({ state }: LoadedConversation): { state: State; outdated: boolean } {
    const stored = readState(state);
    if (stored && dialogs.canContinue(stored.stack)) return { state: stored, outdated: false };
    return { state: { v: stateVersion, stack: [], memory: emptyMemory() }, outdated: state !== null };
  }

  async function talkOf(conversation: LoadedConversation, state: State, activity: Wire): Promise<Talk> {
    const { id: conversationId, channel, shared } = conversation;
    const subject = conversation.subject && restoreSubject(conversation.subject);
    const { memory } = state;
    const words = services.wordsFor(subject);
    const heard =
      activity.type === 'conversationUpdate' && subject?.denial
        ? hearDenial(subject.denial, words.line('from-product'), services.catalog)
        : await hear(activity, [...memory.offered, ...words.commands], services.recognizer);
    return new Talk({ heard, memory, words, subject, conversationId, channel, shared });
  }

  async function commit(conversation: LoadedConversation, answers: PendingActivity, { talk, stack }: Turn) {
    const { id: conversationId, version } = conversation;
    const { memory, ticket, shown, unanswered, solved, later, personLeft, linkCode } = talk;
    const { episode, outcome, verdict } = memory;
    const effects = {
      ...{ conversationId, version, episode, answers, ticket, shown, unanswered, solved, later, personLeft, linkCode },
      state: { v: stateVersion, stack, memory } satisfies State,
      outcome: outcome && { episode, outcome, cause: verdict?.lead?.cause ?? null },
    };
    const feedback = talk.feedback && { episode, ...talk.feedback.feedback };
    try {
      return await store.commit({ ...effects, feedback, replies: drawn(talk.replies, talk) });
    } catch (error) {
      if (codeOf(error) !== 'feedback-not-stored') throw error;
      log.error({ conversation: conversationId, code: 'feedback-not-stored', err: error }, 'feedback was not stored');
      return store.commit({ ...effects, feedback: null, replies: drawn(withoutThanks(talk), talk) });
    }
  }

  function drawn(replies: readonly Reply[], { memory }: Talk): Wire[] {
    const actions = (i: number) => (i === replies.length - 1 ? memory.offered : []);
    return replies.map((reply, i) => outlet.draw({ ...reply, actions: actions(i) }));
  }
}

function withoutThanks({ replies, feedback }: Talk): Reply[] {
  return replies.map((reply) => (reply === feedback?.thanks ? (feedback.sorry ?? reply) : reply));
}

function apologize(talk: Talk, stack: State['stack']): Turn {
  talk.say('apology');
  talk.offer([talk.words.action('hand-off'), talk.words.action('restart')]);
  return { talk, stack };
}

/** A person answers: the bot says nothing, but for what it took out; a person at an external desk gets the words there. */
function leaveTo({ ticket, desk }: Answering, talk: Talk, activity: Wire): void {
  tellRemoved(talk, activity);
  if (desk !== null) talk.later = ticket;
}

function takeBack({ name }: Answering, talk: Talk): void {
  talk.personLeft = true;
  talk.say('person-away', { name }, { kind: 'person-left', name });
}

/** Whoever sent a card number, a secret or too much learns that we did not keep it. */
function tellRemoved(talk: Talk, { removed, cut }: Wire): void {
  const kinds = (removed ?? []) as readonly Removed[];
  const what = [...new Set(kinds)].map((kind) => talk.words.line(`removed-${kind}`));
  if (what.length > 0) talk.say('removed', { what: what.join(' and ') });
  if (cut === true) talk.say('cut');
}

/** Every conversation begins with the notice that this is an automated assistant. */
function greet(talk: Talk, outdated: boolean): void {
  const first = !talk.memory.greeted && !outdated;
  talk.memory.greeted = true;
  talk.restarted = outdated;
  if (outdated) talk.say('restarted-after-update');
  const name = talk.subject?.name;
  if (first && talk.shared) talk.say('notice-shared');
  else if (first) talk.say(talk.subject?.denial ? 'notice-denial' : 'notice', { name: name ? ` ${name}` : '' });
}
