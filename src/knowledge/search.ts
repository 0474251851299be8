import MiniSearch from 'minisearch';
import type { Article } from '../domain/content.ts';
import { withoutMarks } from './articles.ts';

/** The best article for a question; null where none fits. */
export type Search = (question: string) => Article | null;

const stopWords = new Set(
  'a an and are as at be by can do does for from how i in is it me my of on or our so that the this to we what where which who why with you your please'.split(
    ' ',
  ),
);

/** Finds the best article for a question; the index is built once. */
export function createSearch(articles: ReadonlyMap<string, Article>): Search {
  const index = new MiniSearch({
    idField: 'slug',
    fields: ['title', 'answer', 'text'],
    processTerm: (term) => (stopWords.has(term.toLowerCase()) ? null : stem(term.toLowerCase())),
    searchOptions: { boost: { title: 3, answer: 1.5 }, fuzzy: (term) => (term.length > 5 ? 0.2 : false) },
  });
  for (const { slug, title, answer, markdown } of articles.values())
    index.add({ slug, title, answer, text: withoutMarks(markdown) });
  return (question) => {
    const best = index.search(question.slice(0, 400))[0];
    return (best && articles.get(String(best.id))) ?? null;
  };
}

function stem(term: string): string {
  return term.replace(/(?:ing|ed|es|s)$/, '');
}
