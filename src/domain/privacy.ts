import type { Instant } from './instant.ts';

/** A person by whom their identity names; whose data is exported or erased. */
export interface PersonKey {
  readonly accountId: string;
  readonly userId: string;
}

/** For how many days after its last sign of life something is kept; null: for ever. */
export interface RetentionDays {
  readonly conversations: number | null;
  /** Of closed tickets; all others are kept. */
  readonly tickets: number | null;
  /** Of screenshots, from when they were sent; null: no new ones are taken, and those there are go with their conversation. */
  readonly screenshots: number | null;
}

/** Where a walk over everything that is stored stands. */
export type Place = readonly [at: Instant, id: string];

/** How many were forgotten, and where to go on; `next` null: that was all. */
export interface Forgotten {
  readonly count: number;
  readonly next: Place | null;
}

/**
 * Forgets what was kept long enough, each call a small part of it: whoever writes waits for no more than that. Figures are
 * kept, of nobody.
 */
export interface Retention {
  /**
   * The time by which is judged tonight: no later than two days after that of the night before, for the clock may be wrong;
   * null: there was none before.
   */
  night(now: Instant): Promise<Instant | null>;
  /** Tickets that were closed before then, of whose conversation nothing was heard since, and of which nothing is still to be delivered. */
  forgetTickets(before: Instant, after: Place | null): Promise<Forgotten>;
  /** Screenshots that were sent before then, of whose conversation every ticket is closed. */
  forgetScreenshots(before: Instant, after: Place | null): Promise<Forgotten>;
  /** Conversations of which nothing was heard since then, and of which no ticket is kept. */
  forgetConversations(before: Instant, after: Place | null): Promise<Forgotten>;
  /** What has been over for more than a week. */
  forgetExpired(now: Instant): Promise<void>;
  /** Lets nothing that is gone stand in any file; false: somebody reads, and it has to be tried again. */
  scrub(): Promise<boolean>;
}

/** Rows as they are stored, JSON read; by their table. */
export type PersonalRows = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** What has to be erased elsewhere by hand. */
export interface ElsewhereStored {
  readonly ticket: string;
  /** The desk that has it, or the channel that shows it. */
  readonly where: string;
  /** What it is called there; null: that is not known. */
  readonly ref: string | null;
  readonly url: string | null;
}

/** What became of a person's rows, by table, and what is stored elsewhere. */
export interface Erased {
  readonly removed: Readonly<Record<string, number>>;
  /** Kept for the figures and the audit log, and of nobody. */
  readonly anonymous: Readonly<Record<string, number>>;
  readonly elsewhere: readonly ElsewhereStored[];
}

/** Everything about one person, over all tables. */
export interface Persons {
  /** Every row of theirs. */
  find(person: PersonKey): Promise<PersonalRows>;
  /** Removes it for good: nothing of it stands in any file of the database. Tickets that wait are not delivered any more. */
  erase(person: PersonKey): Promise<Erased>;
}
