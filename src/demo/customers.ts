import type { Instant } from '../domain/instant.ts';

/** A sample customer: what they say, who they are, and what the account API answers for them (null: 404). */
export interface SampleCustomer {
  readonly name: string;
  readonly says: string;
  readonly person: { readonly userId: string; readonly accountId: string; readonly name: string };
  readonly access: ((now: Instant, object?: string) => object) | 'user_not_in_account' | 'account_not_found';
  /** The product's id of what they were refused, where it is one thing and no feature. */
  readonly object?: string;
}

const features = ['export', 'api', 'reports', 'dashboards', 'assistant', 'automations', 'audit-log', 'sso'];
const granted: Readonly<Record<string, readonly string[]>> = {
  free: ['dashboards'],
  starter: ['dashboards', 'export', 'reports', 'assistant'],
  team: ['dashboards', 'export', 'reports', 'assistant', 'api', 'automations'],
  business: features,
};
/** A feature that is not here is for every role. */
const rolesOf: Readonly<Record<string, readonly string[]>> = {
  export: ['admin', 'member'],
  api: ['admin', 'member'],
  automations: ['admin', 'member'],
  'audit-log': ['admin'],
  sso: ['admin'],
};
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How an account differs from one in which all is well. */
const healthy = {
  accountStatus: 'active',
  session: 'valid',
  role: 'member',
  seat: 'assigned',
  seats: { used: 5, total: 10 },
  elsewhere: [] as readonly string[],
  plan: 'team',
  status: 'active',
  stopReason: null as string | null,
  /** Milliseconds before now; null: there was no trial. */
  trialEndedAgo: null as number | null,
  /** Milliseconds before now. */
  changedAgo: 40 * day,
  used: 120_000,
  /** Seconds; 0: calls are accepted. */
  retryAfter: 0,
  credit: 60_000,
  /** What only some companies have; null: nothing is told of it. */
  rules: null as Rules | null,
};
type Differences = Partial<typeof healthy>;

/** Of an account with every rule that there is; none keeps anybody out. */
const noRule = {
  pendingActions: [] as readonly string[],
  userStatus: 'active',
  /** Milliseconds from now; null: not locked. */
  lockedFor: null as number | null,
  unconfirmed: [] as readonly string[],
  lacksSignIn: [] as readonly string[],
  network: 'allowed',
  off: [] as readonly string[],
  shared: true,
  lackingScopes: [] as readonly { readonly feature: string; readonly scope: string }[],
};
type Rules = typeof noRule;

/** A healthy account but for the differences, with every member that the contract knows; times lie around `now`. */
function account(id: string, userId: string, company: string, differs: Differences = {}) {
  const one = { ...healthy, ...differs };
  const { rules } = one;
  return (now: Instant, object?: string) => ({
    account: { id, name: company, status: one.accountStatus, pendingActions: rules?.pendingActions },
    user: {
      id: userId,
      role: one.role,
      roleChangedAt: null,
      seat: one.seat,
      elsewhere: one.elsewhere,
      status: rules?.userStatus,
      unconfirmed: rules?.unconfirmed,
      lockout: rules ? (rules.lockedFor === null ? null : { until: at(now + rules.lockedFor) }) : undefined,
      session: {
        state: one.session,
        expiresAt: at(now + (one.session === 'valid' ? 6 : -2) * hour),
        lacks: rules?.lacksSignIn,
        network: rules?.network,
      },
    },
    seats: one.seats,
    subscription: {
      plan: one.plan,
      status: one.status,
      stopReason: one.stopReason,
      paidUntil: rules ? null : undefined,
      trialEndsAt: one.trialEndedAgo === null ? null : at(now - one.trialEndedAgo),
      changedAt: at(now - one.changedAgo),
    },
    entitlements: features.map((feature) => entitlement(feature, one)),
    object: rules && object !== undefined ? { id: object, shared: rules.shared } : undefined,
    propagationSeconds: rules ? 900 : undefined,
    key: rules ? { kind: 'key', lacks: rules.lackingScopes } : undefined,
    usage: usage(one, now),
  });
}

function entitlement(feature: string, { plan, rules }: typeof healthy) {
  const isGranted = granted[plan]?.includes(feature) ?? false;
  const state = rules && isGranted ? (rules.off.includes(feature) ? 'off' : 'on') : undefined;
  const unlimited = rules ? false : undefined;
  return { feature, granted: isGranted, roles: rolesOf[feature], state, unlimited };
}

function usage({ used, retryAfter, credit }: typeof healthy, now: Instant) {
  const resetsAt = at(nextMonth(now));
  return [
    { meter: 'tokens', kind: 'quota', used, limit: 500_000, resetsAt },
    { meter: 'api-calls', kind: 'quota', used: 310, limit: 10_000, resetsAt },
    { meter: 'api-calls', kind: 'rate', retryAfter },
    { meter: 'tokens', kind: 'credit', remaining: credit, spent: 60_000 - credit, cap: 100_000 },
  ];
}

function at(instant: Instant): string {
  return new Date(instant).toISOString();
}

/** The first day of the next month, 00:00 UTC. */
function nextMonth(now: Instant): Instant {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
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
  customer('wrong-plan', 'why is the API locked', ['Ben', 'usr_2', 'Brook & Sons'], { plan: 'starter', role: 'admin' }),
  customer('just-upgraded', 'we upgraded and the API is still locked', ['Olga', 'usr_16', 'Wren Audio'], {
    changedAgo: 4 * minute,
  }),
  customer('expired-session', 'says I’m not allowed on the reports page', ['Chloe', 'usr_3', 'Kite Works'], {
    session: 'expired',
  }),
  { ...stranger, access: 'user_not_in_account' },
  customer('other-sign-in', 'reports won’t open, it says access denied', ['Finn', 'usr_7', 'Orchid Legal'], {
    plan: 'free',
    elsewhere: ['dashboards', 'reports'],
  }),
  customer('suspended', 'I’m locked out of my dashboards', ['Gina', 'usr_8', 'Pine Motors'], {
    accountStatus: 'suspended',
  }),
  customer('viewer', 'export says I don’t have access', ['Hugo', 'usr_9', 'Quartz Media'], { role: 'viewer' }),
  customer('no-seat', 'my teammate can use Reports, I can’t', ['Iris', 'usr_10', 'Rowan Care'], { seat: 'none' }),
  customer('seats-full', 'my dashboards are locked', ['Jon', 'usr_11', 'Slate Games'], {
    seat: 'none',
    seats: { used: 10, total: 10 },
  }),
  customer('too-fast', 'I get a 403 from the API', ['Kira', 'usr_12', 'Tidal Energy'], { retryAfter: 45 }),
  customer('out-of-credit', 'The AI assistant refuses everything, access denied', ['Leo', 'usr_13', 'Umber Print'], {
    credit: 0,
  }),
  customer('twice-blocked', 'I can’t use the AI assistant, access denied', ['Rita', 'usr_18', 'Zephyr Bikes'], {
    seat: 'none',
    used: 500_000,
  }),
  customer('payment-lapsed', 'I paid and still can’t get into the assistant', ['Dev', 'usr_4', 'Lumen Foods'], {
    status: 'unpaid',
  }),
  customer('past-due', 'dashboards: access denied', ['Nils', 'usr_15', 'Vale Travel'], { status: 'past_due' }),
  customer('trial-ended', 'since my trial I can’t use the assistant', ['Mona', 'usr_14', 'Xylo Toys'], {
    status: 'paused',
    stopReason: 'trial',
    trialEndedAgo: 2 * day,
  }),
  customer(
    'open-terms',
    'everything is locked until somebody accepts the new terms',
    ['Paul', 'usr_19', 'Alder Foto'],
    {
      rules: { ...noRule, pendingActions: ['terms'] },
    },
  ),
  customer('deactivated', 'it says my user is deactivated, reports won’t open', ['Rosa', 'usr_20', 'Birch Clinic'], {
    rules: { ...noRule, userStatus: 'deactivated' },
  }),
  customer('locked-out', 'locked out of my dashboards after too many tries', ['Saul', 'usr_21', 'Cedar Radio'], {
    rules: { ...noRule, lockedFor: 25 * minute },
  }),
  customer('no-single-sign-on', 'access denied, it wants single sign-on', ['Tess', 'usr_22', 'Dune Bank'], {
    rules: { ...noRule, lacksSignIn: ['sso'] },
  }),
  customer('unconfirmed', 'reports are blocked until my email is verified', ['Uwe', 'usr_23', 'Elm Events'], {
    rules: { ...noRule, unconfirmed: ['email'] },
  }),
  customer('other-network', 'the export works in the office, forbidden at home', ['Vera', 'usr_24', 'Fjord Freight'], {
    rules: { ...noRule, network: 'address' },
  }),
  customer('switched-off', 'the API is not enabled for my workspace', ['Walt', 'usr_25', 'Glade Tools'], {
    rules: { ...noRule, off: ['api'] },
  }),
  {
    ...customer('not-shared', 'I can’t open the dashboard she sent me', ['Xenia', 'usr_26', 'Heath Homes'], {
      rules: { ...noRule, shared: false },
    }),
    object: 'item_7',
  },
  customer('key-without-scope', 'my API key gets a 403', ['Yuri', 'usr_27', 'Isle Data'], {
    rules: { ...noRule, lackingScopes: [{ feature: 'api', scope: 'api:write' }] },
  }),
  customer('during-an-incident', 'automations say access denied', ['Petra', 'usr_17', 'Yarrow Logistics']),
  customer('all-good', '403 on the reports page', ['Emma', 'usr_5', 'Fern Optics']),
];
