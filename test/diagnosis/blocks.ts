import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { restsOn } from './rests-on.ts';
import { about, at, entitled, featureNamed, hour, minute, reset, snapshot, type Values } from './snapshots.ts';

export const exporting = about(featureNamed('export'));
export const forExport = (given: Snapshot) => diagnose(given, exporting);
const quota = { meter: 'tokens', used: 500_000, limit: 500_000, resetsAt: reset };
export const noEnd = { state: 'valid', expiresAt: null } as const;

/** What blocks Export, by a name; in each the plan is Free, and Export of Starter. */
const named: Readonly<Record<string, Partial<Values>>> = {
  incident: { incidents: [{ name: 'Exports fail', features: ['export'], since: null, url: null }] },
  anonymous: { identity: 'anonymous' },
  stranger: { membership: 'not-in-account' },
  expired: { session: { state: 'expired', expiresAt: null } },
  elsewhere: { otherAccountFeatures: ['export'], entitlements: entitled({ granted: false, roles: ['member'] }) },
  suspended: { accountStatus: 'suspended' },
  terms: { pendingActions: ['terms', 'details'] },
  deactivated: { userStatus: 'deactivated' },
  'locked out': { lockout: { until: at + minute } },
  'locked out without end': { lockout: { until: null } },
  'no single sign-on': { lacksSignIn: ['sso'] },
  unconfirmed: { unconfirmed: ['company'] },
  network: { network: 'country' },
  'switched off': { featureStates: [{ feature: 'export', state: 'off' }] },
  unshared: { objectShared: false },
  scope: { keyScopes: { holder: 'key', lacks: [{ feature: 'export', scope: 'exports:write' }] } },
  role: { role: 'viewer' },
  seat: { seat: 'none', seats: { used: 1, total: 2 } },
  full: { seat: 'none', seats: { used: 2, total: 2 } },
  lacking: { entitlements: entitled({ granted: false, roles: ['member'] }) },
  'lacking on a plan that has it': {
    plan: 'business',
    entitlements: entitled({ granted: false, roles: ['member'] }),
  },
  limit: { quotas: [quota] },
  'limit on the highest plan': { plan: 'business', quotas: [quota] },
  'limit over the next plan’s': { quotas: [{ ...quota, used: 1_500_000 }] },
  'limit over every plan’s': { quotas: [{ ...quota, used: 20_000_000 }] },
  'limit of none': { quotas: [{ ...quota, used: 0, limit: 0 }] },
  'limit of none on the highest plan': { plan: 'business', quotas: [{ ...quota, used: 0, limit: 0 }] },
  'limit with an unread reset': { quotas: [{ ...quota, resetsAt: null }] },
  rate: { rates: [{ meter: 'tokens', retryAt: at + minute }] },
  credit: { credits: [{ meter: 'tokens', remaining: 0, spent: null, cap: null }] },
  cap: { credits: [{ meter: 'tokens', remaining: 1, spent: 9, cap: 9 }] },
  unpaid: { subscription: 'unpaid' },
  paused: { subscription: 'paused' },
  'paused by a payment': { subscription: 'paused', stopReason: 'payment' },
  canceled: { subscription: 'canceled' },
  'never paid': { subscription: 'incomplete_expired' },
  'canceled trial': { subscription: 'canceled', stopReason: 'trial', trialEndsAt: at - hour },
  trial: { subscription: 'trialing', trialEndsAt: at - hour },
  'trial without a first payment': { subscription: 'incomplete_expired', trialEndsAt: at - hour },
  'trial on the free plan': {
    plan: 'free',
    trialEndsAt: at - hour,
    entitlements: entitled({ granted: false, roles: ['member'] }),
  },
};

/** What blocks by a cause that nothing above proves: what it rests on, turned. A cause that is added comes in by itself. */
function addUncovered(): Readonly<Record<string, Partial<Values>>> {
  const covered = new Set(
    Object.values(named).flatMap((values) => provedIn(forExport(snapshot({ ...base, ...values })))),
  );
  const uncovered = Object.entries(restsOn).filter(([slug, { onAll }]) => !onAll && !covered.has(slug));
  return Object.fromEntries(
    uncovered.flatMap(([slug, { flips }]) =>
      flips.map(({ from, to }, i) => [`${slug} (${i + 1})`, { ...from, ...to }] as const),
    ),
  );
}

export const base: Partial<Values> = { plan: 'free', session: noEnd };
export const blocks = { ...named, ...addUncovered() };
export const names = Object.keys(blocks);
/** Causes that are one cause in two ways are no two causes. */
const identities = ['anonymous', 'stranger', 'expired'];
export const upToThree = names
  .flatMap((a, i) => [
    [a],
    ...names.slice(i + 1).flatMap((b, j) => [[a, b], ...names.slice(i + j + 2).map((c) => [a, b, c])]),
  ])
  .filter((some) => some.filter((name) => identities.includes(name)).length < 2);
export const given = (some: readonly string[]) =>
  snapshot(some.reduce<Partial<Values>>((values, name) => ({ ...values, ...blocks[name] }), base));

/** The causes that are proved. */
export function provedIn({ findings }: Verdict): string[] {
  return findings
    .filter(({ status, cause }) => status === 'proved' && cause !== 'nothing-blocks')
    .map(({ cause }) => cause);
}
export const kinds = ({ wayOut = [] }: Verdict) => wayOut.map(({ change }) => change.kind);
