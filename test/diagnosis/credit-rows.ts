import type { Credit } from '../../src/domain/snapshot.ts';
import { needs, possible, proved, ruledOut, unknown, type Row } from './row.ts';
import { snapshot, without } from './snapshots.ts';

export const tokens = { meter: { meter: 'tokens' } };
export const onTokens = {
  blocks: ['export', 'assistant'],
  spared: ['api', 'reports', 'dashboards', 'automations', 'audit-log', 'sso'],
};
const credit = (differs: Partial<Credit>) =>
  snapshot({ credits: [{ meter: 'tokens', remaining: null, spent: null, cap: null, ...differs }] });
const noneLeft = { credits: [{ meter: 'tokens', remaining: 0, spent: null, cap: null }] };
const freeOfCredit = snapshot({ ...noneLeft, unlimitedFeatures: ['export'] });
const bothFree = snapshot({ ...noneLeft, unlimitedFeatures: ['export', 'assistant'] });
const left = (remaining: number) => ({ variant: 'left', facts: { ...tokens, remaining } });
const creditsOf = (...all: readonly number[]) =>
  snapshot({ credits: all.map((remaining) => ({ meter: 'tokens', remaining, spent: null, cap: null })) });

/** The cause that rests on what was paid in advance. */
export const creditRows: readonly Row[] = [
  proved('nothing is left', credit({ remaining: 0 }), 'credits', { facts: tokens }),
  proved('less than nothing is left', credit({ remaining: -1, spent: 1, cap: 9 }), 'credits', { facts: tokens }),
  proved('the cap is reached', credit({ remaining: 5, spent: 100, cap: 100 }), 'credits', {
    variant: 'cap-reached',
    facts: { ...tokens, spent: 100, cap: 100 },
  }),
  possible('the cap is passed, no balance is told, no feature named', credit({ spent: 101, cap: 100 }), 'credits', {
    variant: 'cap-reached',
    facts: { ...tokens, spent: 101, cap: 100 },
    ...onTokens,
  }),
  possible('nothing is left and no feature was named', credit({ remaining: 0 }), 'credits', {
    facts: tokens,
    ...onTokens,
  }),
  possible(
    'nothing is left of two and no feature was named',
    snapshot({
      credits: ['tokens', 'api-calls'].map((meter) => ({ meter, remaining: 0, spent: null, cap: null })),
    }),
    'credits',
    {
      variant: 'several',
      facts: { meters: { meters: ['tokens', 'api-calls'] } },
      blocks: ['export', 'api', 'assistant'],
      spared: onTokens.spared.filter((slug) => slug !== 'api'),
    },
  ),
  ruledOut('some is left', credit({ remaining: 1 }), 'credits', left(1)),
  ruledOut('the least is told of what is left of several', creditsOf(40, 2.5), 'credits', left(2.5)),
  ruledOut('there is no cap', credit({ spent: 1e6, cap: 'unlimited' }), 'credits'),
  ruledOut('all that count on it need none, and none was named', bothFree, 'credits', {
    variant: 'unlimited',
    feature: null,
  }),
  ruledOut('the feature needs no credit', freeOfCredit, 'unlimitedFeatures', { variant: 'unlimited' }),
  proved('only another feature needs no credit', snapshot({ ...noneLeft, unlimitedFeatures: ['api'] }), 'credits', {
    facts: tokens,
  }),
  unknown(
    'nothing is left, and whether the feature needs any was not read',
    without(snapshot(noneLeft), ['unlimitedFeatures']),
    'unlimitedFeatures',
  ),
  ruledOut('some may be spent', credit({ spent: 99, cap: 100 }), 'credits'),
  ruledOut('only another meter has none left', credit({ meter: 'api-calls', remaining: 0 }), 'credits'),
  unknown('neither a balance nor a cap is told', credit({ spent: 7 }), 'credits'),
  ...needs('credits'),
];
