import type { Instant } from './instant.ts';
import type { Source } from './snapshot.ts';

/** The slug of a cause: one of `src/diagnosis/causes`, the same in `content/causes`. */
export type CauseSlug = string;

/** A value that a page can show: numbers are grouped, instants told in the customer's zone, slugs told by name. */
export type Value =
  | string
  | number
  | { readonly at: Instant }
  | { readonly feature: string | null }
  | { readonly plan: string }
  | { readonly meter: string };

/** Values by the names that templates ask for. */
export type Facts = Readonly<Record<string, Value>>;

/** Whether a cause is true, is not, or could not be checked. */
export type FindingStatus = 'proved' | 'ruled-out' | 'unknown';

/** What a cause needs of its page: the variants of its proof and of its exclusion, with the facts each one tells. */
export interface CauseShape {
  readonly slug: CauseSlug;
  readonly proves: Readonly<Record<string, readonly string[]>>;
  readonly excludes: Readonly<Record<string, readonly string[]>>;
}

/** A cause judged against a snapshot. `variant`: which proof or exclusion; `always` where there is one. */
export interface Finding {
  readonly cause: CauseSlug;
  readonly status: FindingStatus;
  readonly variant: string;
  readonly facts: Facts;
  readonly source: Source;
  readonly readAt: Instant;
}

/** All findings together. `primary` is the one to tell; null: too little could be checked. */
export interface Verdict {
  readonly feature: string | null;
  readonly findings: readonly Finding[];
  readonly primary: Finding | null;
}
