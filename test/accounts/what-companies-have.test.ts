import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { absences, absenceWords, type Absence } from '../../src/accounts/absences.ts';
import { accountApiMembers } from '../../src/accounts/account-api-facts.ts';
import { readConfig } from '../../src/config.ts';
import type { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import { createWords } from '../../src/knowledge/wording.ts';
import { content, fakeClock } from '../support/fakes.ts';
import { validAnswer } from './fixture.ts';
import { look } from './look.ts';
import { examplesOf, published, validatorOf } from './published.ts';

const clock = fakeClock();
const words = createWords(content, 'https://help.test', undefined, 'customer', clock);

const missed = (snapshot: Snapshot) =>
  accountApiMembers.filter((member) => {
    const fact = snapshot[member];
    return !fact.known && fact.why !== 'not-connected';
  });
const statusOf = ({ findings }: ReturnType<typeof diagnose>, slug: string) =>
  findings.find(({ cause }) => cause === slug)?.status ?? 'off the list';
const example = (name: string) => new Map(examplesOf('200')).get(name) ?? assert.fail(name);
const theLeast = example('the-least') as { readonly hasNo: readonly Absence[] };

/** What each example of the document tells, for a feature. */
const told: Readonly<Record<string, { feature: string; leads: string | null; words: RegExp; doubts?: string[] }>> = {
  'the-least': { feature: 'export', leads: 'nothing-blocks', words: /all of it allows Export/ },
  'without-limits': { feature: 'assistant', leads: 'no-seat', words: /No seat is assigned to you\./ },
  'canceled-but-paid': { feature: 'export', leads: null, words: /canceled, and paid until 30 November at 23:59 UTC/ },
  'day-and-month': {
    feature: 'export',
    leads: 'monthly-limit',
    words: /^\*\*Your daily limit blocks Export\.\*\* 100 of 100 tokens are used; .* 23 November at 00:00 UTC/,
  },
  'a-slow-change': { feature: 'reports', leads: 'still-propagating', words: /until 22 November at 10:42 UTC to reach/ },
  'an-unlisted-meter': {
    feature: 'export',
    leads: null,
    words: /I could not check your monthly usage/,
    doubts: ['entitlements[].roles'],
  },
};

describe('what companies have and have not', () => {
  for (const [name, body] of examplesOf('200').filter(([one]) => one in told))
    it(`is told as the example ${name} has it`, async () => {
      const { feature, leads, words: expected, doubts = [] } = told[name] ?? assert.fail(name);
      assert.ok(validatorOf('Access', { closed: true })(body));
      const { on, counted } = await look(body);
      assert.equal(on(feature).primary?.cause ?? null, leads);
      assert.match(words.verdict(on(feature)), expected);
      assert.deepEqual(counted, doubts);
    });

  it('has an example for each in the document', () => {
    const whole = ['over-the-limit', 'just-upgraded'];
    assert.deepEqual(
      examplesOf('200').map(([name]) => name),
      [...whole, ...Object.keys(told)],
    );
  });

  it('is nobody’s fault: without saying so the same customer hears that it could not be checked', async () => {
    const { on } = await look({ ...theLeast, hasNo: undefined });
    assert.equal(on('export').primary, null);
    assert.match(words.verdict(on('export')), /I could not check your session, .* and \d more/);
  });

  it('may be said in the settings as well', async () => {
    const { hasNo, ...silent } = theLeast;
    const { on, counted } = await look(silent, { hasNo });
    assert.equal(on('export').primary?.cause, 'nothing-blocks');
    assert.deepEqual(counted, []);
    const { sources } = readConfig({
      ...{ DEMO: '1', ACCOUNT_API_URL: 'https://api.example.com', ACCOUNT_API_KEY: 'key' },
      ACCOUNT_API_HAS_NO: 'seats, trials sessions',
    });
    assert.deepEqual(sources.accountApi?.hasNo, ['seats', 'trials', 'sessions']);
    assert.throws(
      () =>
        readConfig({
          DEMO: '1',
          ACCOUNT_API_URL: 'https://a.example',
          ACCOUNT_API_KEY: 'k',
          ACCOUNT_API_HAS_NO: 'seat',
        }),
      /ACCOUNT_API_HAS_NO is not valid: it should be what your company does not have, of sessions roles seats/,
    );
  });

  it('is missed by nobody where the API fails or does not know the customer', async () => {
    for (const [status, body] of [
      [503, ''],
      [404, { error: { code: 'user_not_in_account' } }],
    ] as const) {
      const { snapshot } = await look(body, { status, hasNo: ['seats', 'trials', 'payments'] });
      for (const member of ['seat', 'seats', 'trialEndsAt', 'subscription'] as const)
        assert.deepEqual(snapshot[member], { ...snapshot[member], known: false, why: 'not-connected' });
    }
  });

  const without: Readonly<Record<Absence, object>> = {
    sessions: { user: { ...validAnswer.user, session: undefined } },
    roles: { user: { ...validAnswer.user, role: undefined } },
    seats: { user: { ...validAnswer.user, seat: undefined }, seats: undefined },
    plans: { subscription: { ...validAnswer.subscription, plan: undefined, changedAt: undefined } },
    changes: { subscription: { ...validAnswer.subscription, changedAt: undefined } },
    payments: { subscription: { ...validAnswer.subscription, status: undefined } },
    trials: { subscription: { ...validAnswer.subscription, trialEndsAt: undefined } },
    suspensions: { account: { ...validAnswer.account, status: undefined } },
    entitlements: { entitlements: undefined },
    quotas: { usage: validAnswer.usage.filter(({ kind }) => kind !== 'quota') },
    rates: { usage: undefined },
    credits: { usage: [] },
  };
  for (const word of absenceWords)
    it(`takes what there is none of off the list, and nothing else: ${word}`, async () => {
      const { snapshot, counted } = await look({ ...validAnswer, ...without[word], hasNo: [word] });
      for (const member of absences[word])
        assert.deepEqual([member, snapshot[member].known ? 'known' : snapshot[member].why], [member, 'not-connected']);
      const others = word === 'rates' ? ['quotas', 'credits'] : [];
      assert.deepEqual(missed(snapshot), others);
      assert.deepEqual(counted, []);
    });

  it('leaves what is malformed unknown, and what is told known, whatever there is none of', async () => {
    const hasNo = fc.subarray([...absenceWords]);
    await fc.assert(
      fc.asyncProperty(hasNo, hasNo, async (said, set) => {
        const whole = await look({ ...validAnswer, hasNo: said }, { hasNo: set });
        assert.deepEqual(missed(whole.snapshot), []);
        for (const member of accountApiMembers) assert.ok(whole.snapshot[member].known, member);
        const odd = { user: { ...validAnswer.user, seat: 'odd', role: 7 }, seats: 'many', usage: 'lots' };
        const broken = await look({ ...validAnswer, ...odd, hasNo: said }, { hasNo: set });
        assert.deepEqual(missed(broken.snapshot), ['role', 'seat', 'seats', 'quotas', 'rates', 'credits']);
      }),
      { numRuns: 100 },
    );
  });

  it('is described word by word in the document', () => {
    const { items, description = '' } = published.components.schemas.Access?.properties?.hasNo ?? {};
    assert.deepEqual(items?.enum, absenceWords);
    for (const word of absenceWords) assert.ok(description.includes(`\`${word}\``), word);
    const prose = readFileSync(join(import.meta.dirname, '../../docs/account-api.md'), 'utf8');
    const settings = readFileSync(join(import.meta.dirname, '../../.env.example'), 'utf8').replaceAll('\n# ', ' ');
    assert.ok(settings.includes(absenceWords.join(' ')));
    for (const word of absenceWords) assert.ok(prose.includes(`\`${word}\``), word);
  });
});

describe('the words of docs/account-api.md', () => {
  const prose = readFileSync(join(import.meta.dirname, '../../docs/account-api.md'), 'utf8');
  const parts = [...prose.matchAll(/```json\n([^]*?)```/g)].map(([, text = '']) => JSON.parse(text) as object);
  const isValid = validatorOf('Access', { closed: true });

  it('have an answer for each thing that companies have, which our client reads without a doubt', async () => {
    assert.ok(parts.length >= 7, `${parts.length} examples`);
    for (const part of parts) {
      const { account, user } = part as { account?: object; user?: object };
      const body = { ...part, account: { id: 'acct_42', ...account }, user: { id: 'usr_7', ...user } };
      assert.ok(isValid(body), JSON.stringify([part, isValid.errors]));
      const { counted } = await look(body);
      assert.deepEqual(counted, [], JSON.stringify(part));
    }
  });
});

describe('a meter that the usage does not list', () => {
  it('is unknown, though another one is listed, and is not where a kind of it is', async () => {
    const [{ on }, listed] = await Promise.all([
      look(example('an-unlisted-meter')),
      look({ ...example('an-unlisted-meter'), usage: [{ meter: 'tokens', kind: 'rate' }] }),
    ]);
    assert.equal(statusOf(on('export'), 'monthly-limit'), 'unknown');
    assert.equal(statusOf(on('api'), 'monthly-limit'), 'ruled-out');
    assert.equal(statusOf(listed.on('export'), 'monthly-limit'), 'ruled-out');
  });

  it('is unknown beside a list of no role, which says neither nobody nor everybody', async () => {
    const { on } = await look(example('an-unlisted-meter'));
    assert.equal(statusOf(on('audit-log'), 'role-lacks-permission'), 'unknown');
  });
});

describe('what has no limit', () => {
  it('blocks nothing, with words that say so', async () => {
    const { on } = await look(example('without-limits'));
    const proofOf = (slug: string, cause: string) => {
      const verdict = on(slug);
      const finding = verdict.findings.find((one) => one.cause === cause) ?? assert.fail(cause);
      return words.proof(finding, verdict);
    };
    assert.equal(proofOf('assistant', 'monthly-limit'), 'There is no limit on tokens in this account.');
    assert.equal(proofOf('export', 'monthly-limit'), 'There is no limit on Export in this account.');
    assert.equal(statusOf(on('assistant'), 'credit-exhausted'), 'ruled-out');
    assert.equal(proofOf('export', 'credit-exhausted'), 'No prepaid credit counts for Export in this account.');
  });
});
