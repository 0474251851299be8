import assert from 'node:assert/strict';
import { causes } from '../../src/diagnosis/causes/index.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import { alwaysNeeded } from './always-needed.ts';
import {
  about,
  at,
  entitled,
  featureNamed,
  hour,
  members,
  minute,
  snapshot,
  without,
  type Member,
} from './snapshots.ts';

const verdictOf = (given: Snapshot) => diagnose(given, about(featureNamed('export')));
const provedIn = (given: Snapshot) =>
  verdictOf(given)
    .findings.filter(({ status }) => status === 'proved')
    .map(({ cause }) => cause);
const slugs = causes.map(({ slug }) => slug);
const needed: readonly Member[] = alwaysNeeded;
const healthy = snapshot();
const blocked = snapshot({
  incidents: [{ name: 'Exports fail', features: ['export'], since: null, url: null }],
  identity: 'anonymous',
  otherAccountFeatures: ['export'],
  accountStatus: 'suspended',
  pendingActions: ['terms'],
  userStatus: 'deactivated',
  lockout: { until: null },
  lacksSignIn: ['sso'],
  unconfirmed: ['email'],
  network: 'rule',
  featureStates: [{ feature: 'export', state: 'off' }],
  objectShared: false,
  keyScopes: { holder: 'key', lacks: [{ feature: 'export', scope: 'exports:write' }] },
  role: 'viewer',
  seat: 'none',
  entitlements: entitled({ granted: false, roles: ['admin'] }),
  quotas: [{ meter: 'tokens', used: 9, limit: 9, resetsAt: null }],
  rates: [{ meter: 'tokens', retryAt: at + minute }],
  credits: [{ meter: 'tokens', remaining: 0, spent: null, cap: null }],
  subscription: 'incomplete_expired',
  trialEndsAt: at - hour,
  planChangedAt: at - minute,
});

describe('a verdict', () => {
  it('says that nothing blocks when every check was made and allows', () => {
    const { primary, findings } = verdictOf(healthy);
    assert.equal(primary?.cause, 'nothing-blocks');
    const statuses = findings.map(({ status }) => status);
    assert.deepEqual(statuses, [...slugs.map(() => 'ruled-out'), 'proved']);
  });

  for (const member of [...alwaysNeeded, 'role'] as const)
    it(`has no lead when nothing is proved and a fact could not be read: ${member}`, () => {
      assert.equal(verdictOf(without(healthy, [member], 'not-read')).primary, null);
    });

  for (const member of members.filter((one) => one !== 'role' && !needed.includes(one)))
    it(`needs no ${member}`, () => {
      const lead = verdictOf(without(healthy, [member])).primary?.cause;
      assert.equal(lead, 'nothing-blocks', `add ${member} to alwaysNeeded in test/diagnosis/always-needed.ts`);
    });

  it('has no lead when nothing could be read', () => {
    const { primary, findings } = verdictOf(without(blocked, members));
    assert.equal(primary, null);
    assert.ok(findings.every(({ status }) => status === 'unknown'));
  });

  it('reports every proved cause, in the order of the causes', () => {
    const all = slugs.filter((slug) => slug !== 'still-propagating');
    assert.deepEqual(provedIn(blocked), all, 'let the new cause block in "blocked" of test/diagnosis/verdict.test.ts');
  });

  it('leads with the first cause that is left, whichever were mended before', () => {
    const mended = { ...blocked };
    const leads: (string | undefined)[] = [];
    const mend = (...some: (keyof Snapshot)[]) => {
      leads.push(verdictOf(mended).primary?.cause);
      for (const member of some) Object.assign(mended, { [member]: healthy[member] });
    };
    mend('incidents');
    mend('identity');
    mend('otherAccountFeatures');
    mend('accountStatus');
    mend('pendingActions');
    mend('userStatus');
    mend('lockout');
    mend('lacksSignIn');
    mend('unconfirmed');
    mend('network');
    mend('role');
    Object.assign(mended, { entitlements: snapshot({ entitlements: entitled({ granted: false }) }).entitlements });
    mend('seat');
    mend('entitlements');
    mend('featureStates');
    mend('objectShared');
    mend('keyScopes');
    mend('quotas');
    mend('rates');
    mend('credits');
    mend('subscription');
    Object.assign(mended, { subscription: snapshot({ subscription: 'trialing' }).subscription });
    mend('trialEndsAt');
    mend('planChangedAt');
    mend();
    assert.deepEqual(
      leads.filter((lead, i) => lead !== leads[i - 1]),
      [...provedIn(blocked), 'still-propagating', 'nothing-blocks'],
      'mend in its turn what the new cause rests on',
    );
  });

  it('leads with a proved cause even where others could not be checked', () => {
    const given = without(snapshot({ subscription: 'unpaid' }), ['quotas', 'session', 'entitlements']);
    assert.equal(verdictOf(given).primary?.cause, 'payment-lapsed');
  });

  it('names the feature, or none', () => {
    assert.equal(verdictOf(healthy).feature, 'export');
    assert.equal(diagnose(healthy, about(null)).feature, null);
  });
});
