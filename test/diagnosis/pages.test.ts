import assert from 'node:assert/strict';
import { causes } from '../../src/diagnosis/causes/index.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { CausePage } from '../../src/domain/content.ts';
import { createWords } from '../../src/knowledge/wording.ts';
import { content } from '../support/fakes.ts';
import { causeTable } from './cause-table.ts';
import { about, entitled, featureNamed, snapshot, without } from './snapshots.ts';

const words = createWords(content, 'https://help.test', 'Europe/Berlin', 'customer');
const agents = createWords(content, 'https://help.test', undefined, 'agents');

/** Everything that anybody reads of a page, and of the steps that it reads back. */
function textsOf(page: CausePage): readonly string[] {
  const { proved, waiting, sendOn, body, alone, agentNext, article, steps } = page;
  const read = content.articles.get(article)?.steps.filter(({ id }) => Object.values(steps).flat().includes(id)) ?? [];
  const told = [...Object.values(proved), ...Object.values(waiting), body, alone ?? '', ...Object.values(agentNext)];
  return [...told, ...read.map(({ text }) => text), ...Object.values(sendOn)];
}

/** How often a verdict says something, without the message to send on and when it was read. */
function timesTold(told: string, value: string): number {
  const own = told.replaceAll(/^>.*$|^\*Read from.*$/gm, '');
  return own.split(new RegExp(`(?<![\\d:,])${value}(?![\\d:]|,\\d)`)).length - 1;
}

const pageOf = (slug: string) => content.causes.get(slug) ?? assert.fail(`there is no page "${slug}"`);

/** As proposals call those who can fix a cause; what is ours to do is told as it is. */
const fixerNames: Readonly<Record<string, RegExp>> = {
  you: /\bthe customer\b/i,
  'workspace-admin': /\bworkspace admin\b/,
  'billing-owner': /\bbilling owner\b/,
};

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

  for (const { slug, proves } of written)
    for (const variant of Object.keys(proves))
      it(`proposes to the agent what whoever can fix it does: ${slug}, ${variant}`, () => {
        const { agentNext, fixes } = pageOf(slug);
        const fixer = fixes[variant] ?? fixes.always ?? 'us';
        const proposal = agentNext[variant] ?? agentNext.always ?? '';
        const others = Object.entries(fixerNames).filter(([who]) => who !== fixer && who !== 'you');
        assert.match(proposal, fixerNames[fixer] ?? /^[A-Z]/);
        for (const [who, name] of others) assert.doesNotMatch(proposal, name, `${who} is not who can fix it`);
      });

  it('has a step wherever the customers themselves can fix it', () => {
    for (const { slug, fixes, steps } of content.causes.values())
      for (const [variant, who] of Object.entries(fixes))
        if (who === 'you') assert.notEqual((steps[variant] ?? steps.always ?? []).length, 0, slug);
  });

  it('says until when waiting helps, or tells it in the proof, wherever a fact tells', () => {
    const time = /\{\{(?:resetsAt|retryAt|allowedAt|until)\}\}/;
    for (const { slug, proves } of written)
      for (const [variant, facts] of Object.entries(proves)) {
        const { waiting, body, proved } = pageOf(slug);
        const known = facts.some((fact) => time.test(`{{${fact}}}`));
        const told = body.replace('{{proof}}', proved[variant] ?? '') + (waiting[variant] ?? waiting.always ?? '');
        assert.equal(time.test(told), known, `${slug}, ${variant}`);
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
    assert.match(pageOf('role-lacks-permission').alone ?? '', /Upgrading the plan will not help/);
  });

  it('does not explain how a suspended account was found', () => {
    const { agentNext, ...page } = pageOf('account-suspended');
    for (const text of Object.values(agentNext)) assert.match(text, /Do not explain/);
    for (const text of textsOf({ ...page, agentNext: {} }))
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
        const { fixes } = pageOf(slug);
        const fixer = fixes[variant] ?? fixes.always ?? 'us';
        const isAlone = verdict.findings.filter(({ status }) => status === 'proved').length === 1;
        assert.match(told, /\*Read from .+ on 22 November at 11:1\d your time/);
        assert.match(told, /\*\*Who can fix it:\*\* /);
        if (isAlone) assert.match(told, /\*\*Waiting (?:helps|does not change this)[,:]\*\* /);
        else assert.match(told, /\*\*One change is enough:|\*\*All of this is needed:/);
        if (!isAlone) return;
        assert.equal(/^> .+/m.test(told), fixer !== 'you' && fixer !== 'us');
        if (fixer !== 'you' && fixer !== 'us') assert.match(told, /^> .*(?:Export|what I tried to use).*Could you /m);
        const facts = Object.values(primary.facts).map((value) => words.value(value));
        for (const fact of facts)
          assert.equal(timesTold(told, fact), facts.filter((one) => one === fact).length, `“${fact}” once: ${told}`);
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

  it('names no cause in its first words where nothing was found, and nothing green', () => {
    const told = words.verdict(diagnose(snapshot(), about(featureNamed('export'))));
    assert.match(told, /^\*\*No cause found in your account\.\*\*/);
  });

  it('is without a feature what is possible, of what it is and of what it is not', () => {
    const quotas = [{ meter: 'tokens', used: 500_000, limit: 500_000, resetsAt: null }];
    const verdict = diagnose(snapshot({ quotas }), about(null));
    const told = '500,000 of 500,000 tokens are used. That blocks Export and AI assistant, not ';
    assert.equal(verdict.primary, null);
    assert.ok(words.possible(verdict)?.startsWith(`${told}API access, Reports, `), words.possible(verdict) ?? '');
    assert.ok(words.verdict(verdict).startsWith(told));
    assert.match(words.verdict(verdict), /\*Read from your account on /);
    assert.doesNotMatch(words.verdict(verdict), /could not/i);
  });

  it('is without a feature no list of what is spared where nothing is', () => {
    const quotas = [{ meter: 'tokens', used: 5, limit: 5, resetsAt: null }];
    const entitlements = ['export', 'assistant'].map((feature) => ({ feature, granted: true, roles: null }));
    const verdict = diagnose(snapshot({ quotas, entitlements }), about(null));
    assert.equal(words.possible(verdict), '5 of 5 tokens are used. That blocks Export and AI assistant.');
  });

  it('is without a feature that nothing blocks the whole account, and what could not be read, as far as each is true', () => {
    const open = snapshot({ entitlements: entitled({ granted: false }) });
    const tell = (given: typeof open) => words.verdict(diagnose(given, about(null)));
    assert.match(tell(open), /^\*\*Nothing blocks your whole account\.\*\* I checked our status page, your session/);
    assert.doesNotMatch(tell(open), /could not/i);
    assert.match(
      tell(without(open, ['seat'], 'not-read')),
      /I could not check your seat and recent changes|I could not check your seat\./,
    );
    const both = without(snapshot({ role: 'viewer' }), ['seat'], 'not-read');
    assert.match(tell(both), /^Your role is viewer\. That blocks Export.+\n\nI could not check your seat/);
  });

  it('lists everything that was checked when nothing blocks', () => {
    const told = words.verdict(diagnose(snapshot(), about(featureNamed('export'))));
    for (const { slug } of written) assert.ok(told.includes(pageOf(slug).checks ?? '-'), slug);
  });
});

describe('the words for customers and those for agents', () => {
  const rows = Object.values(causeTable).flat();
  const proofs = (of: typeof words) =>
    rows.flatMap(({ given, feature }) =>
      of.findings(diagnose(given, about(feature === null ? null : featureNamed(feature)))).map(({ fact }) => fact),
    );

  it('speak to a customer, without the words of the code', () => {
    for (const fact of proofs(words)) {
      assert.doesNotMatch(fact, /entitle|this user|the user|of this person|this feature|the customer/i, fact);
      assert.doesNotMatch(fact, /\b[a-z]+-[a-z]+-?[a-z]*\b(?<!short-term|sign-in|sign-on)|_/, fact);
    }
  });

  it('speak of a customer to agents', () => {
    for (const fact of proofs(agents)) assert.doesNotMatch(fact, /\byou(?:r|’re)?\b|entitle/i, fact);
  });

  it('tell nobody what only a feature tells', () => {
    const { findings } = diagnose(snapshot({ entitlements: entitled({ granted: false }) }), about(null));
    const open = findings.filter(({ status }) => status === 'needs-feature').map(({ cause }) => cause);
    assert.deepEqual(open, ['plan-lacks-feature', 'nothing-blocks']);
    for (const one of [words, agents]) {
      const told = one.findings(diagnose(snapshot({ entitlements: entitled({ granted: false }) }), about(null)));
      assert.ok(told.every(({ cause, fact }) => !open.includes(cause) && fact !== ''));
    }
  });
});

describe('who can fix it', () => {
  const tell = (role: string | null, differs: Parameters<typeof snapshot>[0]) => {
    const given = role === null ? without(snapshot(differs), ['role']) : snapshot({ ...differs, role });
    return /\*\*Who can fix it:.*/.exec(words.verdict(diagnose(given, about(featureNamed('export')))))?.[0];
  };
  const seat = { seat: 'none' } as const;
  const unpaid = { subscription: 'unpaid' } as const;
  const entitlements = entitled();
  const table = [
    ['member', seat, 'your workspace admin. Here is a message for them:'],
    [null, seat, 'your workspace admin. If that’s not you, here is a message for them:'],
    ['admin', seat, 'you, as the workspace admin.'],
    ['Owner', seat, 'you, as the workspace admin.'],
    ['member', unpaid, 'your billing owner. Here is a message for them:'],
    [null, unpaid, 'your billing owner. If that’s not you, here is a message for them:'],
    ['admin', unpaid, 'your billing owner. If that’s not you, here is a message for them:'],
    ['billing-owner', unpaid, 'you, as the billing owner.'],
    ['billing', unpaid, 'you, as the billing owner.'],
  ] as const;
  for (const [role, differs, told] of table)
    it(`is ${told} for ${role ?? 'an unread role'}`, () => {
      assert.equal(tell(role, { ...differs, entitlements }), `**Who can fix it:** ${told}`);
    });
});
