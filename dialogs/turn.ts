import type { TurnContext } from 'botbuilder';
import type { InboundActivity } from '../src/domain/activity.ts';
import type { Answering } from '../src/domain/agent.ts';
import type { LinkCode } from '../src/domain/channels.ts';
import type { RecognizerResult } from '../src/domain/recognition.ts';
import type { Instant } from '../src/domain/instant.ts';
import type { Feedback, RatedAnswer, StoredOutcome } from '../src/domain/outcome.ts';
import type { Shown } from '../src/domain/ports.ts';
import type { Action, Reply, ReplyBody } from '../src/domain/reply.ts';
import type { ReplyLine } from '../src/knowledge/reply-lines.ts';
import type { VerifiedSubject } from '../src/domain/subject.ts';
import type { Ticket } from '../src/domain/ticket.ts';
import type { Facts } from '../src/domain/verdict.ts';
import type { Words } from '../src/knowledge/wording.ts';
import type { Asked, Happened, Memory, State } from './memory.ts';

const mostHappened = 12;
/** UTF-16 units of what the customer wrote. */
export const longestNoted = 300;

/** What a turn begins with. */
export interface TurnInput extends Pick<
  Turn,
  | 'inbound'
  | 'at'
  | 'recognized'
  | 'words'
  | 'subject'
  | 'conversationId'
  | 'channel'
  | 'locale'
  | 'shared'
  | 'from'
  | 'answering'
> {
  readonly memory: Memory;
  readonly stack: State['stack'];
}

/** One turn as a dialog sees it: what was recognized, what is remembered, and everything that will be said and stored. */
export class Turn {
  readonly replies: Reply[] = [];
  ticket: Ticket | null = null;
  feedback: RecordedFeedback | null = null;
  /** The articles that this turn shows. */
  readonly shown: Shown[] = [];
  /** Words for which nothing was found. */
  unanswered: string | null = null;
  /** What the customer says of a closed ticket. */
  resolution: { readonly ticket: string; readonly solved: boolean } | null = null;
  /** The ticket whose desk is to get this turn's activity. */
  followUp: string | null = null;
  /** What the bot had asked, where this turn's words are an answer that a desk gets. */
  followUpQuestion: string | null = null;
  /** A ticket that was opened before, with what this turn adds. */
  amendedTicket: Ticket | null = null;
  /** The ticket that the customer takes back. */
  withdrawnTicket: string | null = null;
  /** The person who answered has gone. */
  personLeft = false;
  /** A code for another channel. */
  linkCode: LinkCode | null = null;
  /** The buttons that were there when this turn began; this turn offers its own. */
  readonly offeredBefore: readonly Action[];
  /** The question that was open when this turn began; this turn asks its own. */
  readonly askedBefore: Asked | null;
  /** Set when the conversation had to start over: then what is not understood is no news. */
  restarted = false;
  /** Set by a dialog that leaves this turn to another. */
  passed = false;

  /** What is answered. */
  readonly inbound: InboundActivity;
  /** When this turn began. */
  readonly at: Instant;
  /** What this turn is about; a message that says several things is taken one by one. */
  recognized: RecognizerResult;
  readonly memory: Memory;
  /** The dialogs that are under way, as they will be stored. */
  stack: State['stack'];
  readonly words: Words;
  readonly subject: VerifiedSubject | null;
  readonly conversationId: string;
  readonly channel: string;
  /** BCP 47. */
  readonly locale: string;
  /** Others read along. */
  readonly shared: boolean;
  /** Who wrote, and under which number that is stored; null: nobody did. */
  readonly from: { readonly author: string | null; readonly seq: number } | null;
  /** The person who answers; null: the bot does. */
  readonly answering: Answering | null;

  /** What the complaint had come to when this turn began. */
  readonly #cameTo: string;

  constructor(of: TurnInput) {
    this.inbound = of.inbound;
    this.at = of.at;
    this.stack = of.stack;
    this.answering = of.answering;
    this.recognized = of.recognized;
    this.memory = of.memory;
    this.offeredBefore = of.memory.offered;
    this.memory.offered = [];
    this.askedBefore = of.memory.asked;
    this.memory.asked = null;
    this.#cameTo = cameTo(of.memory);
    this.words = of.words;
    this.subject = of.subject;
    this.conversationId = of.conversationId;
    this.channel = of.channel;
    this.locale = of.locale;
    this.shared = of.shared;
    this.from = of.from;
  }

  /** Says a fixed line. */
  say(key: ReplyLine, facts: Facts = {}, body: ReplyBody = { kind: 'text' }): Reply {
    return this.reply(this.words.line(key, facts), body);
  }

  /** Says a fixed line to whoever wrote, where others read along. */
  hint(key: ReplyLine): void {
    const said = this.say(key);
    const only = this.from?.author;
    if (only != null) this.replies.splice(-1, 1, { ...said, only });
  }

  /** Says that no account can be looked into as long as nobody knows whose it is. */
  sayWhoIsMissing(): void {
    this.say(this.isUnconfirmed ? 'confirm-first' : 'sign-in-first');
  }

  /** Who it is was told, but not proved: whoever is signed in on the page is not told that they are not. */
  get isUnconfirmed(): boolean {
    return this.subject === null && this.memory.unconfirmed;
  }

  reply(text: string, body: ReplyBody = { kind: 'text' }): Reply {
    const reply = { ...body, text, actions: [] };
    this.replies.push(reply);
    return reply;
  }

  /** Puts buttons below the last reply of this turn, in place of any others; `asked`: what a bare yes or no to it means. */
  offer(actions: readonly Action[], asked: Asked | null = null): void {
    this.memory.offered = actions;
    this.memory.asked = asked;
  }

  /** Offers a person: a yes takes the offer. */
  offerPerson(others: readonly Action[] = []): void {
    const person = this.words.action('hand-off');
    this.offer([person, ...others.filter(({ means }) => means !== person.means)], { yes: 'hand-off', no: 'no-person' });
  }

  /** What the complaint came to in this turn; null: nothing new. */
  get newOutcome(): StoredOutcome | null {
    const { outcome } = this.memory;
    return outcome === 'abandoned' || cameTo(this.memory) === this.#cameTo ? null : outcome;
  }

  /** Whether an answer was the complaint's; an article that was asked for beside a verdict is not, and changes nothing about it. */
  isOfComplaint({ complaintNumber, cause, article }: RatedAnswer): boolean {
    const { verdict, happened, complaintNumber: now } = this.memory;
    const told = happened.some(({ what }) => what === 'told') ? verdict : null;
    const isAside = told !== null && cause === null && article !== this.words.page(told.primary).article;
    return complaintNumber === now && !isAside;
  }

  /** Feedback to store. */
  recordFeedback(feedback: AnswerRating): void {
    const { answered, reason } = feedback;
    if (this.isOfComplaint(feedback)) this.memory.feedback = { answered, reason };
    this.feedback = { thanks: null, sorry: null, ...this.feedback, feedback };
  }

  /** The same, with thanks, which are only said when it was stored. */
  thankForFeedback(feedback: AnswerRating): void {
    const thanks = this.say('feedback-thanks');
    this.feedback = { thanks, sorry: { ...thanks, text: this.words.line('feedback-failed') }, feedback };
    this.recordFeedback(feedback);
  }

  /** The words of the customer's language, where it is another than the content's; null otherwise. */
  theirWords(): ReturnType<Words['inLanguage']> {
    const { language } = this.memory;
    return language === null ? null : this.words.inLanguage(language);
  }

  /** Remembers what the customer cannot get into, as the recognizer tells it. */
  recordComplaint({ text, entities }: RecognizerResult, at: Instant): void {
    const { feature, features, otherPerson, errorCode, requestId, time } = entities;
    this.memory.complaint = { words: text, feature, features, otherPerson, at, errorCode, requestId, time };
  }

  /** Remembers for the ticket what happened: the first, and the latest. */
  note(what: Happened['what'], more: Pick<Happened, 'cause' | 'text'> = {}): void {
    const { happened } = this.memory;
    happened.push({ at: this.at, what, ...more });
    if (happened.length > mostHappened) happened.splice(1, 1);
  }

  /**
   * The outcome so far of this complaint. What is answered besides does not change one that was reached, and a ticket is
   * the end of it; otherwise the latest counts: what was solved may be blocked again.
   */
  reachOutcome(outcome: StoredOutcome): void {
    const before = this.memory.outcome;
    const isWeak = outcome === 'abandoned' || outcome === 'answered';
    if (before === 'handed-off' || (isWeak && before !== null && before !== 'abandoned')) return;
    this.memory.outcome = outcome;
  }
}

const cameTo = ({ complaintNumber, outcome }: Memory): string => `${complaintNumber} ${outcome}`;

/** What a customer says of an answer; where is not the dialog's to tell. */
export type AnswerRating = Omit<Feedback, 'channel'>;

/** Feedback with what is said when it was stored, and what when it was not. */
export interface RecordedFeedback {
  readonly feedback: AnswerRating;
  readonly thanks: Reply | null;
  readonly sorry: Reply | null;
}

const key = Symbol('turn');

/** Hands a turn to the dialogs of this turn. */
export function attachTurn(context: TurnContext, turn: Turn): void {
  context.turnState.set(key, turn);
}

/** The turn of this turn. */
export function turnOf(context: TurnContext): Turn {
  return context.turnState.get<Turn>(key);
}
