import type { Instant } from './instant.ts';
import type { RatedAnswer } from './outcome.ts';
import type { Reply } from './reply.ts';
import type { Denial } from './subject.ts';

/** What nobody may store, and is taken out of what people write. */
export type RemovedKind = 'card-number' | 'secret' | 'iban' | 'password';

/** What a customer wrote. */
export interface Message {
  readonly type: 'message';
  /** Plain text, at most 4,000 UTF-16 units; empty where the customer took it back. */
  readonly text: string;
  /** How many files came along and were not taken; missing: none. */
  readonly files?: number;
  /** The ids of the screenshots that came along; missing: they are not taken where it came from, or no files came. */
  readonly screenshots?: readonly string[];
  /** What was taken out of the text, in its order; missing: nothing. */
  readonly removed?: readonly RemovedKind[];
  /** There was more text than is kept. */
  readonly cut?: boolean;
  /** The customer took the words back. */
  readonly deleted?: boolean;
  /** It is to be answered in the private chat with whoever wrote it, and not where it was written. */
  readonly inPrivate?: boolean;
  /** What the client calls it, to know its own message again. */
  readonly clientActivityId?: string;
}

/** One message of ours: the bot's or, of the kind `person`, a person's. */
export interface OurReply {
  readonly type: 'reply';
  readonly reply: Reply;
}

/** What happens in a conversation and is no message; the bot answers it like one. */
export type ConversationEvent =
  /** The bot was installed, or a code came that links the chat to an account. */
  | { readonly type: 'event'; readonly name: 'installed' | 'linked' | 'code-wrong' | 'code-shared' }
  | ChatOpened
  | ArticleRead
  | AnswerRated
  | TicketClosed;

/** The chat was opened; `unconfirmed`: the page told who it is, but that was not believed. `denial`: what it says, unsigned, that was refused. */
export interface ChatOpened {
  readonly type: 'event';
  readonly name: 'opened';
  readonly unconfirmed?: boolean;
  readonly denial?: Denial;
}

/** The customer came from the page of an article. */
export interface ArticleRead {
  readonly type: 'event';
  readonly name: 'article-read';
  /** As the client names it: there may be none of that name. */
  readonly article: string;
}

/** The customer judged an answer by their client's own means, perhaps long after it. */
export interface AnswerRated {
  readonly type: 'event';
  readonly name: 'answer-rated';
  readonly of: RatedAnswer;
  readonly answered: boolean;
  /** One of `feedbackReasons` or their own words, without secrets; null: not told. */
  readonly reason: string | null;
  /** Their client is asking for the reason, and will tell it in an event of its own: nothing is said yet. */
  readonly asking: boolean;
}

/** A person closed a ticket of this conversation. */
export interface TicketClosed {
  readonly type: 'event';
  readonly name: 'ticket-closed';
  readonly ticket: string;
  /** The name of who closed it. */
  readonly by: string;
  /** It was closed at an external desk, which then has to know of a no. */
  readonly atDesk: boolean;
}

/** What the client of whoever writes tells of them. */
export interface ClientFacts {
  /** IANA time zone; missing: not told. */
  readonly zone?: string | undefined;
  /** Their language and region, such as `de-AT`; missing: not told. */
  readonly locale?: string | undefined;
}

/** What a turn answers. */
export type InboundActivity = (Message | ConversationEvent) & ClientFacts;
/** One thing in a conversation, before it is stored. */
export type Activity = InboundActivity | OurReply;

/** How the store keeps an activity. */
interface Kept {
  /** Counts the activities of one conversation from 1: Direct Line's watermark. */
  readonly seq: number;
  readonly at: Instant;
  /** The customer's id in their channel; null: it is ours. */
  readonly author: string | null;
}

/** An activity as the store keeps it; each channel draws it when it sends it. */
export type StoredActivity = Kept & Activity;
/** An inbound activity as the store keeps it. */
export type StoredInbound = Kept & InboundActivity;
/** A reply as the store keeps it. */
export type StoredReply = Kept & OurReply;
