import { at, entitled, hour, minute, type Member, type Values } from './snapshots.ts';

/** A change of exactly the fact that a cause rests on: with `from` it is ruled out, with `to` on top it is proved. */
export interface Flip {
  readonly from?: Partial<Values>;
  readonly to: Partial<Values>;
  /** Other causes that read the same fact, so that they may turn with it. */
  readonly related?: readonly string[];
}

/** What a cause rests on. */
export interface Ground {
  /** Every member that can decide it. */
  readonly members: readonly Member[];
  readonly flips: readonly Flip[];
  /** It is off the list where nobody is connected for any of these, or for all of them. */
  readonly off: { readonly any: readonly Member[] } | { readonly all: readonly Member[] };
  /** It is judged from the causes before it, too. */
  readonly onAll?: true;
}

const notGranted = entitled({ granted: false, roles: ['admin', 'member'] });
const onlyOthers = entitled({ roles: ['admin'] });
const capped = { meter: 'tokens', remaining: null, spent: 9, cap: 9 } as const;
const quota = (meter: string) => ({ meter, used: 7, limit: 7, resetsAt: null });

/** What every cause rests on, where the denial is about Export. */
export const restsOn: Readonly<Record<string, Ground>> = {
  incident: {
    members: ['incidents'],
    flips: [null, ['export', 'sso']].map((features) => ({
      to: { incidents: [{ name: 'Out of order', features, since: at - hour, url: null }] },
    })),
    off: { any: ['incidents'] },
  },
  'not-identified': {
    members: ['identity', 'membership', 'session'],
    flips: [
      { to: { identity: 'anonymous' } },
      { to: { membership: 'not-in-account' } },
      { to: { membership: 'account-not-found' } },
      { to: { session: { state: 'expired', expiresAt: at - 1 } } },
      { to: { session: { state: 'revoked', expiresAt: null } } },
    ],
    off: { any: ['membership', 'session'] },
  },
  'wrong-account': {
    members: ['otherAccountFeatures', 'entitlements'],
    flips: [
      { from: { entitlements: notGranted }, to: { otherAccountFeatures: ['export'] } },
      {
        from: { otherAccountFeatures: ['export'] },
        to: { entitlements: notGranted },
        related: ['plan-lacks-feature', 'trial-ended', 'feature-not-enabled'],
      },
    ],
    off: { all: ['otherAccountFeatures', 'entitlements'] },
  },
  'account-suspended': {
    members: ['accountStatus'],
    flips: [{ to: { accountStatus: 'suspended' } }, { to: { accountStatus: 'closed' } }],
    off: { any: ['accountStatus'] },
  },
  'terms-not-accepted': {
    members: ['pendingActions'],
    flips: [{ to: { pendingActions: ['terms'] } }, { to: { pendingActions: ['agreement', 'details'] } }],
    off: { any: ['pendingActions'] },
  },
  'user-deactivated': {
    members: ['userStatus'],
    flips: [{ to: { userStatus: 'deactivated' } }],
    off: { any: ['userStatus'] },
  },
  'locked-out': {
    members: ['lockout'],
    flips: [
      { to: { lockout: { until: null } } },
      { from: { lockout: { until: at } }, to: { lockout: { until: at + 1 } } },
    ],
    off: { any: ['lockout'] },
  },
  'sign-in-method-required': {
    members: ['lacksSignIn'],
    flips: [{ to: { lacksSignIn: ['sso'] } }, { to: { lacksSignIn: ['sso', 'second-factor'] } }],
    off: { any: ['lacksSignIn'] },
  },
  'not-verified': {
    members: ['unconfirmed'],
    flips: [{ to: { unconfirmed: ['email'] } }, { to: { unconfirmed: ['company'] } }],
    off: { any: ['unconfirmed'] },
  },
  'network-blocked': {
    members: ['network'],
    flips: [{ to: { network: 'country' } }, { to: { network: 'rule' } }],
    off: { any: ['network'] },
  },
  'role-lacks-permission': {
    members: ['role', 'entitlements'],
    flips: [{ to: { role: 'viewer' } }, { to: { entitlements: onlyOthers } }],
    off: { any: ['role', 'entitlements'] },
  },
  'no-seat': {
    members: ['seat'],
    flips: [{ to: { seat: 'none' } }, { to: { seat: 'pending' } }],
    off: { any: ['seat'] },
  },
  'plan-lacks-feature': {
    members: ['entitlements'],
    flips: [{ to: { entitlements: notGranted }, related: ['wrong-account', 'trial-ended', 'feature-not-enabled'] }],
    off: { any: ['entitlements'] },
  },
  'feature-not-enabled': {
    members: ['featureStates', 'entitlements'],
    flips: (['off', 'not-set-up'] as const).map((state) => ({
      to: { featureStates: [{ feature: 'export', state }] },
    })),
    off: { any: ['featureStates'] },
  },
  'not-shared-with-you': {
    members: ['objectShared'],
    flips: [{ to: { objectShared: false } }],
    off: { any: ['objectShared'] },
  },
  'key-lacks-scope': {
    members: ['keyScopes'],
    flips: (['key', 'project'] as const).map((holder) => ({
      to: { keyScopes: { holder, lacks: [{ feature: 'export', scope: 'exports:write' }] } },
    })),
    off: { any: ['keyScopes'] },
  },
  'monthly-limit': {
    members: ['quotas', 'unlimitedFeatures'],
    flips: [
      { to: { quotas: [quota('tokens')] } },
      { to: { quotas: [quota('api-calls'), quota('tokens')] } },
      {
        from: { quotas: [{ ...quota('tokens'), limit: 'unlimited' }] },
        to: { quotas: [quota('tokens')] },
      },
      {
        from: { quotas: [{ ...quota('tokens'), used: null, limit: 'unlimited', window: 'day' }] },
        to: {
          quotas: [
            { ...quota('tokens'), window: 'day' },
            { ...quota('tokens'), limit: 9, window: 'month' },
          ],
        },
      },
      {
        from: { quotas: [quota('tokens')], unlimitedFeatures: ['export'] },
        to: { unlimitedFeatures: ['api'] },
        related: ['credit-exhausted'],
      },
    ],
    off: { any: ['quotas'] },
  },
  'rate-limited': {
    members: ['rates'],
    flips: [{ to: { rates: [{ meter: 'tokens', retryAt: at + 1 }] } }],
    off: { any: ['rates'] },
  },
  'credit-exhausted': {
    members: ['credits', 'unlimitedFeatures'],
    flips: [
      {
        from: { credits: [{ ...capped, cap: 'unlimited' }] },
        to: { credits: [capped] },
      },
      {
        from: { credits: [capped], unlimitedFeatures: ['sso', 'export'] },
        to: { unlimitedFeatures: [] },
        related: ['monthly-limit'],
      },
      { to: { credits: [{ meter: 'tokens', remaining: 0, spent: null, cap: null }] } },
      { to: { credits: [{ meter: 'tokens', remaining: 3, spent: 9, cap: 9 }] } },
    ],
    off: { any: ['credits'] },
  },
  'payment-lapsed': {
    members: ['subscription', 'stopReason', 'trialEndsAt', 'paidUntil'],
    flips: [
      { from: { subscription: 'canceled', paidUntil: at + 1 }, to: { paidUntil: at } },
      { to: { subscription: 'unpaid' } },
      { to: { subscription: 'paused' } },
      {
        from: { subscription: 'paused', stopReason: 'trial', trialEndsAt: at - hour },
        to: { stopReason: 'request' },
        related: ['trial-ended'],
      },
    ],
    off: { any: ['subscription'] },
  },
  'trial-ended': {
    members: ['trialEndsAt', 'subscription', 'stopReason', 'paidUntil', 'plan', 'entitlements'],
    flips: [
      {
        from: { trialEndsAt: at - hour, subscription: 'canceled', stopReason: 'trial', paidUntil: at + hour },
        to: { paidUntil: null },
        related: ['payment-lapsed'],
      },
      { from: { trialEndsAt: at + hour, subscription: 'trialing' }, to: { trialEndsAt: at } },
      {
        from: { trialEndsAt: at + hour, subscription: 'paused', stopReason: 'trial' },
        to: { trialEndsAt: at },
        related: ['payment-lapsed'],
      },
      {
        from: { trialEndsAt: at - hour, subscription: 'canceled' },
        to: { stopReason: 'trial' },
        related: ['payment-lapsed'],
      },
      {
        from: { trialEndsAt: at - hour, entitlements: notGranted },
        to: { plan: 'free' },
        related: ['plan-lacks-feature'],
      },
    ],
    off: { any: ['trialEndsAt'] },
  },
  'still-propagating': {
    members: ['planChangedAt', 'roleChangedAt', 'propagation'],
    flips: [
      { to: { planChangedAt: at - minute } },
      { to: { roleChangedAt: at - 14 * minute } },
      { from: { planChangedAt: at - hour }, to: { propagation: hour + 1 } },
      { from: { roleChangedAt: at - minute, propagation: minute }, to: { propagation: 2 * minute } },
    ],
    off: { all: ['planChangedAt', 'roleChangedAt'] },
    onAll: true,
  },
};
