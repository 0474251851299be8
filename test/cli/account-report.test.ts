import assert from 'node:assert/strict';
import fc from 'fast-check';
import { reportOf } from '../../src/cli/tried-account/report.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { createWords } from '../../src/knowledge/wording.ts';
import { about, anyFeature, anyHidden, anySnapshot, nearlyHealthy, without } from '../diagnosis/snapshots.ts';
import { content, fakeClock } from '../support/fakes.ts';

const words = createWords(content, '', undefined, 'customer', fakeClock());
const watched = [
  {
    ...({ name: 'account-api', ms: 12, status: 200, error: null } as const),
    doubts: [{ path: 'subscription.trialEndsAt', why: 'is over, and the subscription is called trialing' }],
    ignored: ['subscription.trialEndsAtTheLatestOrWhenever'],
    warnings: [],
  },
];

describe('the report of one account', () => {
  it('has words for every fact of any account, and no line that is longer than 80 characters', () => {
    const why = fc.constantFrom('not-told', 'not-read', 'not-connected');
    const any = fc.oneof(anySnapshot, nearlyHealthy);
    fc.assert(
      fc.property(any, anyHidden, why, anyFeature, (whole, hidden, because, feature) => {
        const snapshot = without(
          whole,
          hidden.filter((member) => member !== 'identity'),
          because,
        );
        const named = { ...snapshot, accountName: without(snapshot, ['accountName']).accountName };
        const verdict = diagnose(named, about(feature));
        const tried = { accountId: 'acct_42', userId: 'usr_7', snapshot: named, verdict, words, watched };
        const lines = reportOf({ ...tried, catalog: content.catalog });
        assert.deepEqual(
          lines.filter((line) => line.length > 80),
          [],
        );
        assert.doesNotMatch(lines.join('\n'), /undefined|NaN|\[object|\{\{/);
        for (const part of ['SOURCES', 'FACTS', 'VERDICT', 'THE CUSTOMER READS', 'IGNORED OR DOUBTFUL'])
          assert.ok(
            lines.some((line) => line.startsWith(part)),
            part,
          );
      }),
      { numRuns: 200 },
    );
  });
});
