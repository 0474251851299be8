import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { lexer, type Tokens } from 'marked';
import { stripeWords } from '../src/accounts/stripe/words.ts';
import { causes } from '../src/diagnosis/causes/index.ts';
import { subscriptionStatuses } from '../src/domain/snapshot.ts';
import { findPastedError } from '../src/language/pasted-error.ts';

interface Reason {
  readonly cause: string;
  readonly variant: string;
  readonly status: number;
  readonly oauth: string | null;
  readonly authzen: string;
  readonly stripe: readonly string[];
  readonly stigg: readonly string[];
  readonly aadsts: readonly string[];
}
interface Crosswalk {
  readonly schema: object;
  readonly reasons: readonly Reason[];
  readonly unmapped: readonly { readonly of: string; readonly word: string; readonly why: string }[];
}

const read = (file: string) => readFileSync(join(import.meta.dirname, '../docs', file), 'utf8');
const crosswalk = JSON.parse(read('crosswalk.json')) as Crosswalk;

/** The tables of the page, as the texts of their cells, by the heading above each. */
const tables = new Map<string, string[][][]>();
let heading = '';
for (const token of lexer(read('coverage.md'))) {
  if (token.type === 'heading') heading = (token as Tokens.Heading).text;
  if (token.type !== 'table') continue;
  const rows = (token as Tokens.Table).rows.map((row) => row.map(({ text }) => text));
  tables.set(heading, [...(tables.get(heading) ?? []), rows]);
}
const tableOf = (name: string, place = 0) =>
  tables.get(name)?.[place] ?? assert.fail(`docs/coverage.md has no ${name}`);
const inCode = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(', ') || '–';

// https://docs.stigg.io/api-and-sdks/api-reference/types/entitlement
const stiggReasons = [
  'BudgetExceeded',
  'CustomerIsArchived',
  'CustomerNotFound',
  'CustomerResourceNotFound',
  'EntitlementNotFound',
  'FeatureNotFound',
  'FeatureTypeMismatch',
  'InsufficientCredits',
  'NoActiveSubscription',
  'NoFeatureEntitlementInSubscription',
  'RequestedUsageExceedingLimit',
  'RequestedValuesMismatch',
  'Revoked',
  'Unknown',
];

describe('what locks people out', () => {
  it('is told of every cause, in the order of the list, and of nothing that is none', () => {
    const told = tableOf('Proved').map(([, slug]) => slug);
    assert.deepEqual(
      told,
      causes.map(({ slug }) => `\`${slug}\``),
      'write the row of the cause in docs/coverage.md',
    );
  });

  it('is told with its fact, or with why it is not proved', () => {
    for (const row of [...tableOf('Proved'), ...tableOf('Not proved')])
      for (const cell of row) assert.notEqual(cell.trim(), '', row.join(' | '));
  });

  it('is called something elsewhere, for every variant of every cause', () => {
    const all = causes.flatMap(({ slug, proves }) => Object.keys(proves).map((variant) => `${slug} ${variant}`));
    const told = crosswalk.reasons.map(({ cause, variant }) => `${cause} ${variant}`);
    assert.deepEqual(told, all, 'write the rows of the cause in docs/crosswalk.json');
  });
});

describe('the crosswalk', () => {
  it('follows the schema that it states', () => {
    const isReason = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(crosswalk.schema);
    for (const reason of crosswalk.reasons) assert.ok(isReason(reason), JSON.stringify([reason, isReason.errors]));
  });

  it('is the same as a table and as JSON', () => {
    const rows = crosswalk.reasons.map((one) => [
      ...[inCode([one.cause]), inCode([one.variant]), String(one.status)],
      ...[one.oauth === null ? '–' : inCode([one.oauth]), one.authzen],
      ...[one.stripe, one.stigg, one.aadsts].map(inCode),
    ]);
    assert.deepEqual(tableOf('Crosswalk'), rows);
    const others = crosswalk.unmapped.map(({ of, word, why }) => [of, inCode([word]), why]);
    assert.deepEqual(tableOf('Crosswalk', 1), others);
  });

  it('has every status of a subscription, every reason of a pause, and every reason of Stigg’s', () => {
    const wordsOf = (of: 'stripe' | 'stigg') => [
      ...crosswalk.reasons.flatMap((one) => one[of]),
      ...crosswalk.unmapped.filter((one) => one.of === of).map(({ word }) => word),
    ];
    const pauses = Object.keys(stripeWords.pauseReason).map((reason) => `paused:${reason}`);
    const stripe = wordsOf('stripe');
    const missing = [...subscriptionStatuses, ...pauses].filter((word) => !stripe.includes(word));
    assert.deepEqual(missing, []);
    assert.deepEqual([...new Set(wordsOf('stigg'))].sort(), stiggReasons);
  });

  it('calls nothing a reason that is named as none', () => {
    for (const { of, word } of crosswalk.unmapped)
      for (const { stripe, stigg, oauth } of crosswalk.reasons)
        assert.ok(![...stripe, ...stigg, oauth].includes(word), `${of}: ${word}`);
  });
});

describe('a pasted error', () => {
  const words = (of: (reason: Reason) => readonly string[]) => [...new Set(crosswalk.reasons.flatMap(of))];
  for (const word of words(({ aadsts, oauth }) => [...aadsts, ...(oauth === null ? [] : [oauth])]))
    it(`hints at no other cause than the crosswalk has for it: ${word}`, () => {
      const told = crosswalk.reasons.filter(({ aadsts, oauth }) => aadsts.includes(word) || oauth === word);
      const hinted = findPastedError(`{"error":"${word}"}`)?.cause ?? null;
      if (hinted !== null)
        assert.ok(
          told.some(({ cause }) => cause === hinted),
          hinted,
        );
    });
});
