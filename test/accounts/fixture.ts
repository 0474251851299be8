import type { AccountFacts, AccountMember } from '../../src/domain/snapshot.ts';
import { restoreSubject } from '../../src/identity/verify.ts';

export const subject = restoreSubject({
  accountId: 'acct_42',
  userId: 'usr_7',
  verifiedBy: 'signed-identity',
  denial: { object: 'doc_9' },
});

/** The value of every member that sources tell. */
export type Values = { readonly [M in AccountMember]: Extract<AccountFacts[M], { known: true }>['value'] };

/** The example of `account-api.yaml`, with every member that Latchkey reads. */
export const validAnswer = {
  account: { id: 'acct_42', name: 'Acme', status: 'active', pendingActions: ['terms'] },
  user: {
    id: 'usr_7',
    role: 'member',
    roleChangedAt: '2026-11-20T08:30:00Z',
    seat: 'assigned',
    status: 'active',
    lockout: { until: '2026-11-22T10:30:00Z' },
    unconfirmed: ['company'],
    session: { state: 'valid', expiresAt: '2026-11-22T18:00:00Z', lacks: ['sso'], network: 'vpn' },
    elsewhere: ['reports'],
  },
  seats: { used: 5, total: 5 },
  subscription: {
    plan: 'starter',
    status: 'active',
    stopReason: null,
    paidUntil: '2026-12-24T00:00:00Z',
    trialEndsAt: '2026-10-01T00:00:00Z',
    changedAt: '2026-11-01T09:00:00+01:00',
  },
  entitlements: [
    { feature: 'export', granted: false, roles: ['admin', 'member'] },
    { feature: 'reports', granted: true, state: 'off', unlimited: true },
  ],
  propagationSeconds: 120,
  hasNo: [],
  object: { id: 'doc_9', shared: false },
  key: { kind: 'key', lacks: [{ feature: 'api', scope: 'api:read' }] },
  usage: [
    { meter: 'tokens', kind: 'quota', used: 500_000, limit: 500_000, resetsAt: '2026-12-01T00:00:00Z' },
    { meter: 'exports', kind: 'quota', used: 0, limit: 10, window: 'day' },
    { meter: 'exports', kind: 'quota', limit: 'unlimited' },
    { meter: 'api-calls', kind: 'rate', retryAfter: 12 },
    { meter: 'searches', kind: 'rate' },
    { meter: 'credits', kind: 'credit', remaining: 0, spent: 12.5, cap: 100 },
    { meter: 'renders', kind: 'credit', cap: 'unlimited' },
  ],
};

/** What the valid answer tells when it is read at `at`. */
export const toldAt = (at: number): Omit<Values, 'incidents'> => ({
  membership: 'member',
  session: { state: 'valid', expiresAt: Date.UTC(2026, 10, 22, 18) },
  otherAccountFeatures: ['reports'],
  accountName: 'Acme',
  accountStatus: 'active',
  pendingActions: ['terms'],
  userStatus: 'active',
  lockout: { until: Date.UTC(2026, 10, 22, 10, 30) },
  lacksSignIn: ['sso'],
  unconfirmed: ['company'],
  network: 'vpn',
  role: 'member',
  roleChangedAt: Date.UTC(2026, 10, 20, 8, 30),
  seat: 'assigned',
  seats: { used: 5, total: 5 },
  plan: 'starter',
  subscription: 'active',
  stopReason: null,
  paidUntil: Date.UTC(2026, 11, 24),
  trialEndsAt: Date.UTC(2026, 9, 1),
  planChangedAt: Date.UTC(2026, 10, 1, 8),
  propagation: 120_000,
  entitlements: [
    { feature: 'export', granted: false, roles: ['admin', 'member'] },
    { feature: 'reports', granted: true, roles: null },
  ],
  featureStates: [{ feature: 'reports', state: 'off' }],
  unlimitedFeatures: ['reports'],
  objectShared: false,
  keyScopes: { holder: 'key', lacks: [{ feature: 'api', scope: 'api:read' }] },
  quotas: [
    { meter: 'tokens', used: 500_000, limit: 500_000, resetsAt: Date.UTC(2026, 11, 1) },
    { meter: 'exports', used: 0, limit: 10, resetsAt: null, window: 'day' },
    { meter: 'exports', used: null, limit: 'unlimited', resetsAt: null },
  ],
  rates: [
    { meter: 'api-calls', retryAt: at + 12_000 },
    { meter: 'searches', retryAt: null },
  ],
  credits: [
    { meter: 'credits', remaining: 0, spent: 12.5, cap: 100 },
    { meter: 'renders', remaining: null, spent: null, cap: 'unlimited' },
  ],
});

/** The members that the account API tells. */
export type Member = Exclude<AccountMember, 'incidents'>;
export const members = Object.keys(toldAt(0)) as Member[];

/** Where the answer tells a member: leaving this out makes it absent. The membership is the answer itself. */
export const pathOf: Readonly<Record<Exclude<Member, 'membership'>, readonly string[]>> = {
  session: ['user', 'session'],
  otherAccountFeatures: ['user', 'elsewhere'],
  accountName: ['account', 'name'],
  accountStatus: ['account', 'status'],
  pendingActions: ['account', 'pendingActions'],
  userStatus: ['user', 'status'],
  lockout: ['user', 'lockout'],
  lacksSignIn: ['user', 'session', 'lacks'],
  unconfirmed: ['user', 'unconfirmed'],
  network: ['user', 'session', 'network'],
  role: ['user', 'role'],
  roleChangedAt: ['user', 'roleChangedAt'],
  seat: ['user', 'seat'],
  seats: ['seats'],
  plan: ['subscription', 'plan'],
  subscription: ['subscription', 'status'],
  stopReason: ['subscription', 'stopReason'],
  paidUntil: ['subscription', 'paidUntil'],
  trialEndsAt: ['subscription', 'trialEndsAt'],
  planChangedAt: ['subscription', 'changedAt'],
  propagation: ['propagationSeconds'],
  entitlements: ['entitlements'],
  featureStates: ['entitlements'],
  unlimitedFeatures: ['entitlements'],
  objectShared: ['object'],
  keyScopes: ['key'],
  quotas: ['usage'],
  rates: ['usage'],
  credits: ['usage'],
};

/** The valid answer with another value at a path; `undefined` leaves it out. */
export function answerWith(path: readonly string[], value: unknown): object {
  const answer = structuredClone(validAnswer) as Record<string, unknown>;
  const parents = path.slice(0, -1);
  const parent = parents.reduce((node, key) => node[key] as Record<string, unknown>, answer);
  parent[path.at(-1) ?? ''] = value;
  return JSON.parse(JSON.stringify(answer)) as object;
}
