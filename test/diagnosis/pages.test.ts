import assert from 'node:assert/strict';
import { causes } from '../../src/diagnosis/causes/index.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { CausePage } from '../../src/domain/content.ts';
import { createWords } from '../../src/knowledge/wording.ts';
import { content } from '../support/fakes.ts';
import { causeTable } from './cause-table.ts';
import { about, entitled, featureNamed, snapshot } from './snapshots.ts';

const words = createWords(content, 'https://help.test', 'Europe/Berlin');

/** Everything that anybody reads of a page, and of the steps that it reads back. */
function textsOf(page: CausePage): readonly string[] {
  const { proved, waiting, sendOn, body, agentNext, article, steps } = page;
  const read = content.articles.get(article)?.steps.filter(({ id }) => Object.values(steps).flat().includes(id)) ?? [];
  const told = [...Object.values(proved), ...Object.values(waiting), body, agentNext];
  return [...told, ...read.map(({ text }) => text), ...(sendOn === null ? [] : [sendOn])];
}

const pageOf = (slug: string) => content.causes.get(slug) ?? assert.fail(`there is no page "${slug}"`);

/** Those with a page: which one has none says test/diagnosis/complete.test.ts. */
const written = causes.filter(({ slug }) => content.causes.has(slug));

describe('the page of a cause', () => {
  for (const { slug, proves } of written) {
    it(`names what is looked at: ${slug}`, () => {
      assert.match(pageOf(slug).checks ?? '', /^[a-z]/);
    });

    for (const variant of Object.keys(proves))
      it(`says whether waiting helps: ${slug}, ${variant}`, () => {
        const { waiting } = pageOf(slug);
        assert.match(waiting[variant] ?? waiting.always ?? '', /^\*\*Waiting (helps|does not change this)[,:]\*\* /);
      });
  }

  it('has a step wherever the customers themselves can fix it', () => {
    for (const { slug, fixes, steps } of content.causes.values())
      for (const [variant, who] of Object.entries(fixes))
        if (who === 'you') assert.notEqual((steps[variant] ?? steps.always ?? []).length, 0, slug);
  });

  it('says until when waiting helps, wherever a fact tells', () => {
    const time = /\{\{(?:resetsAt|retryAt|allowedAt)\}\}/;
    for (const { slug, proves } of written)
      for (const [variant, facts] of Object.entries(proves)) {
        const { waiting } = pageOf(slug);
        const known = facts.some((fact) => time.test(`{{${fact}}}`));
        assert.equal(time.test(waiting[variant] ?? waiting.always ?? ''), known, `${slug}, ${variant}`);
      }
  });

  for (const slug of ['role-lacks-permission', 'no-seat', 'rate-limited', 'account-suspended'])
    it(`does not suggest an upgrade: ${slug}`, () => {
      const allowed =
        /Upgrading the plan will not help: the role decides\.|Do not offer an upgrade: it would not help\./g;
      for (const text of textsOf(pageOf(slug)))
        assert.doesNotMatch(text.replaceAll(allowed, ''), /upgrad|(?:higher|another|change|lowest) ?plan|buy/i);
    });

  it('says of a role that upgrading will not help', () => {
    assert.match(pageOf('role-lacks-permission').body, /Upgrading the plan will not help/);
  });

  it('does not explain how a suspended account was found', () => {
    const { agentNext, ...page } = pageOf('account-suspended');
    assert.match(agentNext, /Do not explain/);
    for (const text of textsOf({ ...page, agentNext: '' }))
      assert.doesNotMatch(text, /detect|rule|fraud|abuse|spam|violat|suspicious|because/i);
  });

  it('feels nothing, blames nobody and promises nothing', () => {
    for (const page of content.causes.values())
      for (const text of textsOf(page))
        assert.doesNotMatch(
          text,
          /sorry|unfortunately|frustrat|understand how|apolog|your (?:fault|mistake)|promise|guarantee/i,
        );
  });
});

describe('what a customer is told of a cause', () => {
  for (const [slug, rows] of Object.entries(causeTable))
    for (const { when, given, feature, is, variant } of rows) {
      if (is !== 'proved') continue;
      it(`is what, why, since when, who and how: ${slug} when ${when}`, () => {
        const verdict = diagnose(given, about(feature === null ? null : featureNamed(feature)));
        const primary = verdict.findings.find((one) => one.cause === slug && one.status === 'proved') ?? null;
        assert.ok(primary);
        const told = words.verdict({ ...verdict, primary });
        const { fixes, sendOn } = pageOf(slug);
        const fixer = fixes[variant] ?? fixes.always;
        assert.ok(told.includes(words.proof(primary, verdict)), 'the fact');
        assert.match(told, /\*Read from .+ on 22 November at 11:1\d your time \(10:1\d UTC\)\.\*/);
        assert.match(told, /\*\*Who can fix it:\*\* /);
        assert.match(told, /\*\*Waiting (?:helps|does not change this)[,:]\*\* /);
        const sends = fixer !== 'you' && fixer !== 'us';
        assert.equal(/^> .+/m.test(told), sends);
        if (sends) assert.match(told, /^> .*(?:Export|this feature).*Could you /m, sendOn ?? '');
      });
    }

  it('of a wrong account tells nothing of the other one', () => {
    const other = ['export', 'sso', 'audit-log'];
    const given = snapshot({ entitlements: entitled({ granted: false }), otherAccountFeatures: other });
    const same = snapshot({ entitlements: entitled({ granted: false }), otherAccountFeatures: ['export'] });
    const [told, plain] = [given, same].map((one) => words.verdict(diagnose(one, about(featureNamed('export')))));
    assert.equal(told, plain);
  });

  it('warns of a payment that is past due, and does not call it the reason', () => {
    const verdict = diagnose(snapshot({ subscription: 'past_due' }), about(featureNamed('export')));
    assert.equal(verdict.primary?.cause, 'nothing-blocks');
    assert.match(words.verdict(verdict), /\*\*Not the reason, but good to know:\*\* A payment is past due\./);
  });

  it('lists everything that was checked when nothing blocks', () => {
    const told = words.verdict(diagnose(snapshot(), about(featureNamed('export'))));
    for (const { slug } of written) assert.ok(told.includes(pageOf(slug).checks ?? '-'), slug);
  });
});
