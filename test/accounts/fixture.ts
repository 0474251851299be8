import type { AccountFacts } from '../../src/domain/snapshot.ts';
import { restoreSubject } from '../../src/identity/verify.ts';

export const subject = restoreSubject({ accountId: 'acct_42', userId: 'usr_7', verifiedBy: 'signed-identity' });

/** The example of `account-api.md`, with every member that Latchkey reads. */
export const validAnswer = {
  account: { id: 'acct_42', name: 'Acme', status: 'active' },
  user: {
    id: 'usr_7',
    role: 'member',
    seat: 'assigned',
    session: { state: 'valid', expiresAt: '2026-11-22T18:00:00Z' },
  },
  seats: { used: 5, total: 5 },
  subscription: { plan: 'starter', status: 'active', trialEndsAt: null, changedAt: '2026-11-01T09:00:00+01:00' },
  entitlements: [{ feature: 'export', granted: false, roles: ['admin', 'member'] }],
  usage: [
    { meter: 'tokens', kind: 'quota', used: 500_000, limit: 500_000, resetsAt: '2026-12-01T00:00:00Z' },
    { meter: 'exports', kind: 'quota', used: 0, limit: 10 },
    { meter: 'api-calls', kind: 'rate', retryAfter: 12 },
    { meter: 'credits', kind: 'credit', remaining: 0 },
  ],
};

type Told = { readonly [M in keyof AccountFacts]: Extract<AccountFacts[M], { known: true }>['value'] };

/** What the valid answer tells. */
export const told: Told = {
  membership: 'member',
  session: { state: 'valid', expiresAt: Date.UTC(2026, 10, 22, 18) },
  accountName: 'Acme',
  role: 'member',
  seat: 'assigned',
  plan: 'starter',
  subscription: 'active',
  planChangedAt: Date.UTC(2026, 10, 1, 8),
  entitlements: [{ feature: 'export', granted: false }],
  quotas: [
    { meter: 'tokens', used: 500_000, limit: 500_000, resetsAt: Date.UTC(2026, 11, 1) },
    { meter: 'exports', used: 0, limit: 10, resetsAt: null },
  ],
};

export type Member = keyof AccountFacts;
export const members = Object.keys(told) as Member[];

/** Where the answer tells a member: leaving this out makes it absent. The membership is the answer itself. */
export const pathOf: Readonly<Record<Exclude<Member, 'membership'>, readonly string[]>> = {
  session: ['user', 'session'],
  accountName: ['account', 'name'],
  role: ['user', 'role'],
  seat: ['user', 'seat'],
  plan: ['subscription', 'plan'],
  subscription: ['subscription', 'status'],
  planChangedAt: ['subscription', 'changedAt'],
  entitlements: ['entitlements'],
  quotas: ['usage'],
};

/** The valid answer with another value at a path; `undefined` leaves it out. */
export function answerWith(path: readonly string[], value: unknown): object {
  const answer = structuredClone(validAnswer) as Record<string, unknown>;
  const parents = path.slice(0, -1);
  const parent = parents.reduce((node, key) => node[key] as Record<string, unknown>, answer);
  parent[path.at(-1) ?? ''] = value;
  return JSON.parse(JSON.stringify(answer)) as object;
}
