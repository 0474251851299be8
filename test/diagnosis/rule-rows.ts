import type { FeatureState, KeyScopes, Snapshot } from '../../src/domain/snapshot.ts';
import { healthy, needs, needsFeature, possible, proved, ruledOut, unknown, type Row } from './row.ts';
import { at, entitled, hour, minute, snapshot, without, type Member, type Values } from './snapshots.ts';

const every = entitled().map(({ feature }) => feature);
const spared = every.filter((slug) => slug !== 'export');

/** Something that is missing: by its own name, or several. */
function missing<M extends Member>(member: M, ones: Values[M] & readonly string[], others: Values[M]): readonly Row[] {
  const given = (value: Values[M]) => snapshot({ [member]: value });
  return [
    ...ones.map((one) =>
      proved(`only this is missing: ${one}`, given([one] as unknown as Values[M]), member, { variant: one }),
    ),
    proved('more than one is missing', given(others), member, { variant: 'several' }),
    proved('one is told twice', given([ones[0], ones[0]] as unknown as Values[M]), member, { variant: ones[0] ?? '' }),
    ruledOut('nothing is missing', healthy, member),
    ruledOut('nothing is missing, and no feature was named', healthy, member, { feature: null }),
    ...needs(member),
  ];
}

const states = (...featureStates: FeatureState[]) => snapshot({ featureStates });
const off: FeatureState = { feature: 'export', state: 'off' };
const everyOn = every.map((feature): FeatureState => ({ feature, state: 'on' }));
const allButExport = everyOn.filter(({ feature }) => feature !== 'export');
const lacking = (given: Snapshot) => ({
  ...given,
  entitlements: snapshot({ entitlements: entitled({ granted: false }) }).entitlements,
});
const key = (holder: KeyScopes['holder'], ...lacks: KeyScopes['lacks']) => snapshot({ keyScopes: { holder, lacks } });
const scope = { feature: 'export', scope: 'exports:write' };
const lockedUntil = (until: number | null) => snapshot({ lockout: { until } });

/** The causes that only some companies have rules for. */
export const ruleRows: Readonly<Record<string, readonly Row[]>> = {
  'terms-not-accepted': missing('pendingActions', ['terms', 'agreement', 'details'], ['terms', 'details']),
  'user-deactivated': [
    proved('the user is', snapshot({ userStatus: 'deactivated' }), 'userStatus'),
    proved('the user is, and no feature was named', snapshot({ userStatus: 'deactivated' }), 'userStatus', {
      feature: null,
    }),
    ruledOut('the user is active', healthy, 'userStatus'),
    ruledOut(
      'the account is suspended, which is another thing',
      snapshot({ accountStatus: 'suspended' }),
      'userStatus',
    ),
    ...needs('userStatus'),
  ],
  'locked-out': [
    proved('it ends in half an hour', lockedUntil(at + hour / 2), 'lockout', {
      variant: 'until',
      facts: { until: { at: at + hour / 2 } },
    }),
    proved('it ends in a moment, which is told to the minute and never too early', lockedUntil(at + 1), 'lockout', {
      variant: 'until',
      facts: { until: { at: at + minute } },
    }),
    proved('it has no end', lockedUntil(null), 'lockout', { variant: 'open' }),
    ruledOut('it is over', lockedUntil(at), 'lockout'),
    ruledOut('there is none', healthy, 'lockout'),
    ...needs('lockout'),
  ],
  'sign-in-method-required': missing('lacksSignIn', ['sso', 'second-factor'], ['sso', 'second-factor']),
  'not-verified': missing('unconfirmed', ['email', 'company'], ['email', 'company']),
  'network-blocked': [
    ...(['address', 'country', 'vpn', 'rule'] as const).map((network) =>
      proved(`the rule refuses: ${network}`, snapshot({ network }), 'network', { variant: network }),
    ),
    ruledOut('the rule allows it', healthy, 'network'),
    ...needs('network'),
  ],
  'feature-not-enabled': [
    proved('it is switched off', states(off), 'featureStates', { variant: 'off' }),
    proved('it is not set up', states({ ...off, state: 'not-set-up' }), 'featureStates', { variant: 'not-set-up' }),
    proved('it is switched off, and the plan lacks it too', lacking(states(off)), 'featureStates', { variant: 'off' }),
    proved(
      'it is switched off, and what the plan has is unread',
      without(states(off), ['entitlements']),
      'featureStates',
      {
        variant: 'off',
      },
    ),
    ruledOut('it is switched on', healthy, 'featureStates'),
    ruledOut('nothing is told of what the plan does not have', lacking(states(...allButExport)), 'entitlements', {
      variant: 'not-in-plan',
    }),
    unknown('nothing is told of what the plan has', states(...allButExport), 'featureStates'),
    unknown(
      'nothing is told of it, and what the plan has is unread',
      without(states(...allButExport), ['entitlements']),
      'entitlements',
    ),
    possible('some are switched off, and no feature was named', states(...allButExport, off), 'featureStates', {
      blocks: ['export'],
      spared,
    }),
    ruledOut('all are switched on, and no feature was named', healthy, 'featureStates', { feature: null }),
    ruledOut(
      'all are switched on that the plan has, and no feature was named',
      lacking(states(...allButExport)),
      'featureStates',
      { feature: null },
    ),
    needsFeature('of some nothing is told, and no feature was named', states(...allButExport), 'featureStates'),
    unknown(
      'of some nothing is told, no feature was named, and what the plan has is unread',
      without(states(...allButExport), ['entitlements']),
      'entitlements',
      { feature: null },
    ),
    ...needs('featureStates'),
  ],
  'not-shared-with-you': [
    proved('it is not', snapshot({ objectShared: false }), 'objectShared'),
    proved('it is not, and no feature was named', snapshot({ objectShared: false }), 'objectShared', { feature: null }),
    ruledOut('it is', healthy, 'objectShared'),
    ...needs('objectShared'),
  ],
  'key-lacks-scope': [
    proved('the key lacks one', key('key', scope), 'keyScopes', { variant: 'key', facts: { scopes: scope.scope } }),
    proved('the project lacks two', key('project', scope, { ...scope, scope: 'files:read' }), 'keyScopes', {
      variant: 'project',
      facts: { scopes: 'exports:write, files:read' },
    }),
    ...(['key', 'project'] as const).map((holder) =>
      possible(`the ${holder} lacks one, and no feature was named`, key(holder, scope), 'keyScopes', {
        variant: holder,
        facts: { scopes: scope.scope },
        blocks: ['export'],
        spared,
      }),
    ),
    ruledOut('it lacks one for another feature', key('key', { ...scope, feature: 'sso' }), 'keyScopes'),
    ruledOut('it lacks none', healthy, 'keyScopes'),
    ruledOut(
      'it lacks one for nothing that is sold, and no feature was named',
      key('key', { ...scope, feature: 'fax' }),
      'keyScopes',
      {
        feature: null,
      },
    ),
    ...needs('keyScopes'),
  ],
};
