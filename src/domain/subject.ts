import type { Instant } from './instant.ts';

declare const proved: unique symbol;

/** Who a customer is, where the host page's signature proved it. Only `src/identity` can make one. */
export interface VerifiedSubject extends SubjectFields {
  readonly [proved]: true;
}

/** What a verified identity tells: the user's immutable id, the account, and how to address them. */
export interface SubjectFields {
  readonly accountId: string;
  readonly userId: string;
  readonly verifiedBy: 'signed-identity' | 'linked-chat' | 'single-sign-on' | 'trusted-email';
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly locale?: string | undefined;
  /** IANA time zone, such as `Europe/Berlin`. */
  readonly zone?: string | undefined;
  /** The account as Stripe's customer, such as `cus_42`. */
  readonly stripeCustomerId?: string | undefined;
  /** What the product refused when it opened the help. */
  readonly denial?: Denial | undefined;
}

/** A denial as the product knows it; `feature` is the catalog's slug. */
export interface Denial {
  readonly feature?: string | undefined;
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
  /** The product's id of what was to be opened; its name and owner are never known. */
  readonly object?: string | undefined;
  readonly at?: Instant | undefined;
}
