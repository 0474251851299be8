import assert from 'node:assert/strict';
import fc from 'fast-check';
import { causes } from '../../src/diagnosis/causes/index.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import type { Finding, Verdict } from '../../src/domain/verdict.ts';
import { createWords } from '../../src/knowledge/wording.ts';
import { expected } from '../../src/expected.ts';
import { content } from '../support/fakes.ts';
import {
  about,
  anyFeature,
  anyHidden,
  anySnapshot,
  at,
  featureNamed,
  snapshot,
  without,
  type Member,
  type Values,
} from './snapshots.ts';

/** What each cause rests on, and values of it that prove the cause where the rest of it is healthy. */
const restsOn: Readonly<
  Record<string, { readonly members: readonly Member[]; readonly flips: readonly Partial<Values>[] }>
> = {
  'not-identified': {
    members: ['identity', 'membership', 'session'],
    flips: [
      { identity: 'anonymous' },
      { membership: 'not-in-account' },
      { membership: 'account-not-found' },
      { session: { state: 'expired', expiresAt: at - 1 } },
      { session: { state: 'revoked', expiresAt: null } },
    ],
  },
  'plan-lacks-feature': {
    members: ['entitlements'],
    flips: [{ entitlements: content.catalog.features.map(({ slug }) => ({ feature: slug, granted: false })) }],
  },
  'monthly-limit': {
    members: ['quotas'],
    flips: [{ quotas: [{ meter: 'tokens', used: 7, limit: 7, resetsAt: null }] }],
  },
  'payment-lapsed': { members: ['subscription'], flips: [{ subscription: 'unpaid' }, { subscription: 'paused' }] },
};
const needed = Object.values(restsOn).flatMap(({ members }) => members);
const healthy = snapshot();
const statusOf = ({ findings }: Verdict, slug: string) => findings.find((one) => one.cause === slug)?.status;
const others = ({ findings }: Verdict, slug: string) =>
  findings.filter(({ cause }) => cause !== slug && cause !== 'nothing-blocks');
const pick = (from: Snapshot, members: readonly Member[]) =>
  Object.fromEntries(members.map((member) => [member, from[member]])) as Partial<Snapshot>;

describe('a diagnosis, whatever the account', () => {
  for (const { slug } of causes)
    it(`turns ${slug} and nothing else when the fact it rests on turns`, () => {
      const { members = [], flips = [] } = restsOn[slug] ?? {};
      fc.assert(
        fc.property(anySnapshot, anyHidden, fc.constantFrom(...flips), (any, hidden, flip) => {
          const before = { ...without(any, hidden), ...pick(healthy, members) };
          const after = { ...before, ...pick(snapshot(flip), Object.keys(flip) as Member[]) };
          const [was, is] = [before, after].map((one) => diagnose(one, about(featureNamed('export'))));
          assert.ok(was && is);
          assert.deepEqual([statusOf(was, slug), statusOf(is, slug)], ['ruled-out', 'proved']);
          assert.deepEqual(others(was, slug), others(is, slug));
          assert.equal(statusOf(is, 'nothing-blocks'), 'ruled-out');
        }),
      );
    });

  it('proves and excludes nothing by what was not read', () => {
    fc.assert(
      fc.property(anySnapshot, anyHidden, anyFeature, (whole, hidden, feature) => {
        const before = diagnose(whole, about(feature));
        const after = diagnose(without(whole, hidden), about(feature));
        for (const { slug } of causes) {
          const { members = [] } = restsOn[slug] ?? {};
          assert.ok(['unknown', statusOf(before, slug)].includes(statusOf(after, slug)), slug);
          if (members.every((member) => hidden.includes(member))) assert.equal(statusOf(after, slug), 'unknown', slug);
        }
        if (needed.some((member) => hidden.includes(member))) assert.notEqual(after.lead?.cause, 'nothing-blocks');
      }),
    );
  });

  it('leads with nothing-blocks only where every cause is ruled out', () => {
    fc.assert(
      fc.property(anySnapshot, anyHidden, anyFeature, (whole, hidden, feature) => {
        const { lead, findings } = diagnose(without(whole, hidden), about(feature));
        const all = findings.every(({ cause, status }) => status === 'ruled-out' || cause === 'nothing-blocks');
        assert.equal(lead?.cause === 'nothing-blocks', all);
      }),
    );
  });

  it('names a declared variant for every finding, with at least the facts that it declares', () => {
    fc.assert(
      fc.property(anySnapshot, anyHidden, anyFeature, (whole, hidden, feature) => {
        for (const finding of diagnose(without(whole, hidden), about(feature)).findings) assertDeclared(finding);
      }),
      { numRuns: 500 },
    );
  });

  it('has words for every finding and every verdict', () => {
    const words = createWords(content, 'https://help.test', 'Europe/Berlin');
    fc.assert(
      fc.property(anySnapshot, anyHidden, anyFeature, (whole, hidden, feature) => {
        const verdict = diagnose(without(whole, hidden), about(feature));
        const told = [...verdict.findings.map((one) => words.proof(one, verdict)), words.verdict(verdict)];
        for (const text of told) assert.doesNotMatch(text, /\{\{|undefined|\[object|NaN/);
      }),
    );
  });

  it('says the same words a thousand times, and leaves what it read as it was', () => {
    const words = createWords(content, 'https://help.test', 'Europe/Berlin');
    fc.assert(
      fc.property(anySnapshot, anyHidden, anyFeature, (whole, hidden, feature) => {
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

function assertDeclared({ cause, status, as, facts }: Finding): void {
  const shape = expected.causes.find((one) => one.slug === cause);
  const nothing: Readonly<Record<string, readonly string[]>> = { always: [] };
  const declared = { proved: shape?.proves, 'ruled-out': shape?.excludes, unknown: nothing }[status]?.[as];
  assert.ok(declared, `${cause} does not declare ${status} as "${as}"`);
  for (const fact of declared) assert.ok(fact in facts, `${cause} ${status} as "${as}" lacks ${fact}`);
}
