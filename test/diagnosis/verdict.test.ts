import assert from 'node:assert/strict';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import { about, featureNamed, members, snapshot, without } from './snapshots.ts';

const verdictOf = (given: Snapshot) => diagnose(given, about(featureNamed('export')));
const healthy = snapshot();
const blocked = snapshot({
  identity: 'anonymous',
  entitlements: [{ feature: 'export', granted: false }],
  quotas: [{ meter: 'tokens', used: 9, limit: 9, resetsAt: null }],
  subscription: 'unpaid',
});

describe('a verdict', () => {
  it('says that nothing blocks when every check was made and allows', () => {
    const { lead, findings } = verdictOf(healthy);
    assert.equal(lead?.cause, 'nothing-blocks');
    const statuses = findings.map(({ status }) => status);
    assert.deepEqual(statuses, ['ruled-out', 'ruled-out', 'ruled-out', 'ruled-out', 'proved']);
  });

  for (const member of ['identity', 'membership', 'session', 'entitlements', 'quotas', 'subscription'] as const)
    it(`has no lead when nothing is proved and the ${member} could not be read`, () => {
      assert.equal(verdictOf(without(healthy, [member])).lead, null);
    });

  for (const member of ['accountName', 'role', 'seat', 'plan', 'planChangedAt'] as const)
    it(`needs no ${member}`, () => {
      assert.equal(verdictOf(without(healthy, [member])).lead?.cause, 'nothing-blocks');
    });

  it('has no lead when nothing could be read', () => {
    const { lead, findings } = verdictOf(without(blocked, members));
    assert.equal(lead, null);
    assert.ok(findings.every(({ status }) => status === 'unknown'));
  });

  it('reports every proved cause and leads with the first in the order of the causes', () => {
    const { lead, findings } = verdictOf(blocked);
    const proved = findings.filter(({ status }) => status === 'proved').map(({ cause }) => cause);
    assert.deepEqual(proved, ['not-identified', 'plan-lacks-feature', 'monthly-limit', 'payment-lapsed']);
    assert.equal(lead?.cause, 'not-identified');
  });

  it('leads with a proved cause even where others could not be checked', () => {
    const given = without(snapshot({ subscription: 'unpaid' }), ['quotas', 'session', 'entitlements']);
    assert.equal(verdictOf(given).lead?.cause, 'payment-lapsed');
  });

  it('names the feature, or none', () => {
    assert.equal(verdictOf(healthy).feature, 'export');
    assert.equal(diagnose(healthy, about(null)).feature, null);
  });
});
