import type { Snapshot } from '../../src/domain/snapshot.ts';
import type { FindingStatus } from '../../src/domain/verdict.ts';
import { at, hour, reset, snapshot, without, type Member } from './snapshots.ts';

/** How a cause is judged for Export, or for the feature that is named; `by` is the member that says so. */
export interface Row {
  readonly when: string;
  readonly given: Snapshot;
  readonly is: FindingStatus;
  readonly by: Member;
  readonly as: string;
  readonly facts: object;
  readonly feature: string | null;
}

type More = Partial<Pick<Row, 'as' | 'facts' | 'feature'>>;

const row =
  (is: FindingStatus) =>
  (when: string, given: Snapshot, by: Member, more: More = {}) =>
    ({ when, given, is, by, as: 'always', facts: {}, feature: 'export', ...more }) satisfies Row;
const [proved, ruledOut, unknown] = [row('proved'), row('ruled-out'), row('unknown')];

const healthy = snapshot();
const session = (state: 'valid' | 'expired' | 'revoked', expiresAt: number | null) =>
  snapshot({ session: { state, expiresAt } });
const expired = session('expired', null);
const notGranted = (plan: string) => snapshot({ plan, entitlements: [{ feature: 'export', granted: false }] });
const onlySso = snapshot({ entitlements: [{ feature: 'sso', granted: false }] });
const starter = { lowestPlan: { plan: 'starter' } };
const calls = { meter: 'api-calls', used: 8, limit: 10, resetsAt: null };
const used = (tokens: number, resetsAt: number | null = null) =>
  snapshot({ quotas: [calls, { meter: 'tokens', used: tokens, limit: 500_000, resetsAt }] });
const told = (tokens: number) => ({ meter: { meter: 'tokens' }, limit: 500_000, used: tokens });
const resets = { resetsAt: { at: reset } };
const callsUsedUp = snapshot({
  quotas: [
    { ...calls, used: 10 },
    { meter: 'tokens', used: 1, limit: 500_000, resetsAt: null },
  ],
});
const paid = (subscription: 'unpaid' | 'canceled' | 'incomplete_expired' | 'paused') =>
  proved(`the subscription is ${subscription}`, snapshot({ subscription }), 'subscription', { as: subscription });
const fine = (subscription: 'active' | 'trialing' | 'incomplete') =>
  ruledOut(`the subscription is ${subscription}`, snapshot({ subscription }), 'subscription');

/** Every cause with every variant of its proof and of its exclusion, and with every way not to know. */
export const causeTable: Readonly<Record<string, readonly Row[]>> = {
  'not-identified': [
    proved('nobody is signed in', snapshot({ identity: 'anonymous' }), 'identity', { as: 'no-identity' }),
    proved('the user is not in the account', snapshot({ membership: 'not-in-account' }), 'membership', {
      as: 'not-in-account',
    }),
    proved('there is no such account', snapshot({ membership: 'account-not-found' }), 'membership', {
      as: 'account-not-found',
    }),
    proved('the session is expired', expired, 'session', { as: 'session-expired' }),
    proved('the session is expired, and since when is known', session('expired', at - hour), 'session', {
      as: 'session-expired-at',
      facts: { endedAt: { at: at - hour } },
    }),
    proved('a session that is called valid has just ended', session('valid', at), 'session', {
      as: 'session-expired-at',
      facts: { endedAt: { at } },
    }),
    proved('the session is revoked', session('revoked', at + hour), 'session', { as: 'session-revoked' }),
    proved('the session is expired and the membership unread', without(expired, ['membership']), 'session', {
      as: 'session-expired',
    }),
    ruledOut('all is well', healthy, 'session'),
    ruledOut('a valid session has no end', session('valid', null), 'session'),
    ruledOut('a valid session ends in a millisecond', session('valid', at + 1), 'session'),
    unknown('the identity is unread', without(healthy, ['identity']), 'identity'),
    unknown('the membership is unread', without(healthy, ['membership']), 'membership'),
    unknown('the session is unread', without(healthy, ['session']), 'session'),
  ],
  'plan-lacks-feature': [
    proved('the entitlement is not granted', notGranted('free'), 'entitlements', {
      facts: { plan: { plan: 'free' }, ...starter },
    }),
    proved('it is not granted although the plan’s name has it', notGranted('business'), 'entitlements', {
      facts: { plan: { plan: 'business' }, ...starter },
    }),
    proved('it is not granted and the plan is unread', without(notGranted('free'), ['plan']), 'entitlements', {
      as: 'plan-unread',
      facts: starter,
    }),
    ruledOut('the entitlement is granted', healthy, 'entitlements'),
    ruledOut('it is granted on a plan too low for it', snapshot({ plan: 'free' }), 'entitlements'),
    unknown('the entitlements are unread', without(healthy, ['entitlements']), 'entitlements'),
    unknown('the entitlements do not tell of this feature', onlySso, 'entitlements'),
    unknown('no feature was named', notGranted('free'), 'entitlements', { feature: null }),
  ],
  'monthly-limit': [
    proved('the limit is reached', used(500_000, reset), 'quotas', { facts: { ...told(500_000), ...resets } }),
    proved('the limit is passed', used(500_001, reset), 'quotas', { facts: { ...told(500_001), ...resets } }),
    proved('it is reached and no feature was named', used(500_000, reset), 'quotas', {
      facts: { ...told(500_000), ...resets },
      feature: null,
    }),
    proved('it is reached and the reset is unread', used(500_000), 'quotas', {
      as: 'reset-unread',
      facts: told(500_000),
    }),
    ruledOut('one more is left', used(499_999), 'quotas', { facts: told(499_999) }),
    ruledOut('the limit of another meter is reached', callsUsedUp, 'quotas', { facts: told(1) }),
    ruledOut('the nearest meter is under its limit', used(499_999), 'quotas', { facts: told(499_999), feature: null }),
    ruledOut('the feature counts on no meter', used(500_000), 'quotas', { as: 'unmetered', feature: 'reports' }),
    unknown('the usage is unread', without(healthy, ['quotas']), 'quotas'),
    unknown('the usage does not tell of this meter', snapshot({ quotas: [calls] }), 'quotas'),
  ],
  'payment-lapsed': [
    ...(['unpaid', 'canceled', 'incomplete_expired', 'paused'] as const).map(paid),
    ...(['active', 'trialing', 'incomplete'] as const).map(fine),
    ruledOut('a payment is past due', snapshot({ subscription: 'past_due' }), 'subscription', { as: 'past_due' }),
    unknown('the subscription is unread', without(healthy, ['subscription']), 'subscription'),
  ],
};
