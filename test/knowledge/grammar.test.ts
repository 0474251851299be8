import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { ticketFacts } from '../../dialogs/ticket-facts.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { placeholdersOf } from '../../src/knowledge/fill.ts';
import { createWords } from '../../src/knowledge/wording.ts';
import { at, entitled, featureNamed, minute, reset, snapshot } from '../diagnosis/snapshots.ts';
import { content } from '../support/fakes.ts';
import { rounds } from '../support/rounds.ts';

const meters = [
  { slug: 'exports', name: 'exports', one: 'export', synonyms: [] },
  { slug: 'storage', name: 'storage', unit: 'GB', synonyms: [] },
];
const catalog = { ...content.catalog, meters };
const [customer, agents] = (['customer', 'agents'] as const).map((audience) =>
  createWords({ ...content, catalog }, 'https://help.test', undefined, audience),
);
assert.ok(customer && agents);

/** What nobody writes, with one, none or many of what can be counted, and with what cannot. */
const wrong =
  /(?<![\d.,])1 (?:exports|seats|things|times|requests)\b|(?<![\d.,])(?!1 )[\d.,]*\d (?:export|seat|thing|time)\b|(?<!of |and )\bstorage are\b|\b(?:No|prepaid) exports is\b|(?<![\d.,])1 of [\d,]+ (?:\S+ )?(?:of storage )?are\b|(?<![\d.,])(?!1 )[\d.,]*\d of [\d,]+ (?:\S+ )?(?:of storage )?is\b|\d storage\b/;

const count = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(0, 1, 2) }, { weight: 1, arbitrary: fc.nat(2_000_000) });
const meter = fc.constantFrom('exports', 'storage');
const accounts = fc.record({
  quotas: fc.array(fc.record({ meter, used: count, limit: count, resetsAt: fc.constantFrom(null, reset) })),
  rates: fc.array(fc.record({ meter, retryAt: fc.constantFrom(null, at + minute) }), { maxLength: 1 }),
  credits: fc.array(fc.record({ meter, remaining: fc.option(count), spent: fc.option(count), cap: fc.option(count) }), {
    maxLength: 2,
  }),
  seat: fc.constantFrom('assigned' as const, 'none' as const),
  seats: fc.record({ used: count, total: count }),
});

describe('what is counted', () => {
  it('is told in the singular and the plural as it should be, whatever the numbers and the meters', () => {
    const feature = { ...featureNamed('export'), meters: ['exports', 'storage'] };
    const features = [feature, { ...featureNamed('api'), meters: ['storage'] }, featureNamed('reports')];
    const seen = new Set<string>();
    fc.assert(
      fc.property(accounts, fc.constantFrom(feature, null), (values, about) => {
        const given = snapshot({ ...values, entitlements: entitled() });
        const verdict = diagnose(given, { feature: about, catalog: { ...catalog, features } });
        const told = [
          customer.verdict(verdict),
          customer.possible(verdict) ?? '',
          ...[customer, agents].flatMap((one) => one.findings(verdict).map(({ fact }) => fact)),
          ...ticketFacts(given, about?.slug ?? null, agents).map(({ value }) => value ?? ''),
          ...values.quotas.map(({ meter, used, limit }) =>
            customer.line('your-usage', { meter: { meter }, used, limit }),
          ),
        ].join('\n');
        const found = wrong.exec(told);
        assert.equal(found, null, `“${found?.[0] ?? ''}” in: ${told}`);
        for (const [form] of told.matchAll(
          /\b1 export\b|\b1 seat\b|GB of storage|storage is|exports are|1 of \d+ export/g,
        ))
          seen.add(form);
      }),
      { numRuns: rounds(2_000) },
    );
    for (const form of ['1 export', '1 seat', 'GB of storage', 'storage is', 'exports are'])
      assert.ok(seen.has(form), form);
  });

  it('never stands in a text of content/ with a verb or a noun that fits one number alone', () => {
    const root = join(import.meta.dirname, '../../content');
    const files = ['replies.yaml', ...readdirSync(join(root, 'causes')).map((file) => `causes/${file}`)];
    for (const file of files)
      for (const line of readFileSync(join(root, file), 'utf8').split('\n')) {
        if (placeholdersOf(line).length === 0) continue;
        const bare =
          /\{\{(?:meter|used|limit|spent|cap|taken|places|count|checks)\}\} (?:is|are|was|were|seats?|things?|has|have)\b/.exec(
            line,
          );
        // “of” makes something else the subject: the limit of the tokens is reached.
        const isSubject =
          bare &&
          !/\b(?:limits? of|cap for|credit for) \{\{meter\}\} \w+$/.test(line.slice(0, bare.index + bare[0].length));
        assert.ok(!isSubject, `${file}: ${line.trim()}`);
      }
  });
});
