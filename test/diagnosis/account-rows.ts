import type { Credit, SubscriptionStatus } from '../../src/domain/snapshot.ts';
import { healthy, needs, proved, ruledOut, unknown, type Row } from './row.ts';
import { at, entitled, hour, minute, reset, snapshot, without, type Values } from './snapshots.ts';

const tokens = { meter: { meter: 'tokens' } };
const notGranted = (plan: string) => snapshot({ plan, entitlements: entitled({ granted: false }) });
const onlySso = snapshot({ entitlements: [{ feature: 'sso', granted: false, roles: null }] });
const starter = { lowestPlan: { plan: 'starter' } };
const calls = { meter: 'api-calls', used: 8, limit: 10, resetsAt: null };
const used = (count: number, resetsAt: number | null = null) =>
  snapshot({ quotas: [calls, { meter: 'tokens', used: count, limit: 500_000, resetsAt }] });
const told = (count: number) => ({ ...tokens, limit: 500_000, used: count });
const resets = { resetsAt: { at: reset } };
const callsUsedUp = snapshot({
  quotas: [
    { ...calls, used: 10 },
    { meter: 'tokens', used: 1, limit: 500_000, resetsAt: null },
  ],
});
const onlyCalls = { quotas: [calls], rates: [], credits: [] };
const refused = (retryAt: number | null, meter = 'tokens') => snapshot({ rates: [{ meter, retryAt }] });
const wait = (seconds: number, ahead: number) => ({ ...tokens, seconds, retryAt: { at: at + ahead } });
const credit = (differs: Partial<Credit>) =>
  snapshot({ credits: [{ meter: 'tokens', remaining: null, spent: null, cap: null, ...differs }] });
const subscribed = (subscription: SubscriptionStatus, differs: Partial<Values> = {}) =>
  snapshot({ subscription, ...differs });
const paid = (status: 'unpaid' | 'canceled' | 'incomplete_expired' | 'paused') =>
  proved(`the subscription is ${status}`, subscribed(status), 'subscription', { variant: status });
const fine = (status: 'active' | 'trialing' | 'incomplete') =>
  ruledOut(`the subscription is ${status}`, subscribed(status), 'subscription');
const ended = (subscription: SubscriptionStatus, differs: Partial<Values> = {}) =>
  snapshot({ subscription, trialEndsAt: at - hour, ...differs });
const endedFree = ended('active', { plan: 'free', entitlements: entitled({ granted: false }) });
const trialEnd = { endedAt: { at: at - hour } };
const changed = (ago: number, differs: Partial<Values> = {}) => snapshot({ planChangedAt: at - ago, ...differs });
const since = (ago: number, ahead: number) => ({ changedAt: { at: at - ago }, allowedAt: { at: at + ahead } });
const justNow = changed(4 * minute);

/** The causes from a missing entitlement to a change that is on its way. */
export const accountRows: Readonly<Record<string, readonly Row[]>> = {
  'plan-lacks-feature': [
    proved('the entitlement is not granted', notGranted('free'), 'entitlements', {
      facts: { plan: { plan: 'free' }, ...starter },
    }),
    proved('it is not granted although the plan’s name has it', notGranted('business'), 'entitlements', {
      facts: { plan: { plan: 'business' }, ...starter },
    }),
    proved('it is not granted and the plan is unread', without(notGranted('free'), ['plan']), 'entitlements', {
      variant: 'plan-unread',
      facts: starter,
    }),
    ruledOut('the entitlement is granted', healthy, 'entitlements'),
    ruledOut('it is granted on a plan too low for it', snapshot({ plan: 'free' }), 'entitlements'),
    unknown('the entitlements do not tell of this feature', onlySso, 'entitlements'),
    unknown('no feature was named', notGranted('free'), 'entitlements', { feature: null }),
    ...needs('entitlements'),
  ],
  'monthly-limit': [
    proved('the limit is reached', used(500_000, reset), 'quotas', { facts: { ...told(500_000), ...resets } }),
    proved('the limit is passed', used(500_001, reset), 'quotas', { facts: { ...told(500_001), ...resets } }),
    proved('it is reached and no feature was named', used(500_000, reset), 'quotas', {
      facts: { ...told(500_000), ...resets },
      feature: null,
    }),
    proved('it is reached and the reset is unread', used(500_000), 'quotas', {
      variant: 'reset-unread',
      facts: told(500_000),
    }),
    ruledOut('one more is left', used(499_999), 'quotas', { facts: told(499_999) }),
    ruledOut('the limit of another meter is reached', callsUsedUp, 'quotas', { facts: told(1) }),
    ruledOut('the nearest meter is under its limit', used(499_999), 'quotas', { facts: told(499_999), feature: null }),
    ruledOut('the feature counts on no meter', used(500_000), 'quotas', { variant: 'unmetered', feature: 'reports' }),
    ruledOut('its meter is told only as a rate', snapshot({ quotas: [calls], credits: [] }), 'quotas', {
      variant: 'unmetered',
    }),
    ruledOut('its meter is told only as a credit', snapshot({ quotas: [calls], rates: [] }), 'quotas', {
      variant: 'unmetered',
    }),
    unknown('the usage does not tell of this meter', snapshot(onlyCalls), 'quotas'),
    ...needs('quotas'),
  ],
  'rate-limited': [
    proved('requests are taken again in a minute', refused(at + minute), 'rates', { facts: wait(60, minute) }),
    proved('they are taken again within a second', refused(at + 1), 'rates', { facts: wait(1, minute) }),
    proved('no feature was named', refused(at + 61_000), 'rates', { facts: wait(61, 2 * minute), feature: null }),
    ruledOut('they are taken', healthy, 'rates'),
    ruledOut('they have just been taken again', refused(at), 'rates'),
    ruledOut('only another meter is refused', refused(at + minute, 'api-calls'), 'rates'),
    ...needs('rates'),
  ],
  'credit-exhausted': [
    proved('nothing is left', credit({ remaining: 0 }), 'credits', { facts: tokens }),
    proved('less than nothing is left', credit({ remaining: -1, spent: 1, cap: 9 }), 'credits', { facts: tokens }),
    proved('the cap is reached', credit({ remaining: 5, spent: 100, cap: 100 }), 'credits', {
      variant: 'cap-reached',
      facts: { ...tokens, spent: 100, cap: 100 },
    }),
    proved('the cap is passed, no balance is told, no feature named', credit({ spent: 101, cap: 100 }), 'credits', {
      variant: 'cap-reached',
      facts: { ...tokens, spent: 101, cap: 100 },
      feature: null,
    }),
    ruledOut('some is left', credit({ remaining: 1 }), 'credits'),
    ruledOut('some may be spent', credit({ spent: 99, cap: 100 }), 'credits'),
    ruledOut('only another meter has none left', credit({ meter: 'api-calls', remaining: 0 }), 'credits'),
    unknown('neither a balance nor a cap is told', credit({ spent: 7 }), 'credits'),
    ...needs('credits'),
  ],
  'payment-lapsed': [
    ...(['unpaid', 'canceled', 'incomplete_expired', 'paused'] as const).map(paid),
    ...(['active', 'trialing', 'incomplete'] as const).map(fine),
    ruledOut('a payment is past due', subscribed('past_due'), 'subscription', { variant: 'past_due' }),
    ruledOut('it is paused because a trial ended', ended('paused'), 'subscription', { variant: 'trial' }),
    proved('it is paused in a trial', subscribed('paused', { trialEndsAt: at + 1 }), 'subscription', {
      variant: 'paused',
    }),
    proved(
      'it is paused and nobody tells of trials',
      without(subscribed('paused'), ['trialEndsAt'], 'not-connected'),
      'subscription',
      { variant: 'paused' },
    ),
    unknown('it is paused and a trial may have ended', without(subscribed('paused'), ['trialEndsAt']), 'trialEndsAt'),
    ...needs('subscription'),
  ],
  'trial-ended': [
    proved('it ended and the subscription is paused', ended('paused'), 'trialEndsAt', { facts: trialEnd }),
    proved('it ended and is still called a trial', ended('trialing'), 'trialEndsAt', { facts: trialEnd }),
    proved('it ended and the first payment never came', ended('incomplete_expired'), 'trialEndsAt', {
      facts: trialEnd,
    }),
    proved('it ended just now', ended('trialing', { trialEndsAt: at }), 'trialEndsAt', {
      facts: { endedAt: { at } },
    }),
    proved('the plan that costs nothing follows, without the feature', endedFree, 'trialEndsAt', { facts: trialEnd }),
    ruledOut('a paid plan follows it', ended('active'), 'subscription'),
    ruledOut('the plan that costs nothing follows, and has it', ended('active', { plan: 'free' }), 'entitlements'),
    ruledOut('there was none', healthy, 'trialEndsAt', { variant: 'no-trial' }),
    ruledOut('it is running', snapshot({ trialEndsAt: at + 1 }), 'trialEndsAt', {
      variant: 'running',
      facts: { endsAt: { at: at + 1 } },
    }),
    unknown('the plan that costs nothing follows, and no feature was named', endedFree, 'entitlements', {
      feature: null,
    }),
    ...needs('trialEndsAt'),
    ...needs('subscription', ended('active')),
    ...needs('plan', ended('active')),
    ...needs('entitlements', endedFree),
  ],
  'still-propagating': [
    proved('the plan changed a moment ago', justNow, 'planChangedAt', { facts: since(4 * minute, 11 * minute) }),
    proved('the role changed later than the plan', changed(hour, { roleChangedAt: at }), 'roleChangedAt', {
      facts: since(0, 15 * minute),
    }),
    proved('both changed, the role first', changed(minute, { roleChangedAt: at - hour / 6 }), 'planChangedAt', {
      facts: since(minute, 14 * minute),
    }),
    proved('both changed, the plan first', changed(hour / 6, { roleChangedAt: at - minute }), 'roleChangedAt', {
      facts: since(minute, 14 * minute),
    }),
    proved('it changed between two minutes', changed(1), 'planChangedAt', { facts: since(1, 15 * minute) }),
    proved('another change of the plan is announced', changed(0, { roleChangedAt: at + 1 }), 'planChangedAt', {
      facts: since(0, 15 * minute),
    }),
    ruledOut('nothing changed lately', healthy, 'planChangedAt'),
    ruledOut('the change is 15 minutes old', changed(15 * minute), 'planChangedAt'),
    ruledOut('the change is announced', changed(-1), 'planChangedAt'),
    ruledOut('something else blocks', changed(minute, { seat: 'none' }), 'planChangedAt', {
      variant: 'blocked-anyway',
      facts: { changedAt: { at: at - minute } },
    }),
    ruledOut(
      'the role never changed, and nobody tells of the plan',
      without(healthy, ['planChangedAt'], 'not-connected'),
      'roleChangedAt',
    ),
    unknown('something else could not be checked', without(justNow, ['seat']), 'planChangedAt'),
    unknown('the change of the plan is unread', without(healthy, ['planChangedAt']), 'planChangedAt'),
    unknown('the change of the role is unread', without(healthy, ['roleChangedAt']), 'roleChangedAt'),
    ...needs('planChangedAt', without(healthy, ['roleChangedAt'], 'not-connected')),
  ],
};
