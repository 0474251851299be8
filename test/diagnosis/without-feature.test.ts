import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { content } from '../support/fakes.ts';
import { restsOn, type Ground } from './rests-on.ts';
import {
  about,
  anyFeature,
  anyHidden,
  anySnapshot,
  entitled,
  featureNamed,
  nearlyHealthy,
  snapshot,
  without,
  type Member,
  type Values,
} from './snapshots.ts';
import { rounds } from '../support/rounds.ts';

const groundOf = (slug: string): Ground => restsOn[slug] ?? assert.fail(`what does ${slug} rest on?`);
const anything = fc.oneof(anySnapshot, nearlyHealthy);
const healthy = snapshot();
const find = ({ findings }: Verdict, slug: string) => findings.find((one) => one.cause === slug);
const statusOf = (verdict: Verdict, slug: string) => find(verdict, slug)?.status;
const pick = (from: Snapshot, some: readonly Member[]) =>
  Object.fromEntries(some.map((member) => [member, from[member]])) as Partial<Snapshot>;
const forSome = entitled().map((one) => ({ ...one, roles: one.feature === 'export' ? ['admin', 'member'] : null }));
const put = (values: Partial<Values>) => pick(snapshot(values), Object.keys(values) as Member[]);
const concernsAll = ({ incidents }: Partial<Values>) => Boolean(incidents?.some(({ features }) => features === null));

describe('a diagnosis without a feature', () => {
  it('needs a feature only where none was named, and then tells what it may block', () => {
    fc.assert(
      fc.property(anything, anyHidden, anyFeature, (whole, hidden, feature) => {
        for (const { status, blocks, cause } of diagnose(without(whole, hidden), about(feature)).findings) {
          if (feature) assert.ok(!['possible', 'needs-feature'].includes(status), cause);
          assert.equal(blocks !== undefined, status === 'possible', cause);
          if (blocks) assert.notEqual(blocks.length, 0, cause);
        }
      }),
      { numRuns: rounds(1_000) },
    );
  });

  it('is proved without a feature where it is proved of each, and possible only of those that it blocks', () => {
    const features = content.catalog.features;
    fc.assert(
      fc.property(anything, (whole) => {
        const open = diagnose(whole, about(null));
        const each = new Map(features.map((one) => [one.slug, diagnose(whole, about(one))]));
        for (const { cause, status, blocks } of open.findings) {
          if (cause === 'nothing-blocks' || cause === 'still-propagating') continue;
          const of = features.map(({ slug }) => statusOf(each.get(slug) ?? open, cause));
          if (status === 'proved')
            assert.ok(
              of.every((one) => one === 'proved'),
              cause,
            );
          if (status === 'ruled-out')
            assert.ok(
              of.every((one) => one === 'ruled-out'),
              `${cause}: ${of.join()}`,
            );
          for (const slug of blocks ?? []) assert.equal(statusOf(each.get(slug) ?? open, cause), 'proved', cause);
        }
      }),
      { numRuns: rounds(2_000) },
    );
  });

  it('spares only what nothing is found to block', () => {
    fc.assert(
      fc.property(anything, (whole) => {
        const open = diagnose(whole, about(null));
        for (const { facts, status } of open.findings) {
          if (status !== 'possible') continue;
          const { features } = facts.spared as { features: string[] };
          for (const slug of features) {
            const proofs = diagnose(whole, about(featureNamed(slug))).findings.filter((one) => one.status === 'proved');
            const wide = (cause: string) => statusOf(open, cause) === 'proved';
            const also = proofs.map(({ cause }) => cause).filter((cause) => !wide(cause));
            assert.deepEqual(
              also.filter((cause) => !['still-propagating', 'nothing-blocks', 'trial-ended'].includes(cause)),
              [],
              slug,
            );
          }
        }
      }),
      { numRuns: rounds(1_000) },
    );
  });

  for (const slug of [
    'incident',
    'monthly-limit',
    'rate-limited',
    'credit-exhausted',
    'role-lacks-permission',
    'wrong-account',
    'feature-not-enabled',
    'key-lacks-scope',
  ])
    for (const [i, { from = {}, to, related: own = [] }] of groundOf(slug)
      .flips.filter(({ to }) => !concernsAll(to))
      .entries())
      it(`makes ${slug} possible, and no unrelated cause, where no feature was named and its fact turns (${i + 1})`, () => {
        fc.assert(
          fc.property(anySnapshot, anyHidden, (any, hidden) => {
            const open = slug === 'role-lacks-permission' ? put({ entitlements: forSome }) : {};
            const before = { ...without(any, hidden), ...pick(healthy, groundOf(slug).members), ...put(from), ...open };
            const after = { ...before, ...put(to) };
            const [was, is] = [before, after].map((one) => diagnose(one, about(null)));
            assert.ok(was && is);
            assert.equal(statusOf(is, slug), 'possible');
            assert.ok(find(is, slug)?.blocks?.includes('export'));
            const turned = is.findings.filter(({ cause, status }) => status !== statusOf(was, cause));
            const related = [
              ...[slug, ...own],
              'still-propagating',
              'nothing-blocks',
              'plan-lacks-feature',
              'trial-ended',
              ...(to.entitlements ? ['wrong-account', 'role-lacks-permission', 'feature-not-enabled'] : []),
            ];
            assert.deepEqual(
              turned.filter(({ cause }) => !related.includes(cause)),
              [],
            );
          }),
        );
      });
});
