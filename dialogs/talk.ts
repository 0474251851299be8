import type { TurnContext } from 'botbuilder-core';
import type { LinkCode } from '../src/domain/channels.ts';
import type { Heard } from '../src/domain/heard.ts';
import type { Instant } from '../src/domain/instant.ts';
import type { Feedback, Outcome } from '../src/domain/outcome.ts';
import type { Shown } from '../src/domain/ports.ts';
import type { Action, Reply, ReplyBody } from '../src/domain/reply.ts';
import type { ReplyLine } from '../src/domain/reply-lines.ts';
import type { VerifiedSubject } from '../src/domain/subject.ts';
import type { Ticket } from '../src/domain/ticket.ts';
import type { Facts } from '../src/domain/verdict.ts';
import type { Words } from '../src/knowledge/wording.ts';
import type { Memory } from './memory.ts';

/** One turn as a dialog sees it: what was heard, what is remembered, and everything that will be said and stored. */
export class Talk {
  readonly replies: Reply[] = [];
  ticket: Ticket | null = null;
  feedback: KeptFeedback | null = null;
  /** The articles that this turn shows. */
  readonly shown: Shown[] = [];
  /** Words for which nothing was found. */
  unanswered: string | null = null;
  /** What the customer says of a closed ticket. */
  solved: { readonly ticket: string; readonly solved: boolean } | null = null;
  /** The ticket whose desk is to get this turn's activity. */
  later: string | null = null;
  /** The person who answered has gone. */
  personLeft = false;
  /** A code for another channel. */
  linkCode: LinkCode | null = null;
  /** The buttons that were there when this turn began; this turn offers its own. */
  readonly offeredBefore: readonly Action[];
  /** Set when the conversation had to start over: then what is not understood is no news. */
  restarted = false;
  /** Set by a dialog that leaves this turn to another. */
  passed = false;

  /** What this turn is about; a message that says several things is taken one by one. */
  heard: Heard;
  readonly memory: Memory;
  readonly words: Words;
  readonly subject: VerifiedSubject | null;
  readonly conversationId: string;
  readonly channel: string;
  /** Others read along. */
  readonly shared: boolean;

  constructor(of: Pick<Talk, 'heard' | 'memory' | 'words' | 'subject' | 'conversationId' | 'channel' | 'shared'>) {
    this.heard = of.heard;
    this.memory = of.memory;
    this.offeredBefore = of.memory.offered;
    this.memory.offered = [];
    this.words = of.words;
    this.subject = of.subject;
    this.conversationId = of.conversationId;
    this.channel = of.channel;
    this.shared = of.shared;
  }

  /** Says a fixed line. */
  say(key: ReplyLine, facts: Facts = {}, body: ReplyBody = { kind: 'text' }): Reply {
    return this.reply(this.words.line(key, facts), body);
  }

  reply(text: string, body: ReplyBody = { kind: 'text' }): Reply {
    const reply = { ...body, text, actions: [] };
    this.replies.push(reply);
    return reply;
  }

  /** Puts buttons below the last reply of this turn, in place of any others. */
  offer(actions: readonly Action[]): void {
    this.memory.offered = actions;
  }

  /** Feedback to store; `thanks` is only said when that succeeds, `sorry` in its place when it fails. */
  keepFeedback(feedback: Omit<Feedback, 'episode'>, thanks: Reply | null, sorry: Reply | null): void {
    this.memory.feedback = { answered: feedback.answered, reason: feedback.reason };
    this.feedback = { feedback, thanks, sorry };
  }

  /** Remembers what the customer cannot get into, as `heard` tells it. */
  complain({ text, entities }: Heard, at: Instant): void {
    const { feature, errorCode, requestId, time } = entities;
    this.memory.complaint = { words: text, feature, at, errorCode, requestId, time };
  }

  /** The outcome so far of this complaint; a stronger one is not weakened later. */
  reach(outcome: Outcome): void {
    const before = this.memory.outcome;
    if (before === null || strength.indexOf(outcome) > strength.indexOf(before)) this.memory.outcome = outcome;
  }

  /** A later no takes a confirmation back; what a re-check proved stands. */
  unconfirm(): void {
    if (this.memory.outcome === 'confirmed') this.memory.outcome = 'assumed';
  }
}

const strength: readonly Outcome[] = ['abandoned', 'assumed', 'confirmed', 'verified', 'handed-off'];

/** Feedback with what is said when it was stored, and what when it was not. */
export interface KeptFeedback {
  readonly feedback: Omit<Feedback, 'episode'>;
  readonly thanks: Reply | null;
  readonly sorry: Reply | null;
}

const key = Symbol('talk');

/** Hands a talk to the dialogs of this turn. */
export function carryTalk(context: TurnContext, talk: Talk): void {
  context.turnState.set(key, talk);
}

/** The talk of this turn. */
export function talkOf(context: TurnContext): Talk {
  return context.turnState.get<Talk>(key);
}
