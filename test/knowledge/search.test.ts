import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { createSearch } from '../../src/knowledge/search.ts';
import { content } from '../support/fakes.ts';

const search = createSearch(content);
const found = (question: string) => search(question)?.article.slug ?? null;

const told = (one: ReturnType<typeof search>) => (one ? `${one.article.slug}${one.isCertain ? '!' : '?'}` : '-');

describe('the search', () => {
  const table = {
    'export-your-data': [
      'how do I export my data',
      'can I download a dashboard as CSV',
      'Where is the export button?',
      'save a report as pdf',
    ],
    'get-an-api-key': [
      'how do I get an API key',
      'create api keys',
      'where can my own programs read our data with a key',
      'revoke an API key',
    ],
    'invite-a-teammate': [
      'how can I invite a colleague',
      'add a teammate to the workspace',
      'how do I send invitations',
      'invite new members',
    ],
    'change-your-plan': [
      'how do I upgrade my plan',
      'downgrade the plan',
      'where can I change our plan',
      'who is a billing owner',
    ],
    'understand-your-usage': [
      'where can I see how much I have used',
      'how do I set an alert before a limit is reached',
      'see our usage',
      'when does the usage reset',
    ],
    'access-denied': ['what does the access denied error mean', 'troubleshooting acces denied'],
  };
  for (const [slug, questions] of Object.entries(table))
    for (const question of questions)
      it(`answers "${question}" with ${slug}`, () => {
        assert.equal(found(question), slug);
      });

  for (const nonsense of ['', '   ', '?!', 'xyzzy plugh', 'how do I', 'the of and', 'qwertzuiop', '🦄', '\0'])
    it(`finds nothing for ${JSON.stringify(nonsense)}`, () => {
      assert.equal(found(nonsense), null);
    });

  const strangers = [
    'how do I change the colour of a chart',
    'can I import from excel',
    'do you have a python sdk',
    'can I embed a chart on my website',
    'how do I add a filter to a table',
    'how to connect to salesforce',
    'how do I merge two accounts',
    'what is the weather',
    'where can I see release notes',
    'how do I print a page',
  ];
  for (const question of strangers)
    it(`never shows an article for "${question}"`, () => {
      assert.notEqual(search(question)?.isCertain, true);
    });

  it('does not even ask about an article for any of them', () => {
    const certain = strangers.filter((question) => search(question) !== null);
    assert.deepEqual(certain, []);
  });

  it('finds for hundreds of texts what it found before: surely (!), perhaps (?) or nothing (-)', () => {
    const file = join(import.meta.dirname, 'search-results.txt');
    const before = readFileSync(file, 'utf8');
    const texts = before
      .trimEnd()
      .split('\n')
      .map((line) => line.slice(line.indexOf(' ') + 1));
    const now = texts.map((text) => `${told(search(text))} ${text}\n`).join('');
    if (process.env.UPDATE === '1') writeFileSync(file, now);
    else assert.equal(now, before, 'UPDATE=1 rewrites it');
  });

  it('finds every article by its own title', () => {
    for (const [slug, { title }] of content.articles) assert.equal(found(title), slug);
  });

  it('never throws, whatever is asked', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 1_000 }), (question) => void search(question)));
  });
});
