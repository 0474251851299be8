import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { marked } from 'marked';
import { sampleCustomers } from '../../src/demo/customers.ts';
import { articleHtml } from '../../src/site/article-html.ts';
import { withoutMarks } from '../../src/knowledge/without-marks.ts';
import { content } from '../support/fakes.ts';
import type { CausePage } from '../../src/domain/content.ts';
import { createWorld } from '../support/world.ts';

const file = (slug: string) => readFileSync(join(import.meta.dirname, `../../content/articles/${slug}.md`), 'utf8');

/** Words only: without the marks of lists, of headings and of steps, and with single spaces. */
function plain(text: string): string {
  return withoutMarks(text)
    .split('\n')
    .map((line) => line.replace(/^\s*(?:#+ |\d+\. |[-•] )?/, '').trim())
    .join('\n');
}

describe('the access-denied article', () => {
  const reference = readFileSync(join(import.meta.dirname, 'access-denied-article.txt'), 'utf8');
  const [told = '', asked = ''] = reference.split(/(?=Did this answer)/);
  const sentences = plain(told)
    .split('\n')
    .filter(Boolean)
    // The first line names the page it was found on; the article's own title follows it.
    .slice(1)
    .flatMap((line) => line.split(/(?<=[.:]) (?=[A-Z])/));

  it('is compared sentence by sentence', () => {
    assert.ok(sentences.length > 35, String(sentences.length));
  });

  for (const sentence of sentences)
    it(`says, word for word: ${sentence}`, () => {
      assert.ok(plain(file('access-denied')).includes(sentence));
    });

  it('says it in the same order', () => {
    const text = plain(file('access-denied'));
    let from = 0;
    for (const sentence of sentences) {
      const at = text.indexOf(sentence, from);
      assert.ok(at >= from, sentence);
      from = at + sentence.length;
    }
  });

  it('asks and thanks in its own words', () => {
    const { lines } = content.replies;
    for (const key of ['ask-answered', 'feedback-thanks', 'feedback-failed']) {
      const line = lines[key] ?? '';
      assert.ok(line !== '' && asked.includes(line), key);
    }
  });
});

describe('every article', () => {
  for (const [slug, article] of content.articles) {
    it(`is shown whole, each step with its id as an anchor: ${slug}`, () => {
      const html = articleHtml(article);
      for (const { id } of article.steps) assert.equal(html.split(` <a id="${id}"></a>`).length, 2, id);
      assert.doesNotMatch(html, /\{#/);
      const words = (text: string) => text.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ');
      const whole = marked.parse(withoutMarks(article.markdown), { async: false });
      assert.equal(words(html), words(whole));
    });

    it(`has its steps as they stand in the file: ${slug}`, () => {
      const text = withoutMarks(file(slug));
      for (const step of article.steps) {
        assert.ok(text.includes(`\n${step.text}\n`), step.id);
        assert.ok(step.text.startsWith(step.number === 0 ? `- ${step.title}` : `${step.number}. ${step.title}`));
      }
      assert.ok(text.includes(`\n${article.answer}\n`), 'its answer');
    });
  }
});

describe('the steps that a customer reads', () => {
  for (const { name, says, object } of sampleCustomers)
    it(`stand word for word in the article: ${name}`, async () => {
      const world = await createWorld(name);
      const opened = await world.begin();
      // Whoever was refused one thing is told at once.
      const told = object === undefined ? await world.write(says) : opened.slice(1);
      const texts = told.map(({ reply }) => reply.text);
      await world.close();
      const cause = texts[0] ?? '';
      const beginning = ({ body }: CausePage) => body.split(/\{\{|,/)[0] ?? '';
      // “Your {{window}} limit” and “Your role” both begin with “Your”: the longer one is meant.
      const [page] = [...content.causes.values()]
        .filter((one) => cause.includes(beginning(one)))
        .toSorted((a, b) => beginning(b).length - beginning(a).length);
      const choices = Object.values(page?.steps ?? {}).filter((ids) => ids.length > 0);
      const article = page?.article ?? '';
      const textsOf = (ids: readonly string[]) =>
        content.articles
          .get(article)
          ?.steps.filter(({ id }) => ids.includes(id))
          .map(({ text }) => text);
      assert.ok(texts.length === 2 || choices.length === 0 || page?.slug === 'not-identified');
      const [, ...read] = (texts[1] ?? '').split('\n\n');
      const chosen = texts.length === 1 ? [[]] : choices.map(textsOf);
      assert.ok(
        chosen.some((one) => isDeepStrictEqual(one, read)),
        read.join('\n'),
      );
      for (const step of read) assert.ok(withoutMarks(file(article)).includes(step));
    });
});
