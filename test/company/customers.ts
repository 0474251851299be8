import type { SampleCustomer } from '../../src/demo/customers.ts';
import type { Instant } from '../../src/domain/instant.ts';

const plans: Readonly<Record<string, readonly string[]>> = {
  solo: ['sharing'],
  plus: ['sharing', 'clipper', 'offline'],
  crew: ['sharing', 'clipper', 'offline', 'history'],
};
const hour = 3_600_000;
const iso = (at: Instant) => new Date(at).toISOString();

/** A notebook's account; it has roles of its own, two meters, and nothing that only some companies have. */
const healthy = {
  plan: 'plus',
  role: 'Editor',
  seat: 'assigned',
  status: 'active',
  trialEndsAt: null as string | null,
  changedAgo: 900 * hour,
  session: 'valid',
  account: 'active',
  uploads: 12,
  storage: 3.5,
};

function customer(name: string, says: string, differs: Partial<typeof healthy> = {}): SampleCustomer {
  const one = { ...healthy, ...differs };
  const person = { userId: `u-${name}`, accountId: `notes-${name}`, name: 'Noor' };
  const access = (now: Instant) => ({
    account: { id: person.accountId, status: one.account },
    user: {
      id: person.userId,
      role: one.role,
      seat: one.seat,
      session: { state: one.session, expiresAt: iso(now + hour) },
    },
    seats: { used: 4, total: 5 },
    subscription: {
      plan: one.plan,
      status: one.status,
      trialEndsAt: one.trialEndsAt,
      changedAt: iso(now - one.changedAgo),
    },
    entitlements: ['sharing', 'clipper', 'offline', 'history'].map((feature) => ({
      feature,
      granted: plans[one.plan]?.includes(feature) ?? false,
      ...(feature === 'sharing' && { roles: ['owner', 'editor'] }),
    })),
    usage: [
      { meter: 'uploads', kind: 'quota', used: one.uploads, limit: 50, resetsAt: iso(Date.UTC(2026, 11, 1)) },
      { meter: 'storage', kind: 'quota', used: one.storage, limit: 10, resetsAt: iso(Date.UTC(2026, 11, 1)) },
    ],
  });
  return { name, says, person, access };
}

/** Customers of Northwind Notes. */
export const customers: readonly SampleCustomer[] = [
  customer('writer', 'the web clipper is locked'),
  customer('solo-writer', 'I can’t open version history, it is locked', { plan: 'solo' }),
  customer('collector', 'Web Clipper says access denied', { uploads: 50 }),
  customer('reader', 'I am not allowed to share a notebook', { role: 'Reader' }),
  customer('latecomer', 'offline notebooks say no access', { seat: 'none' }),
  customer('unpaid', 'everything is locked', { status: 'unpaid' }),
  customer('upgraded', 'we have Crew now and version history is still locked', {
    plan: 'crew',
    changedAgo: 0.05 * hour,
  }),
];
