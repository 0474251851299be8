import type { Quota } from '../../src/domain/snapshot.ts';
import { creditRows, onTokens, tokens } from './credit-rows.ts';
import { healthy, needs, needsFeature, possible, proved, ruledOut, unknown, type Row } from './row.ts';
import { at, minute, reset, snapshot, without } from './snapshots.ts';

const calls = { meter: 'api-calls', used: 8, limit: 10, resetsAt: null };
const used = (count: number, resetsAt: number | null = null) =>
  snapshot({ quotas: [calls, { meter: 'tokens', used: count, limit: 500_000, resetsAt }] });
const monthly = { window: { window: 'month' } };
const told = (count: number) => ({ ...tokens, limit: 500_000, used: count, ...monthly });
const resets = { resetsAt: { at: reset } };
const callsUsedUp = snapshot({
  quotas: [
    { ...calls, used: 10 },
    { meter: 'tokens', used: 1, limit: 500_000, resetsAt: null },
  ],
});
const bothUsedUp = snapshot({
  quotas: [
    { ...calls, used: 10 },
    { meter: 'tokens', used: 500_000, limit: 500_000, resetsAt: null },
  ],
});
const bothUntil = (resetsAt: number | null) =>
  snapshot({
    quotas: [
      { ...calls, used: 10, resetsAt },
      { meter: 'tokens', used: 500_000, limit: 500_000, resetsAt: reset },
    ],
  });
const bothAndNoTokens = snapshot({
  quotas: [
    { ...calls, used: 10 },
    { meter: 'tokens', used: 0, limit: 0, resetsAt: reset },
  ],
});
const noTokens = snapshot({ quotas: [calls, { meter: 'tokens', used: 0, limit: 0, resetsAt: reset }] });
const onlyTeamOver = snapshot({
  entitlements: ['export', 'reports'].map((feature) => ({ feature, granted: true, roles: null })),
  quotas: [calls, { meter: 'tokens', used: 500_000, limit: 500_000, resetsAt: null }],
});
const onlyCalls = { quotas: [calls], rates: [], credits: [] };
const refused = (retryAt: number | null, meter = 'tokens') => snapshot({ rates: [{ meter, retryAt }] });
const wait = (seconds: number, ahead: number) => ({ ...tokens, seconds, retryAt: { at: at + ahead } });

const full = { meter: 'tokens', used: 500_000, limit: 500_000, resetsAt: reset };
const windows = (...differs: readonly Partial<Quota>[]) =>
  snapshot({ quotas: [calls, ...differs.map((one) => ({ ...full, ...one }))] });
const dayAndMonth = windows({ window: 'day', resetsAt: at + minute }, { window: 'month' });
const dayOnly = windows({ window: 'day', resetsAt: at + minute }, { window: 'month', used: 7 });
const dayOfCalls = snapshot({
  quotas: [{ ...calls, used: 10, resetsAt: at + minute, window: 'day' }, full],
});
const free = windows({ used: null, limit: 'unlimited', resetsAt: null });
const freeByDay = windows({ limit: 'unlimited', window: 'day' }, { used: 7, resetsAt: null });
const unlimitedExport = snapshot({ quotas: [calls, full], unlimitedFeatures: ['export'] });
const unlimitedBoth = snapshot({
  quotas: [calls, { ...full, resetsAt: null }],
  unlimitedFeatures: ['export', 'assistant'],
});
const unreadUnlimited = without(used(500_000), ['unlimitedFeatures']);
const notReached = without(used(7), ['unlimitedFeatures']);

/** The causes that rest on meters. */
export const meterRows: Readonly<Record<string, readonly Row[]>> = {
  'monthly-limit': [
    proved('the limit is reached', used(500_000, reset), 'quotas', { facts: { ...told(500_000), ...resets } }),
    proved('the limit is passed', used(500_001, reset), 'quotas', { facts: { ...told(500_001), ...resets } }),
    proved('both meters of the feature are reached, and both resets are told', bothUntil(reset), 'quotas', {
      variant: 'several-meters',
      facts: { meters: { meters: ['api-calls', 'tokens'] }, ...monthly, ...resets },
      meters: ['tokens', 'api-calls'],
    }),
    proved('both meters of the feature are reached, and one reset is not told', bothUntil(null), 'quotas', {
      variant: 'several-unread',
      facts: { meters: { meters: ['api-calls', 'tokens'] }, ...monthly },
      meters: ['tokens', 'api-calls'],
    }),
    proved('both meters of the feature are reached, and one of them is not included', bothAndNoTokens, 'quotas', {
      variant: 'several-not-included',
      facts: { meters: { meters: ['tokens', 'api-calls'] }, ...tokens, ...monthly },
      meters: ['tokens', 'api-calls'],
    }),
    proved('none is included', noTokens, 'quotas', { variant: 'not-included', facts: { ...tokens, ...monthly } }),
    possible('none is included and no feature was named', noTokens, 'quotas', {
      ...{ variant: 'not-included', facts: { ...tokens, ...monthly } },
      ...onTokens,
    }),
    possible('it is reached and no feature was named', used(500_000, reset), 'quotas', {
      facts: { ...told(500_000), ...resets },
      ...onTokens,
    }),
    possible('it is reached, the reset unread and no feature was named', used(500_000), 'quotas', {
      variant: 'reset-unread',
      facts: told(500_000),
      ...onTokens,
    }),
    possible('it is reached and nobody tells what is granted', without(used(500_000), ['entitlements']), 'quotas', {
      variant: 'reset-unread',
      facts: told(500_000),
      ...onTokens,
    }),
    possible('it is reached and some of the rest is not granted', onlyTeamOver, 'quotas', {
      variant: 'reset-unread',
      facts: told(500_000),
      blocks: onTokens.blocks,
      spared: ['reports'],
    }),
    possible('two are reached and no feature was named', bothUsedUp, 'quotas', {
      variant: 'several',
      facts: { meters: { meters: ['api-calls', 'tokens'] } },
      blocks: ['export', 'api', 'assistant'],
      spared: onTokens.spared.filter((slug) => slug !== 'api'),
    }),
    needsFeature('a meter of some feature is not told, and none was named', snapshot(onlyCalls), 'quotas'),
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
    proved('the limit of a day is reached', windows({ window: 'day' }), 'quotas', {
      facts: { ...told(500_000), ...resets, window: { window: 'day' } },
    }),
    proved('the limits of a day and of a month are reached: the later reset counts', dayAndMonth, 'quotas', {
      facts: { ...told(500_000), ...resets, ...monthly },
    }),
    proved('the limit of a day is reached, and that of the month is not', dayOnly, 'quotas', {
      facts: { ...told(500_000), resetsAt: { at: at + minute }, window: { window: 'day' } },
    }),
    proved('two meters are reached, one by the day and one by the month', dayOfCalls, 'quotas', {
      variant: 'several-meters',
      facts: { meters: { meters: ['tokens', 'api-calls'] }, ...resets, window: { window: null } },
      meters: ['tokens', 'api-calls'],
    }),
    ruledOut('there is no limit on it', free, 'quotas', { variant: 'no-limit', facts: tokens }),
    ruledOut('there is none on one window, and the other is not reached', freeByDay, 'quotas', { facts: told(7) }),
    ruledOut('the feature is used without a limit', unlimitedExport, 'unlimitedFeatures', { variant: 'unlimited' }),
    possible('another feature is used without a limit, and none was named', unlimitedExport, 'quotas', {
      facts: { ...told(500_000), ...resets },
      blocks: ['assistant'],
      spared: ['export', ...onTokens.spared],
    }),
    ruledOut('all that count on it are used without a limit, and none was named', unlimitedBoth, 'quotas', {
      variant: 'unlimited',
      feature: null,
    }),
    unknown('it is reached, and whether there is a limit was not read', unreadUnlimited, 'unlimitedFeatures'),
    ruledOut('it is not reached, and whether there is a limit was not read', notReached, 'quotas', {
      facts: told(7),
    }),
    unknown('the usage does not tell of this meter', snapshot(onlyCalls), 'quotas'),
    ...needs('quotas'),
  ],
  'rate-limited': [
    proved('requests are taken again in a minute', refused(at + minute), 'rates', { facts: wait(60, minute) }),
    proved('they are taken again within a second', refused(at + 1), 'rates', { facts: wait(1, minute) }),
    proved('they are taken again in an hour', refused(at + 60 * minute), 'rates', {
      variant: 'long',
      facts: { ...tokens, retryAt: { at: at + 60 * minute } },
    }),
    possible('they are taken again in an hour and no feature was named', refused(at + 60 * minute), 'rates', {
      ...{ variant: 'long', facts: { ...tokens, retryAt: { at: at + 60 * minute } } },
      ...onTokens,
    }),
    possible('no feature was named', refused(at + 61_000), 'rates', { facts: wait(61, 2 * minute), ...onTokens }),
    possible(
      'two are refused and no feature was named',
      snapshot({ rates: ['tokens', 'api-calls', 'tokens'].map((meter) => ({ meter, retryAt: at + 1 })) }),
      'rates',
      {
        variant: 'several',
        facts: { meters: { meters: ['tokens', 'api-calls'] } },
        blocks: ['export', 'api', 'assistant'],
        spared: onTokens.spared.filter((slug) => slug !== 'api'),
      },
    ),
    ruledOut('a meter is refused that no feature counts on', refused(at + minute, 'faxes'), 'rates', { feature: null }),
    ruledOut('they are taken', healthy, 'rates'),
    ruledOut('they have just been taken again', refused(at), 'rates'),
    ruledOut('only another meter is refused', refused(at + minute, 'api-calls'), 'rates'),
    ...needs('rates'),
  ],
  'credit-exhausted': creditRows,
};
