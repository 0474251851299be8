import type { Instant } from './instant.ts';

/** Where a fact was read. */
export type Source = 'identity' | 'account-api';

/** One value of the account at one moment, or the reason why it is not known. Absent is unknown, never assumed fine. */
export type Fact<T> = Known<T> | Unread;

/** A value that was read, from where and when. */
export interface Known<T> {
  readonly known: true;
  readonly value: T;
  readonly source: Source;
  readonly readAt: Instant;
}

/** `not-told`: the source answered without it; `not-read`: the source could not be asked. */
export interface Unread {
  readonly known: false;
  readonly why: 'not-told' | 'not-read';
  readonly source: Source;
  readonly readAt: Instant;
}

/** Stripe's words. */
export const subscriptionStatuses = [
  'trialing',
  'active',
  'past_due',
  'unpaid',
  'canceled',
  'paused',
  'incomplete',
  'incomplete_expired',
] as const;
/** One of the statuses above. */
export type SubscriptionStatus = (typeof subscriptionStatuses)[number];

/** The sign-in of the user; `expiresAt` null: not told. */
export interface Session {
  readonly state: 'valid' | 'expired' | 'revoked';
  readonly expiresAt: Instant | null;
}

/** Whether the account may use a feature. */
export interface Entitlement {
  readonly feature: string;
  readonly granted: boolean;
}

/** Usage of a meter that counts up to a reset. */
export interface Quota {
  readonly meter: string;
  readonly used: number;
  readonly limit: number;
  readonly resetsAt: Instant | null;
}

/** The account as read at one moment. */
export interface Snapshot {
  readonly at: Instant;
  readonly identity: Fact<'verified' | 'anonymous'>;
  readonly membership: Fact<'member' | 'not-in-account' | 'account-not-found'>;
  readonly session: Fact<Session>;
  readonly accountName: Fact<string>;
  readonly role: Fact<string>;
  readonly seat: Fact<'assigned' | 'none' | 'pending'>;
  readonly plan: Fact<string>;
  readonly subscription: Fact<SubscriptionStatus>;
  readonly planChangedAt: Fact<Instant>;
  readonly entitlements: Fact<readonly Entitlement[]>;
  readonly quotas: Fact<readonly Quota[]>;
}

/** The members of a snapshot that an account source reads; the identity is ours. */
export type AccountFacts = Omit<Snapshot, 'at' | 'identity'>;

/** A fact that was read. */
export function known<T>(value: T, source: Source, readAt: Instant): Known<T> {
  return { known: true, value, source, readAt };
}

/** A fact that was not read, and why. */
export function unread(why: Unread['why'], source: Source, readAt: Instant): Unread {
  return { known: false, why, source, readAt };
}

const accountMembers = [
  'membership',
  'session',
  'accountName',
  'role',
  'seat',
  'plan',
  'subscription',
  'planChangedAt',
  'entitlements',
  'quotas',
] as const satisfies readonly (keyof AccountFacts)[];

/** A snapshot in which nothing of the account could be read. */
export function unreadSnapshot(identity: 'verified' | 'anonymous', at: Instant): Snapshot {
  const facts = Object.fromEntries(accountMembers.map((member) => [member, unread('not-read', 'account-api', at)]));
  return { at, identity: known(identity, 'identity', at), ...(facts as Record<keyof AccountFacts, Unread>) };
}
