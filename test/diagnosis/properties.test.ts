import assert from 'node:assert/strict';
import fc from 'fast-check';
import { causes } from '../../src/diagnosis/causes/index.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import type { Finding, Verdict } from '../../src/domain/verdict.ts';
import { createWords } from '../../src/knowledge/wording.ts';
import { contentContract } from '../../dialogs/content-contract.ts';
import { content } from '../support/fakes.ts';
import { alwaysNeeded } from './always-needed.ts';
import { restsOn, type Ground } from './rests-on.ts';
import {
  about,
  anyFeature,
  anyHidden,
  anySnapshot,
  featureNamed,
  members,
  nearlyHealthy,
  readTime,
  snapshot,
  without,
  type Member,
  type Values,
} from './snapshots.ts';
import { rounds } from '../support/rounds.ts';

const anything = fc.oneof(anySnapshot, nearlyHealthy);
const healthy = snapshot();
const forExport = (given: Snapshot) => diagnose(given, about(featureNamed('export')));
const find = ({ findings }: Verdict, slug: string) => findings.find((one) => one.cause === slug);
const statusOf = (verdict: Verdict, slug: string) => find(verdict, slug)?.status;
const pick = (from: Snapshot, some: readonly Member[]) =>
  Object.fromEntries(some.map((member) => [member, from[member]])) as Partial<Snapshot>;
const put = (values: Partial<Values>) => pick(snapshot(values), Object.keys(values) as Member[]);

describe('a diagnosis, whatever the account', () => {
  for (const [slug, { members: own, flips, onAll }] of Object.entries(restsOn)) {
    for (const [i, { from = {}, to, related = [] }] of flips.entries())
      it(`turns ${slug} and no unrelated cause when the fact it rests on turns (${i + 1})`, () => {
        const turning = [slug, 'nothing-blocks', 'still-propagating', ...related];
        fc.assert(
          fc.property(anySnapshot, anyHidden, (any, hidden) => {
            const others = onAll ? healthy : without(any, hidden);
            const before = { ...others, ...pick(healthy, own), ...put(from) };
            const [was, is] = [before, { ...before, ...put(to) }].map(forExport);
            assert.ok(was && is);
            assert.deepEqual([statusOf(was, slug), statusOf(is, slug)], ['ruled-out', 'proved']);
            assert.equal(statusOf(is, 'nothing-blocks'), 'ruled-out');
            const unrelated = ({ findings }: Verdict) => findings.filter(({ cause }) => !turning.includes(cause));
            assert.deepEqual(unrelated(was), unrelated(is));
          }),
        );
      });
  }

  it('proves and excludes nothing by what was not read', () => {
    fc.assert(
      fc.property(anything, anyHidden, anyFeature, (whole, hidden, feature) => {
        const before = diagnose(whole, about(feature));
        const after = diagnose(without(whole, hidden), about(feature));
        for (const { slug } of causes) {
          assert.ok(['unknown', statusOf(before, slug)].includes(statusOf(after, slug)), slug);
          const all = restsOn[slug]?.members.every((member) => hidden.includes(member));
          if (all) assert.equal(statusOf(after, slug), 'unknown', slug);
        }
      }),
      { numRuns: rounds(2_000) },
    );
  });

  it('proves a cause only by a fact that was read', () => {
    fc.assert(
      fc.property(anything, anyHidden, anyFeature, (whole, hidden, feature) => {
        const unread = hidden.map(readTime);
        for (const finding of diagnose(without(whole, hidden), about(feature)).findings)
          if (finding.status === 'proved' && finding.cause !== 'nothing-blocks')
            assert.ok(!unread.includes(finding.readAt), finding.cause);
      }),
      { numRuns: rounds(1_000) },
    );
  });

  for (const member of alwaysNeeded)
    it(`never says that nothing blocks without a fact that it needs: ${member}`, () => {
      fc.assert(
        fc.property(nearlyHealthy, anyFeature, (whole, feature) => {
          const { primary } = diagnose(without(whole, [member]), about(feature));
          assert.notEqual(primary?.cause, 'nothing-blocks');
        }),
      );
    });

  it('takes a cause off the list where nobody is connected who could tell, and still says that nothing blocks', () => {
    const some = fc.subarray(members.filter((member): member is Exclude<Member, 'identity'> => member !== 'identity'));
    const whole = forExport(healthy);
    fc.assert(
      fc.property(some, (hidden) => {
        const has = (member: Member) => (hidden as readonly Member[]).includes(member);
        const isOff = ({ off }: Ground) => ('any' in off ? off.any.some(has) : off.all.every(has));
        const left = Object.keys(restsOn).filter((slug) => !isOff(restsOn[slug] ?? assert.fail(slug)));
        fc.pre(left.length > 0);
        const verdict = forExport(without(healthy, hidden, 'not-connected'));
        const statuses = verdict.findings
          .filter(({ cause }) => cause in restsOn || cause === 'nothing-blocks')
          .map(({ cause, status }) => [cause, status]);
        const ruledOut = left.map((slug) => [slug, statusOf(whole, slug)]);
        assert.deepEqual(statuses, [...ruledOut, ['nothing-blocks', 'proved']]);
        assert.equal(verdict.primary?.cause, 'nothing-blocks');
      }),
      { numRuns: rounds(1_000) },
    );
  });

  it('leads with nothing-blocks only where every cause is ruled out', () => {
    fc.assert(
      fc.property(anything, anyHidden, anyFeature, (whole, hidden, feature) => {
        const { primary, findings } = diagnose(without(whole, hidden), about(feature));
        const all = findings.every(({ cause, status }) => status === 'ruled-out' || cause === 'nothing-blocks');
        assert.equal(primary?.cause === 'nothing-blocks', all && feature !== null);
      }),
      { numRuns: rounds(1_000) },
    );
  });

  it('names a declared variant for every finding, with at least the facts that it declares', () => {
    fc.assert(
      fc.property(anything, anyHidden, anyFeature, (whole, hidden, feature) => {
        for (const finding of diagnose(without(whole, hidden), about(feature)).findings) assertDeclared(finding);
      }),
      { numRuns: rounds(2_000) },
    );
  });

  it('has words for every finding and every verdict', () => {
    const words = createWords(content, 'https://help.test', 'Europe/Berlin', 'customer');
    const agents = createWords(content, 'https://help.test', undefined, 'agents');
    fc.assert(
      fc.property(anything, anyHidden, anyFeature, (whole, hidden, feature) => {
        const given = without(whole, hidden);
        const verdict = diagnose(given, about(feature));
        const told = [
          words.verdict(verdict),
          words.possible(verdict),
          words.wayOut(verdict),
          words.accountStatus(given),
        ];
        const proofs = [words, agents].flatMap((one) => one.findings(verdict).map(({ fact }) => fact));
        for (const text of [...told, ...proofs, agents.wayOut(verdict)])
          assert.doesNotMatch(text ?? '–', /\{\{|undefined|\[object|NaN| {2}|^$/);
      }),
    );
  });

  it('says the same words a thousand times, and leaves what it read as it was', () => {
    const words = createWords(content, 'https://help.test', 'Europe/Berlin', 'customer');
    fc.assert(
      fc.property(anything, anyHidden, anyFeature, (whole, hidden, feature) => {
        const given = without(whole, hidden);
        const kept = JSON.stringify(given);
        const tell = () => words.verdict(diagnose(given, about(feature)));
        const first = tell();
        for (let i = 1; i < 1_000; i += 1) assert.equal(tell(), first);
        assert.equal(JSON.stringify(given), kept);
      }),
      { numRuns: 5 },
    );
  });
});

function assertDeclared({ cause, status, variant, facts }: Finding): void {
  const shape = contentContract.causes.find((one) => one.slug === cause);
  const nothing: Readonly<Record<string, readonly string[]>> = { always: [] };
  const shapes = {
    proved: shape?.proves,
    possible: shape?.possible,
    'ruled-out': shape?.excludes,
    unknown: nothing,
    'needs-feature': nothing,
  };
  const declared = shapes[status]?.[variant];
  assert.ok(declared, `${cause} does not declare ${status} as "${variant}"`);
  // What was checked is told by the words, not by the finding.
  for (const fact of declared) if (fact !== 'checked') assert.ok(fact in facts, `${cause} "${variant}" lacks ${fact}`);
}
