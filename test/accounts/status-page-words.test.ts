import assert from 'node:assert/strict';
import fc from 'fast-check';
import { marked, type Token } from 'marked';
import { plainLine } from '../../src/accounts/status-page/plain-line.ts';
import { createStatusPageSource } from '../../src/accounts/status-page/index.ts';
import { codeOf } from '../../src/domain/errors.ts';
import { changed } from '../support/changes.ts';
import { fakeClock } from '../support/fakes.ts';
import { catalog, pageUrl, statusPageWith, summaryWith } from '../support/status-page.ts';
import { getFrom } from './far-end.ts';
import { rounds } from '../support/rounds.ts';

const table: readonly (readonly [string, string, string])[] = [
  ['words as they are', 'Exports fail (EU): 500 errors, ticket #12', 'Exports fail (EU): 500 errors, ticket #12'],
  ['other scripts', 'エクスポートの障害 – café', 'エクスポートの障害 – café'],
  ['an accent that stands alone', 'cafe\u0301', 'caf\u00e9'],
  ['emphasis', '**Export** is _down_ and ~~slow~~', 'Export is down and slow'],
  ['code', '`api` ``down``', 'api down'],
  ['a link', '[Click](https://evil.test) now', 'Click (https evil.test) now'],
  ['an image', '![x](https://evil.test/x.png)', '! x (https evil.test/x.png)'],
  ['HTML', '<img src=x onerror=alert(1)> Export', 'img src=x onerror=alert(1) Export'],
  ['a bare address', 'See https://evil.test or www.evil.test', 'See https evil.test or evil.test'],
  ['a mailbox', 'Write to help@evil.test', 'Write to help evil.test'],
  ['a heading', '## Export', 'Export'],
  ['a list', '- Export', 'Export'],
  ['a numbered list', '1. Export', 'Export'],
  ['a quotation', '> Export', 'Export'],
  ['a table', '| a | b |', 'a b'],
  ['a placeholder', '{{company}} is down', 'company is down'],
  ['lines', 'Export\n\n# down\r\n\tnow\u2028!', 'Export # down now !'],
  ['control characters', 'Ex\u0000port\u001b[31m', 'Ex port 31m'],
  ['characters that turn the text around', 'Export \u202Enwod\u202C', 'Export nwod'],
  ['characters of no width', 'Ex\u200Bport', 'Ex port'],
  ['nothing that is left', '***', ''],
];

describe('a text of the status page', () => {
  for (const [what, text, plain] of table) it(`is told plainly: ${what}`, () => assert.equal(plainLine(text), plain));

  it('has at most 120 characters, whole ones', () => {
    assert.equal(plainLine('x'.repeat(120)), 'x'.repeat(120));
    assert.equal(plainLine('x'.repeat(121)), `${'x'.repeat(119)}…`);
    assert.equal(plainLine('😀'.repeat(200)), `${'😀'.repeat(119)}…`);
  });

  it('draws nothing, whatever it is', () => {
    const piece = fc.constantFrom(
      ...'*_`~[]()<>{}|\\#-+=!.@:/&1 \n\tx'.split(''),
      'www.',
      'http://',
      'a@b.test',
      '<b>',
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((all) => all.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, (any) => {
        const drawn = kindsIn(marked.lexer(plainLine(any)));
        assert.deepEqual(
          drawn.filter((kind) => !['paragraph', 'text', 'space'].includes(kind)),
          [],
          plainLine(any),
        );
      }),
      { numRuns: rounds(5_000) },
    );
  });

  it('cannot be garbled into an incident that is not there', async () => {
    const at = fakeClock().now();
    const valid = summaryWith();
    const slugs = catalog.features.map(({ slug }) => slug);
    await fc.assert(
      fc.asyncProperty(changed(valid), async (summary) => {
        const get = getFrom(statusPageWith(summary));
        const options = { deadlineMs: 2_500, mostBytes: 1_048_576 };
        const reading = {
          at,
          warn: () => undefined,
          doubt: () => undefined,
          get: (url: string, headers: object) => get(url, { headers: { ...headers }, ...options }),
        };
        const read = createStatusPageSource({ url: pageUrl }, catalog).read(undefined as never, reading);
        const { incidents } = await read.catch((error: unknown) => {
          assert.equal(codeOf(error), 'account-garbage');
          return { incidents: undefined };
        });
        if (!incidents?.known) return;
        const names = [...summary.incidents, ...summary.scheduled_maintenances].map((one) =>
          plainLine(String(one.name)),
        );
        const parts = summary.components.map(
          (one) => `${plainLine(String(one.name))}: ${String(one.status).replace('_', ' ')}`,
        );
        for (const one of incidents.value) {
          assert.ok(
            [...names, ...parts, 'Incident'].includes(one.name) || one.name.startsWith('Component: '),
            one.name,
          );
          assert.ok(one.features === null || one.features.every((slug) => slugs.includes(slug)));
          assert.ok(one.since === null || one.since <= at);
        }
      }),
      { numRuns: rounds(1_000) },
    );
  });
});

function kindsIn(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token) => [token.type, ...('tokens' in token && token.tokens ? kindsIn(token.tokens) : [])]);
}
