import type { Instant } from '../domain/instant.ts';

/** A sample customer: what they say, who they are, and what the account API answers for them (null: 404). */
export interface SampleCustomer {
  readonly name: string;
  readonly says: string;
  readonly person: { readonly userId: string; readonly accountId: string; readonly name: string };
  readonly access: ((now: Instant) => object) | 'user_not_in_account' | 'account_not_found';
}

const features = ['export', 'api', 'reports', 'dashboards', 'assistant', 'automations', 'audit-log', 'sso'];
const granted: Readonly<Record<string, readonly string[]>> = {
  free: ['dashboards'],
  starter: ['dashboards', 'export', 'reports', 'assistant'],
  team: ['dashboards', 'export', 'reports', 'assistant', 'api', 'automations'],
  business: features,
};

interface Differences {
  readonly plan?: string;
  readonly status?: string;
  readonly used?: number;
  readonly session?: 'valid' | 'expired';
}

/** A healthy account but for the differences; times lie around `now`. */
function account(id: string, userId: string, company: string, differs: Differences = {}) {
  const { plan = 'team', status = 'active', used = 120_000, session = 'valid' } = differs;
  return (now: Instant) => ({
    account: { id, name: company, status: 'active' },
    user: {
      id: userId,
      role: 'member',
      seat: 'assigned',
      session: { state: session, expiresAt: at(now + (session === 'valid' ? 6 : -2) * 3_600_000) },
    },
    seats: { used: 5, total: 10 },
    subscription: { plan, status, trialEndsAt: null, changedAt: at(monthStart(now, 0)) },
    entitlements: features.map((feature) => ({ feature, granted: granted[plan]?.includes(feature) ?? false })),
    usage: [
      { meter: 'tokens', kind: 'quota', used, limit: 500_000, resetsAt: at(monthStart(now, 1)) },
      { meter: 'api-calls', kind: 'quota', used: 310, limit: 10_000, resetsAt: at(monthStart(now, 1)) },
    ],
  });
}

function at(instant: Instant): string {
  return new Date(instant).toISOString();
}

/** The first day of the month `ahead` of `now`, 00:00 UTC. */
function monthStart(now: Instant, ahead: number): Instant {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + ahead);
}

function customer(name: string, says: string, who: [string, string, string], differs?: Differences): SampleCustomer {
  const [person, userId, company] = who;
  const accountId = `acct_${company.toLowerCase().replaceAll(/\W+/g, '_')}`;
  return {
    name,
    says,
    person: { userId, accountId, name: person },
    access: account(accountId, userId, company, differs),
  };
}

const stranger = customer('not-in-account', 'It says I don’t have access to this workspace', [
  'Sam',
  'usr_6',
  'Harbor Labs',
]);

/** The sample customers: at least one for every cause. */
export const sampleCustomers: readonly SampleCustomer[] = [
  customer('over-limit', 'I get access denied when I try to export', ['Ada', 'usr_1', 'Northgate Studio'], {
    plan: 'starter',
    used: 500_000,
  }),
  customer('wrong-plan', 'why is the API locked', ['Ben', 'usr_2', 'Brook & Sons'], { plan: 'starter' }),
  customer('expired-session', 'says I’m not allowed on the reports page', ['Chloe', 'usr_3', 'Kite Works'], {
    session: 'expired',
  }),
  customer('payment-lapsed', 'I paid and still can’t get into the assistant', ['Dev', 'usr_4', 'Lumen Foods'], {
    status: 'unpaid',
  }),
  { ...stranger, access: 'user_not_in_account' },
  customer('all-good', '403 on the reports page', ['Emma', 'usr_5', 'Fern Optics']),
];
