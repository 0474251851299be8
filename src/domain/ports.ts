import type { RecognizerResult } from './recognition.ts';
import type { Instant } from './instant.ts';
import type { Snapshot } from './snapshot.ts';
import type { SubjectFields, VerifiedSubject } from './subject.ts';
import type { DeskEvent, FiledTicket, LaterMessage, Ticket, TicketRef } from './ticket.ts';

/** All outside things on one page; what is kept stands in `conversations.ts`, `reading.ts` and `storage.ts`. `main.ts` chooses who stands behind each. */
export type * from './activity.ts';
export type * from './conversations.ts';
export type * from './storage.ts';
export type * from './agent-storage.ts';
export type * from './privacy.ts';
export type * from './reading.ts';

/** The time, as one place tells it. */
export interface Clock {
  /** It may be set back between two calls. Never throws. */
  now(): Instant;
}

/** Where ids and secrets come from. */
export interface Random {
  /** `length` characters that cannot be guessed, from A-Z a-z 0-9 - _ (6 bits each). */
  id(length: number): string;
}

/** One GET within a deadline and a size. Throws `account-unreachable`, or `account-garbage` for too many bytes. */
export type HttpGet = (
  url: string,
  options: { readonly headers: Record<string, string>; readonly deadlineMs: number; readonly mostBytes: number },
) => Promise<HttpAnswer>;

/** An answer of any status. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  /** A header by its name in lower case; undefined: there is none. */
  readonly header: (name: string) => string | undefined;
}

/** Structured lines for operators. Never a customer's words, a token or a query string. */
export interface Log {
  /** What an operator may want to know. */
  info(fields: object, message: string): void;
  /** What will mend itself, or be tried again. */
  warn(fields: object, message: string): void;
  /** What an operator has to look at; `alarm` in the fields names what is to wake somebody. */
  error(fields: object, message: string): void;
}

/** Tells what a customer’s words mean. Never throws. */
export interface Recognizer {
  /** Of a longer text than 1,000 characters the beginning is looked at. */
  recognize(text: string): Promise<RecognizerResult>;
}

/**
 * Says in a private chat with its author what was said where others read along: its own turn answers it there. The same
 * message again is the same. False: there is no such chat, or it could not be opened in time. Throws
 * `store-unavailable`.
 */
export type AskInPrivate = (message: {
  readonly conversationId: string;
  readonly author: string;
  readonly seq: number;
  readonly text: string;
  readonly files: number;
}) => Promise<boolean>;

/**
 * What a channel shows of an account on a page that only its owner sees, as Markdown: what the account says, and their open
 * tickets. Whoever is not known is told how to connect, and nothing of any account.
 */
export type TellHome = (whose: { readonly conversationId: string; readonly author: string }) => Promise<string>;

/** Turns texts into vectors of the length 1 whose angles say how alike their meanings are. */
export interface Encoder {
  /** Names the vectors: those of another name are not comparable. */
  readonly name: string;
  /** How long one text of a customer may take. */
  readonly budgetMs: number;
  /** One vector for each text, all of one size. Throws `encoder-failed`, at the latest after `deadlineMs`. */
  encode(texts: readonly string[], deadlineMs: number): Promise<readonly Float32Array[]>;
  /** Its thread or connections end; vectors that are still asked for may never come. */
  close(): Promise<void>;
}

/** Reads the account of a proved identity; what cannot be read is unknown in the snapshot. Never throws. */
export interface Accounts {
  /** `fresh`: read now; otherwise what was read a moment ago will do, with its own read times. */
  read(subject: VerifiedSubject, options?: { readonly fresh: boolean }): Promise<Snapshot>;
}

/**
 * Whose account an e-mail address is that others confirmed; null: nobody's, or of several. Throws `account-unreachable`,
 * `account-refused` or `account-garbage`, none of which holds the address.
 */
export type SubjectByEmail = (email: string) => Promise<SubjectFields | null>;

/**
 * Where tickets live. Taking a ticket twice is taking it once (by its number): after a crash it comes again, then with `again`,
 * and a desk that cannot tell by itself looks first. Each call ends within 20 s. All throw `desk-unavailable` (try again, perhaps
 * after its `retryAfterMs`) or `desk-refused` (trying again would not help); neither holds a secret or a customer's words.
 */
export interface Desk {
  readonly name: string;
  /** Where the desk keeps it; null: it does not say. */
  take(ticket: Ticket, options: { readonly again: boolean }): Promise<TicketRef | null>;
  /**
   * Adds what the customer wrote after the ticket was taken, whether or not agents can answer from this desk. As with tickets,
   * adding it twice is adding it once, by the number and `seq`. `desk-refused` also where the desk's own id is needed and not known.
   */
  add(filed: FiledTicket, message: LaterMessage, options: { readonly again: boolean }): Promise<void>;
  /** Reads what the desk posts to us. Throws `signature-invalid` or `message-invalid`. Missing: it posts nothing. */
  readEvents?(headers: Readonly<Record<string, string | undefined>>, body: string): readonly DeskEvent[];
}

/** The public keys that an issuer published last, for the next process. */
export interface KeptKeys {
  /** What was written last, unchecked; undefined: nothing that can be read. */
  read(): unknown;
  /** Throws where it cannot be written. */
  write(keys: unknown): void;
}

/** One turn at a time per conversation, in the order in which activities were stored. */
export interface TurnQueue {
  /** Answers all unanswered activities of a conversation. Resolves when none is left, or one could not be stored. */
  answer(conversationId: string): Promise<void>;
  /** Takes up what an earlier process left unanswered and what could not be stored before, counting the attempt. */
  recover(): Promise<void>;
  /** Resolves when no turn is running. */
  idle(): Promise<void>;
}
