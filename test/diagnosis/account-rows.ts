import type { SubscriptionStatus } from '../../src/domain/snapshot.ts';
import { meterRows } from './meter-rows.ts';
import { healthy, needs, needsFeature, proved, ruledOut, unknown, type Row } from './row.ts';
import { at, entitled, hour, minute, snapshot, without, type Values } from './snapshots.ts';

const notGranted = (plan: string) => snapshot({ plan, entitlements: entitled({ granted: false }) });
const onlySso = snapshot({ entitlements: [{ feature: 'sso', granted: false, roles: null }] });
const starter = { lowestPlan: { plan: 'starter' } };
const subscribed = (subscription: SubscriptionStatus, differs: Partial<Values> = {}) =>
  snapshot({ subscription, ...differs });
const paid = (status: 'unpaid' | 'canceled' | 'incomplete' | 'incomplete_expired' | 'paused') =>
  proved(`the subscription is ${status}`, subscribed(status), 'subscription', { variant: status });
const fine = (status: 'active' | 'trialing') =>
  ruledOut(`the subscription is ${status}`, subscribed(status), 'subscription');
const ended = (subscription: SubscriptionStatus, differs: Partial<Values> = {}) =>
  snapshot({ subscription, trialEndsAt: at - hour, ...differs });
const stopped = (
  status: 'paused' | 'canceled',
  stopReason: Values['stopReason'],
  trialEndsAt: number | null = at - hour,
) => subscribed(status, { stopReason, trialEndsAt });
const pausedLong = (stopReason: Values['stopReason']) => stopped('paused', stopReason, at - 9_000 * hour);
const endedFree = ended('active', { plan: 'free', entitlements: entitled({ granted: false }) });
const trialEnd = { endedAt: { at: at - hour } };
const changed = (ago: number, differs: Partial<Values> = {}) => snapshot({ planChangedAt: at - ago, ...differs });
const since = (ago: number, ahead: number) => ({ changedAt: { at: at - ago }, allowedAt: { at: at + ahead } });
const justNow = changed(4 * minute);

const paidUntil = (until: number) => subscribed('canceled', { paidUntil: until });
const untold = without(subscribed('canceled'), ['paidUntil'], 'not-connected');
const stoppedButPaid = subscribed('canceled', { stopReason: 'trial', trialEndsAt: at - hour, paidUntil: at + hour });
const slow = (propagation: number) => changed(hour / 2, { propagation });
const quick = changed(2 * minute, { propagation: minute });
const ours = without(justNow, ['propagation'], 'not-connected');
const old = without(changed(25 * hour), ['propagation']);

/** The causes from a missing entitlement to a change that is on its way. */
export const accountRows: Readonly<Record<string, readonly Row[]>> = {
  'plan-lacks-feature': [
    proved('the entitlement is not granted', notGranted('free'), 'entitlements', {
      facts: { plan: { plan: 'free' }, ...starter },
    }),
    proved('it is not granted although the plan’s name has it', notGranted('business'), 'entitlements', {
      variant: 'plan-has-it',
      facts: { plan: { plan: 'business' }, ...starter },
    }),
    proved('it is not granted on the lowest plan that has it', notGranted('starter'), 'entitlements', {
      variant: 'plan-has-it',
      facts: { plan: { plan: 'starter' }, ...starter },
    }),
    proved('it is not granted and the plan is unread', without(notGranted('free'), ['plan']), 'entitlements', {
      variant: 'plan-unread',
      facts: starter,
    }),
    ruledOut('the entitlement is granted', healthy, 'entitlements'),
    ruledOut('it is granted on a plan too low for it', snapshot({ plan: 'free' }), 'entitlements'),
    unknown('the entitlements do not tell of this feature', onlySso, 'entitlements'),
    ruledOut('no feature was named, and every one is granted', healthy, 'entitlements', {
      variant: 'every-feature',
      feature: null,
    }),
    needsFeature('no feature was named, and some are not granted', notGranted('free'), 'entitlements'),
    needsFeature('no feature was named, and some are not told', onlySso, 'entitlements'),
    ...needs('entitlements'),
  ],
  ...meterRows,
  'payment-lapsed': [
    ...(['unpaid', 'canceled', 'incomplete', 'incomplete_expired', 'paused'] as const).map(paid),
    ...(['active', 'trialing'] as const).map(fine),
    ruledOut('a payment is past due', subscribed('past_due'), 'subscription', { variant: 'past_due' }),
    ruledOut('it is canceled, and paid until a day to come', paidUntil(at + hour), 'paidUntil', {
      variant: 'paid-until',
      facts: { paidUntil: { at: at + hour } },
    }),
    proved('it is canceled, and was paid until now', paidUntil(at), 'subscription', { variant: 'canceled' }),
    proved('it is canceled, and nobody tells until when it was paid', untold, 'subscription', { variant: 'canceled' }),
    unknown('until when a canceled one was paid was not read', without(paidUntil(at), ['paidUntil']), 'paidUntil'),
    ...(['paused', 'canceled'] as const).map((status) =>
      ruledOut(`it is ${status} because a trial ended`, stopped(status, 'trial'), 'subscription', { variant: 'trial' }),
    ),
    proved('it is paused, and a trial ended a year ago', pausedLong(null), 'subscription', { variant: 'paused' }),
    proved('it is paused on request, and a trial ended a year ago', pausedLong('request'), 'subscription', {
      variant: 'paused-on-request',
    }),
    proved('it is paused because a payment failed', pausedLong('payment'), 'subscription', {
      variant: 'paused-unpaid',
    }),
    proved('it is canceled because a payment failed', stopped('canceled', 'payment'), 'subscription', {
      variant: 'canceled',
    }),
    proved('it is paused by a trial that still runs', stopped('paused', 'trial', at + 1), 'subscription', {
      variant: 'paused',
    }),
    proved('it is paused by a trial that there was not', stopped('paused', 'trial', null), 'subscription', {
      variant: 'paused',
    }),
    proved(
      'it is paused by a trial, and nobody tells when trials end',
      without(stopped('paused', 'trial'), ['trialEndsAt'], 'not-connected'),
      'subscription',
      { variant: 'paused' },
    ),
    proved(
      'it is paused and nobody tells why',
      without(pausedLong('trial'), ['stopReason'], 'not-connected'),
      'subscription',
      {
        variant: 'paused',
      },
    ),
    unknown('it is paused, and why was not read', without(pausedLong('request'), ['stopReason']), 'stopReason'),
    unknown('when its trial ended was not read', without(stopped('paused', 'trial'), ['trialEndsAt']), 'trialEndsAt'),
    ...needs('subscription'),
  ],
  'trial-ended': [
    ...(['paused', 'canceled'] as const).map((status) =>
      proved(`it ended and the subscription is ${status} by that`, stopped(status, 'trial'), 'trialEndsAt', {
        facts: trialEnd,
      }),
    ),
    ruledOut('it ended, and what was paid lasts', stoppedButPaid, 'paidUntil'),
    unknown(
      'it ended, and whether anything was paid was not read',
      without(stoppedButPaid, ['paidUntil']),
      'paidUntil',
    ),
    ruledOut('it ended a year before the subscription was paused on request', pausedLong('request'), 'stopReason'),
    ruledOut(
      'it ended, and the subscription was canceled for another reason',
      stopped('canceled', null),
      'subscription',
    ),
    unknown('it ended, and nobody knows why the subscription is paused', pausedLong(null), 'stopReason'),
    ...needs('stopReason', pausedLong('request')),
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
    needsFeature('the plan that costs nothing follows, and no feature was named', endedFree, 'entitlements'),
    ruledOut(
      'it follows with everything, and no feature was named',
      ended('active', { plan: 'free' }),
      'entitlements',
      {
        feature: null,
      },
    ),
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
    proved('another change of the plan is announced', changed(0, { roleChangedAt: at + hour }), 'planChangedAt', {
      facts: since(0, 15 * minute),
    }),
    proved('nothing blocks the whole account, and no feature was named', justNow, 'planChangedAt', {
      variant: 'whole-account',
      facts: since(4 * minute, 11 * minute),
      feature: null,
    }),
    proved(
      'some features are not granted, and none was named',
      changed(4 * minute, { plan: 'free', entitlements: entitled({ granted: false }) }),
      'planChangedAt',
      { variant: 'whole-account', facts: since(4 * minute, 11 * minute), feature: null },
    ),
    needsFeature(
      'something blocks some features, and none was named',
      changed(minute, { rates: [{ meter: 'tokens', retryAt: at + 1 }] }),
      'planChangedAt',
    ),
    proved('it takes an hour here, and the plan changed half an hour ago', slow(hour), 'planChangedAt', {
      facts: since(hour / 2, hour / 2),
    }),
    ruledOut('it takes a minute here, and the plan changed two minutes ago', quick, 'planChangedAt'),
    ruledOut('it takes no time here', changed(0, { propagation: 0 }), 'planChangedAt'),
    proved('nobody tells how long it takes: a quarter of an hour', ours, 'planChangedAt', {
      facts: since(4 * minute, 11 * minute),
    }),
    unknown('how long it takes was not read', without(slow(hour), ['propagation']), 'propagation'),
    ruledOut('how long it takes was not read, and nothing changed for a day', old, 'planChangedAt'),
    ruledOut('nothing changed lately', healthy, 'planChangedAt'),
    ruledOut('the change is 15 minutes old', changed(15 * minute), 'planChangedAt'),
    ruledOut('the change is announced', changed(-hour), 'planChangedAt'),
    proved('the other clock is a little ahead', changed(-minute), 'planChangedAt', {
      facts: since(-minute, 16 * minute),
    }),
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
