import type { Instant } from './instant.ts';
import type { Credit, Quota, Rate, Seats } from './usage.ts';

export type * from './usage.ts';

/** Everything that facts are read from. */
export const sources = ['identity', 'account-api', 'stripe', 'status-page'] as const;
/** One of the sources above. */
export type Source = (typeof sources)[number];

/** One value of the account at one moment, or the reason why it is not known. Absent is unknown, never assumed fine. */
export type Fact<T> = Known<T> | Unknown;

/** A value that was read, from where and when. */
export interface Known<T> {
  readonly known: true;
  readonly value: T;
  readonly source: Source;
  readonly readAt: Instant;
}

/**
 * `not-told`: the source answered without it; `not-read`: the source could not be asked; `not-connected`: no source tells
 * this, so that nobody expects it.
 */
export interface Unknown {
  readonly known: false;
  readonly why: 'not-told' | 'not-read' | 'not-connected';
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

/** Why a subscription is paused or canceled: its trial ended without a way to pay, it was asked for, or a payment failed. */
export const stopReasons = ['trial', 'request', 'payment'] as const;
/** One of the reasons above. */
export type StopReason = (typeof stopReasons)[number];

/** The sign-in of the user; `expiresAt` null: not told. */
export interface Session {
  readonly state: 'valid' | 'expired' | 'revoked';
  readonly expiresAt: Instant | null;
}

/** A failure of ours that is going on; `features` null: it may concern any feature. */
export interface Incident {
  readonly name: string;
  readonly features: readonly string[] | null;
  readonly since: Instant | null;
  readonly url: string | null;
}

/** Whether the account may use a feature; `roles` null: any role may. */
export interface Entitlement {
  readonly feature: string;
  readonly granted: boolean;
  readonly roles: readonly string[] | null;
}

/** Until when too many failed attempts keep the user out; null: until they do something about it. */
export interface Lockout {
  readonly until: Instant | null;
}

/** How the account's rule takes the user's connection: `allowed`, or what it refuses; `rule`: it does not say which. */
export const networks = ['allowed', 'address', 'country', 'vpn', 'rule'] as const;
/** One of the above. */
export type Network = (typeof networks)[number];

/** How the account's policy wants people to sign in. */
export const signInMethods = ['sso', 'second-factor'] as const;
/** One of the above. */
export type SignInMethod = (typeof signInMethods)[number];

/** What can be to be confirmed before an account works. */
export const confirmables = ['email', 'company'] as const;
/** One of the above. */
export type Confirmable = (typeof confirmables)[number];

/** What an account can be blocked by until somebody does it: accept the terms, sign an agreement, complete its details. */
export const pendingActions = ['terms', 'agreement', 'details'] as const;
/** One of the above. */
export type PendingAction = (typeof pendingActions)[number];

/** Whether somebody switched a feature on in this account. */
export const featureStates = ['on', 'off', 'not-set-up'] as const;
/** Whether one feature is switched on. */
export interface FeatureState {
  readonly feature: string;
  readonly state: (typeof featureStates)[number];
}

/** The scopes that an API key or project lacks, by feature; of the key itself nothing is known. */
export interface KeyScopes {
  readonly holder: 'key' | 'project';
  readonly lacks: readonly { readonly feature: string; readonly scope: string }[];
}

/** How far another machine's clock may be ahead of ours, in milliseconds: what it tells of a moment ago seems to be to come. */
export const clockSkewMs = 5 * 60_000;

/** The account as read at one moment. */
export interface Snapshot {
  readonly at: Instant;
  readonly identity: Fact<'verified' | 'anonymous'>;
  readonly incidents: Fact<readonly Incident[]>;
  readonly membership: Fact<'member' | 'not-in-account' | 'account-not-found'>;
  readonly session: Fact<Session>;
  /** Features that another verified sign-in of the same person may use. */
  readonly otherAccountFeatures: Fact<readonly string[]>;
  readonly accountName: Fact<string>;
  readonly accountStatus: Fact<'active' | 'suspended' | 'closed'>;
  /** What somebody has to do for the account before it works. */
  readonly pendingActions: Fact<readonly PendingAction[]>;
  readonly userStatus: Fact<'active' | 'deactivated'>;
  /** Null: the user is not locked out. */
  readonly lockout: Fact<Lockout | null>;
  /** What the policy asks for and this sign-in lacks. */
  readonly lacksSignIn: Fact<readonly SignInMethod[]>;
  readonly unconfirmed: Fact<readonly Confirmable[]>;
  readonly network: Fact<Network>;
  readonly role: Fact<string>;
  /** Null: the role never changed. */
  readonly roleChangedAt: Fact<Instant | null>;
  readonly seat: Fact<'assigned' | 'none' | 'pending'>;
  readonly seats: Fact<Seats>;
  readonly plan: Fact<string>;
  readonly subscription: Fact<SubscriptionStatus>;
  /** Null: it did not stop, or nobody knows why. */
  readonly stopReason: Fact<StopReason | null>;
  /** Until when a canceled subscription still gives access; null: not beyond its end. */
  readonly paidUntil: Fact<Instant | null>;
  /** Null: there is and was no trial. */
  readonly trialEndsAt: Fact<Instant | null>;
  readonly planChangedAt: Fact<Instant>;
  /** How long a change of plan or role takes to reach every part of the product, in milliseconds. */
  readonly propagation: Fact<number>;
  readonly entitlements: Fact<readonly Entitlement[]>;
  readonly featureStates: Fact<readonly FeatureState[]>;
  /** Features for which no limit and no credit counts in this account. */
  readonly unlimitedFeatures: Fact<readonly string[]>;
  /** Whether what the denial was about is shared with the user. */
  readonly objectShared: Fact<boolean>;
  readonly keyScopes: Fact<KeyScopes>;
  readonly quotas: Fact<readonly Quota[]>;
  readonly rates: Fact<readonly Rate[]>;
  readonly credits: Fact<readonly Credit[]>;
}

/** The members of a snapshot that sources read; the identity is ours. */
export type AccountFacts = Omit<Snapshot, 'at' | 'identity'>;
/** One of them. */
export type AccountMember = keyof AccountFacts;

/** A fact that was read. */
export function known<T>(value: T, source: Source, readAt: Instant): Known<T> {
  return { known: true, value, source, readAt };
}

/** A fact that was not read, and why. */
export function unknownFact(why: Unknown['why'], source: Source, readAt: Instant): Unknown {
  return { known: false, why, source, readAt };
}

/** Every member that sources read; the compiler names one that is forgotten. */
export const accountMembers = Object.keys({
  incidents: 0,
  membership: 0,
  session: 0,
  otherAccountFeatures: 0,
  accountName: 0,
  accountStatus: 0,
  pendingActions: 0,
  userStatus: 0,
  lockout: 0,
  lacksSignIn: 0,
  unconfirmed: 0,
  network: 0,
  role: 0,
  roleChangedAt: 0,
  seat: 0,
  seats: 0,
  plan: 0,
  subscription: 0,
  stopReason: 0,
  paidUntil: 0,
  trialEndsAt: 0,
  planChangedAt: 0,
  propagation: 0,
  entitlements: 0,
  featureStates: 0,
  unlimitedFeatures: 0,
  objectShared: 0,
  keyScopes: 0,
  quotas: 0,
  rates: 0,
  credits: 0,
} satisfies Record<AccountMember, 0>) as readonly AccountMember[];

/** A snapshot in which nothing of the account was read, and why; `unconfirmed`: who it is was told, but not proved. */
export function unknownSnapshot(
  identity: 'verified' | 'anonymous' | 'unconfirmed',
  at: Instant,
  why: Unknown['why'] = 'not-read',
): Snapshot {
  const facts = Object.fromEntries(accountMembers.map((member) => [member, unknownFact(why, 'account-api', at)]));
  const who = identity === 'unconfirmed' ? unknownFact('not-read', 'identity', at) : known(identity, 'identity', at);
  return { at, identity: who, ...(facts as Record<AccountMember, Unknown>) };
}

/** A snapshot that was stored: what was not read in its day, nobody was connected for. */
export function wholeSnapshot(stored: Snapshot): Snapshot {
  return { ...unknownSnapshot('anonymous', stored.at, 'not-connected'), ...stored };
}
