import assert from 'node:assert/strict';
import { causes } from '../../src/diagnosis/causes/index.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { causeTable } from './cause-table.ts';
import type { Row } from './row.ts';
import { about, featureNamed, readTime } from './snapshots.ts';

describe('a cause', () => {
  for (const [slug, rows] of Object.entries(causeTable))
    describe(slug, () => {
      for (const { when, given, feature, meters, is, variant, by, facts, blocks } of rows)
        it(`is ${is} when ${when}`, () => {
          const { findings } = diagnose(
            given,
            about(feature === null ? null : { ...featureNamed(feature), ...(meters && { meters }) }),
          );
          const finding = findings.find((one) => one.cause === slug);
          const { source } = given[by];
          if (is === 'off') assert.equal(finding, undefined);
          else {
            const told = { cause: slug, status: is, variant, facts, source, readAt: readTime(by) };
            assert.deepEqual(finding, blocks ? { ...told, blocks } : told);
          }
        });

      it('has every variant of its proof and of its exclusion in the table', () => {
        const cause = causes.find((one) => one.slug === slug);
        const shown = (is: Row['is']) => [...new Set(rows.filter((row) => row.is === is).map((row) => row.variant))];
        assert.deepEqual(shown('proved').sort(), Object.keys(cause?.proves ?? {}).sort());
        assert.deepEqual(shown('possible').sort(), Object.keys(cause?.possible ?? {}).sort());
        assert.deepEqual(shown('ruled-out').sort(), Object.keys(cause?.excludes ?? {}).sort());
      });
    });

  it('is in the table, whichever it is', () => {
    const slugs = causes.map((cause) => cause.slug);
    const how = 'write its rows in test/diagnosis/person-rows.ts, rule-rows.ts or account-rows.ts';
    assert.deepEqual(
      Object.keys(causeTable).toSorted(),
      slugs.toSorted(),
      `${slugs.filter((slug) => !(slug in causeTable)).join()}: ${how}`,
    );
  });
});
