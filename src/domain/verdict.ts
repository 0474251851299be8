import type { Instant } from './instant.ts';
import type { Confirmable, PendingAction, QuotaWindow, SignInMethod, Source } from './snapshot.ts';

/** The slug of a cause: one of `src/diagnosis/causes`, the same in `content/causes`. */
export type CauseSlug = string;

/**
 * A value that a page can show: numbers are grouped, instants told in the customer's zone (`clock`: without the day), slugs
 * told by name; of `roles` any one is enough; `window` null: several of different lengths.
 */
export type Value =
  | string
  | number
  | { readonly at: Instant }
  | { readonly clock: Instant }
  | { readonly feature: string | null }
  | { readonly plan: string }
  | { readonly meter: string }
  | { readonly window: QuotaWindow | null }
  | { readonly role: string }
  | { readonly roles: readonly string[] }
  | { readonly features: readonly string[] }
  | { readonly meters: readonly string[] };

/** Values by the names that templates ask for. */
export type Facts = Readonly<Record<string, Value>>;

/**
 * Whether a cause is true, is not, or could not be checked. Where no feature was named: `possible`, it blocks some features
 * (`Finding.blocks`) and not others; `needs-feature`, only a feature tells.
 */
export type FindingStatus = 'proved' | 'possible' | 'ruled-out' | 'unknown' | 'needs-feature';

/**
 * What a cause needs of its page: the variants of its proof and of its exclusion, with the facts each one tells; `possible`:
 * those of a block of some features, where it can be one.
 */
export interface CauseShape {
  readonly slug: CauseSlug;
  readonly proves: Readonly<Record<string, readonly string[]>>;
  readonly excludes: Readonly<Record<string, readonly string[]>>;
  readonly possible?: Readonly<Record<string, readonly string[]>>;
}

/** A cause judged against a snapshot. `variant`: which proof or exclusion; `always` where there is one. */
export interface Finding {
  readonly cause: CauseSlug;
  readonly status: FindingStatus;
  readonly variant: string;
  readonly facts: Facts;
  readonly source: Source;
  readonly readAt: Instant;
  /** The slugs of the features that it blocks, of `possible` findings. */
  readonly blocks?: readonly string[];
}

/** Something that has to happen before the door opens. `until` null: nobody knows. */
export type Change =
  | {
      readonly kind: 'wait';
      readonly for: 'incident' | 'reset' | 'pace' | 'arrival' | 'unlock';
      readonly until: Instant | null;
    }
  | { readonly kind: 'upgrade' | 'choose-plan'; readonly plan: string }
  | { readonly kind: 'role'; readonly roles: readonly string[] }
  | { readonly kind: 'sign-in-with'; readonly what: SignInMethod | 'several' }
  | { readonly kind: 'confirm'; readonly what: Confirmable | 'several' }
  | { readonly kind: 'accept'; readonly what: PendingAction | 'several' }
  | { readonly kind: 'scopes'; readonly scopes: string }
  | { readonly kind: 'reactivation' | 'password-reset' | 'network' | 'switch-on' | 'set-up' | 'share' }
  | { readonly kind: 'seat' | 'free-seat' | 'invitation' | 'sign-in' | 'other-sign-in' }
  | { readonly kind: 'pay' | 'resume' | 'pay-and-resume' | 'credit' | 'spending-cap' | 'more-included' | 'our-team' };

/** A change with the proved causes that it removes; `or`: what would remove them as well. */
export interface Remedy {
  readonly change: Change;
  readonly removes: readonly CauseSlug[];
  readonly or?: Change;
}

/**
 * All findings together. `primary` is the one to tell; null: none is proved, and not every one is ruled out. `wayOut`: the
 * fewest changes that remove all that is proved. `role`: the customer's, null where it was not read. Verdicts that were stored
 * before these two existed lack them.
 */
export interface Verdict {
  readonly feature: string | null;
  readonly findings: readonly Finding[];
  readonly primary: Finding | null;
  readonly wayOut?: readonly Remedy[];
  readonly role?: string | null;
}
