import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { languages, wordsFor } from '../../src/web/shared/words/index.ts';
import { count, fill, type Counted, type Words } from '../../src/web/shared/words/table.ts';
import { root } from '../support/sources.ts';

/** Every text by its place, but not the names of the language. */
function textsIn(part: object, place = ''): [string, string][] {
  return Object.entries(part).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    if (place === '' && ['language', 'direction'].includes(key)) return [];
    return typeof value === 'string' ? [[`${place}${key}`, value]] : textsIn(value as object, `${place}${key}.`);
  });
}
const factsIn = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
const [en] = languages;
const counted = /^(left|tooMany|unread)\./;
/** Words that are the same in two languages. */
const same: readonly string[] = ['menu', 'messages', 'conversation', 'ticket'];

describe('the chat’s own words', () => {
  assert.ok(en);
  const english = new Map(textsIn(en));

  it('are there in English, German, Spanish, French, Arabic and Japanese', () => {
    assert.deepEqual(
      languages.map(({ language }) => language),
      ['en', 'de', 'es', 'fr', 'ar', 'ja'],
    );
    assert.ok(english.size > 45);
  });

  for (const words of languages)
    it(`are whole in ${words.language}: no word is empty, in English, or without its facts`, () => {
      for (const [place, text] of textsIn(words)) {
        assert.match(text, /\S/, place);
        if (words === en) continue;
        assert.ok(text !== english.get(place) || same.includes(place), `${place}: ${text}`);
        if (!counted.test(place)) assert.deepEqual(factsIn(text), factsIn(english.get(place) ?? ''), place);
        assert.doesNotMatch(text, /["']/, `${place}: typographic quotes`);
      }
    });

  for (const words of languages)
    it(`have in ${words.language} a form for each of its numbers, with the number as it is written there`, () => {
      for (const forms of [words.left, words.tooMany, words.unread] satisfies Counted[])
        assert.deepEqual(
          Object.keys(forms).sort(),
          new Intl.PluralRules(words.language).resolvedOptions().pluralCategories.sort(),
        );
    });

  it('say a number as a language does', () => {
    const said = (language: string, n: number) => count(language, wordsFor([language]).tooMany, n);
    assert.equal(said('en', 1), '1 character too many');
    assert.equal(said('en', 1234), '1,234 characters too many');
    assert.equal(said('de', 1234), '1.234 Zeichen zu viel');
    assert.equal(said('ar', 2), 'حرفان زائدان');
    assert.equal(fill('{name} is {x}', { name: 'Ada' }), 'Ada is ');
  });

  it('are in the first language that a customer wishes and that there is, else in English', () => {
    const cases: [string[], string][] = [
      [['de-CH', 'en'], 'de'],
      [['nl', 'fr-CA'], 'fr'],
      [['AR-eg'], 'ar'],
      [['ja'], 'ja'],
      [['', 'es-419'], 'es'],
      [['xx', 'deu'], 'en'],
      [[], 'en'],
    ];
    for (const [wishes, language] of cases) assert.equal(wordsFor(wishes).language, language, String(wishes));
  });

  it('stand nowhere else: the page has room for them, and nothing in it is English', () => {
    const page = readFileSync(join(root, 'src/web/widget/index.html'), 'utf8');
    const body = page.slice(page.indexOf('<body'));
    assert.doesNotMatch(body.replaceAll(/<[^>]*>|\{\{\w+\}\}/g, ''), /\w/);
    assert.doesNotMatch(body, /aria-label="|placeholder="|title="/);
    const used = [...body.matchAll(/data-(?:text|label)="(\w+)"/g)].map(([, key = '']) => key as keyof Words);
    assert.deepEqual(
      used.filter((key) => typeof en[key] !== 'string'),
      [],
    );
  });

  it('stand in styles that know no left and no right, so that Arabic is mirrored', () => {
    const folder = join(root, 'src/web/widget');
    const files = readdirSync(folder).filter((name) => name.endsWith('.css'));
    assert.ok(files.length > 3);
    for (const name of files)
      for (const line of readFileSync(join(folder, name), 'utf8').split('\n'))
        assert.doesNotMatch(line, /(^|[\s-])(left|right)\s*[:;]|^\s*(width|height|(min|max)-(width|height)):/, name);
  });
});
