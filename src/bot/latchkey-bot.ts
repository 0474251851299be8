import { ActivityHandler } from 'botbuilder';
import { tellLanguage } from '../../dialogs/other-language.ts';
import { denialToldOf } from '../../dialogs/recognize.ts';
import type { Dialogs } from '../../dialogs/run.ts';
import { turnOf, type Turn } from '../../dialogs/turn.ts';
import type { Answering } from '../domain/agent.ts';
import type { Clock } from '../domain/ports.ts';

/** A person who wrote nothing for so long is taken to have gone: the customer is not left with nobody. */
const longestSilenceMs = 12 * 3_600_000;

/** What is done with each kind of activity. What it says, and remembers, is in the turn that its context carries. */
export class LatchkeyBot extends ActivityHandler {
  constructor(dialogs: Dialogs, clock: Clock) {
    super();

    this.onMessage(async (context, next) => {
      const turn = turnOf(context);
      const { answering } = turn;
      if (answering && agentIsActive(answering, clock)) {
        forwardToAgent(turn, answering);
      } else {
        if (answering) returnToBot(turn, answering);
        const isTaken = await dialogs.tookToPrivate(context);
        if (!isTaken) greet(turn);
        tellRemoved(turn);
        if (!isTaken) await dialogs.onMessage(context);
      }
      await next();
    });

    // The chat was opened: nothing was said but, perhaps, what the product refused.
    this.onConversationUpdate(async (context, next) => {
      const turn = turnOf(context);
      if (isInstalledAgain(turn)) turn.memory.greeted = false;
      greet(turn);
      if (denialToldOf(turn.inbound, turn.subject)) await dialogs.onMessage(context);
      else if (turn.replies.length > 0 && !turn.shared) tellLanguage(turn);
      await next();
    });

    this.onEvent(async (context, next) => {
      greet(turnOf(context));
      await dialogs.onEvent(context);
      await next();
    });
  }
}

function agentIsActive({ at }: Answering, clock: Clock): boolean {
  return clock.now() - at < longestSilenceMs;
}

/** A person answers: the bot says nothing, but for what it took out or could not take; a person at an external desk gets the words there. */
function forwardToAgent(turn: Turn, { ticket, desk }: Answering): void {
  tellRemoved(turn);
  if (turn.inbound.type === 'message' && turn.inbound.files) turn.say('files-not-passed-on');
  if (desk !== null) turn.followUp = ticket;
}

function returnToBot(turn: Turn, { name }: Answering): void {
  turn.personLeft = true;
  turn.say('person-away', { name }, { kind: 'person-left', name });
}

/** Whoever sent a card number, a secret or too much learns that we did not keep it. */
function tellRemoved(turn: Turn): void {
  if (turn.inbound.type !== 'message') return;
  const { removed = [], cut = false } = turn.inbound;
  const what = [...new Set(removed)].map((kind) => turn.words.line(`removed-${kind}`));
  if (what.length > 0) turn.say('removed', { what: what.join(' and ') });
  if (cut) turn.say('cut');
}

/** One installation is told of in two ways: whoever was greeted, and said nothing since, is not greeted again. */
function isInstalledAgain({ inbound, memory }: Turn): boolean {
  return inbound.type === 'event' && inbound.name === 'installed' && memory.greeted && memory.outcome !== null;
}

/** Every conversation begins with the notice that this is an automated assistant. */
function greet(turn: Turn): void {
  const first = !turn.memory.greeted && !turn.restarted;
  turn.memory.greeted = true;
  if (turn.restarted) turn.say('restarted-after-update');
  turn.memory.unconfirmed ||= saysUnconfirmed(turn);
  const name = turn.subject?.name;
  if (first && turn.shared) turn.say('notice-shared');
  else if (first && turn.isUnconfirmed) {
    turn.say('notice-unconfirmed');
    turn.offerPerson();
  } else if (first) turn.say(wasRefused(turn) ? 'notice-denial' : 'notice', { name: name ? ` ${name}` : '' });
}

/** The product refused something, and the account of whoever it was can be looked at. */
function wasRefused({ inbound, subject }: Turn): boolean {
  return subject !== null && denialToldOf(inbound, subject) !== undefined;
}

/** The page told who it is, and was not believed: the chat goes on with nobody. */
function saysUnconfirmed({ inbound }: Turn): boolean {
  return inbound.type === 'event' && inbound.name === 'opened' && inbound.unconfirmed === true;
}
