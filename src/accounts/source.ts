import type { Instant } from '../domain/instant.ts';
import type { HttpAnswer } from '../domain/ports.ts';
import type { AccountFacts, AccountMember, Source } from '../domain/snapshot.ts';
import type { VerifiedSubject } from '../domain/subject.ts';

/** One system that tells facts about an account. */
export interface AccountSource {
  readonly name: Source;
  /** The members it is asked for. */
  readonly tells: readonly AccountMember[];
  /** Those that only some companies tell: where the source fails, nobody misses them. */
  readonly seldom?: readonly AccountMember[];
  /** What it tells about the subject, read at `at`. Throws a `SupportError` when nothing could be read. */
  read(subject: VerifiedSubject, reading: Reading): Promise<Partial<AccountFacts>>;
}

/** One reading of all sources: when it began, and how to ask within the time that it has in all. */
export interface Reading {
  readonly at: Instant;
  /** Throws `account-unreachable` or `account-garbage`; an answer may have any status. */
  readonly get: (url: string, headers: Readonly<Record<string, string>>) => Promise<HttpAnswer>;
  /** Tells an operator why a part of what a source tells is unknown; without any value of an account. */
  readonly warn: (why: { readonly code?: string; readonly err?: unknown }, message: string) => void;
  /** Tells what of a whole answer is doubtful: all of it at once, or that nothing is. */
  readonly doubt: (doubts: readonly Doubt[]) => void;
}

/** Something in an answer that can hardly be meant: where, as a path of members, and why; never a value. */
export interface Doubt {
  readonly path: string;
  readonly why: string;
}
