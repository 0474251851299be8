import MiniSearch, { type SearchResult } from 'minisearch';
import type { Article } from '../domain/content.ts';
import { withoutMarks } from './without-marks.ts';

/** The best article for a question, and whether it plainly fits; null where none comes close. */
export type Search = (question: string) => FoundArticle | null;

/** An article that was found; not certain: the customer is asked whether it is that. */
export interface FoundArticle {
  readonly article: Article;
  readonly isCertain: boolean;
}

const stopWords = new Set(
  'a about all am an and any are as at be been but by can change could did do does doesn find for from get go had happen has have hi how i if in is it its just know like make me my need no not now of on or our please possible see should so some that the their them there they this to us use want was way we what when where which who why will with work would you your'.split(
    ' ',
  ),
);
/** Of the weight of a question's words an article has to hold this share to be asked about, and this one to be shown. */
const CLOSE = 0.4;
const CERTAIN = 0.6;
/** A word of the title or the first paragraph tells what an article is about; one further down may stand there by chance. */
const FURTHER_DOWN = 0.5;
/** So many articles are compared by what they hold of the question. */
const RANKED = 5;

/** Finds the best article for a question; the index is built once. */
export function createSearch(articles: ReadonlyMap<string, Article>): Search {
  const index = new MiniSearch({
    idField: 'slug',
    fields: ['title', 'answer', 'text'],
    processTerm: (term) => (isStopWord(term.toLowerCase()) ? null : stem(term.toLowerCase())),
    searchOptions: { boost: { title: 3, answer: 1.5 }, fuzzy: (term) => (term.length > 5 ? 0.2 : false) },
  });
  const articlesWith = new Map<string, number>();
  for (const { slug, title, answer, markdown } of articles.values()) {
    const text = withoutMarks(markdown);
    index.add({ slug, title, answer, text });
    for (const term of new Set(termsOf(`${title} ${answer} ${text}`)))
      articlesWith.set(term, (articlesWith.get(term) ?? 0) + 1);
  }
  // A word that no article holds weighs most: it is what the question is about.
  const weightOf = (term: string) => Math.log(1 + articles.size / (articlesWith.get(term) ?? 0.5));

  return (question) => {
    const asked = question.slice(0, 400);
    const terms = [...new Set(termsOf(asked))];
    const all = sum(terms.map(weightOf));
    // One word alone tells little, unless it is what an article is about.
    const fits = index
      .search(asked)
      .slice(0, RANKED)
      .map((hit) => {
        const shares = terms.map((term) => weightOf(term) * shareOf(fieldsOf(hit, term)));
        const isPlain = terms.length > 1 || terms.some((term) => fieldsOf(hit, term).includes('title'));
        return { slug: String(hit.id), fit: sum(shares) / all, isPlain };
      });
    const [best] = fits.toSorted((a, b) => b.fit - a.fit);
    const article = best && articles.get(best.slug);
    return !article || best.fit < CLOSE ? null : { article, isCertain: best.isPlain && best.fit >= CERTAIN };
  };
}

/** The fields in which a word of the question was found, in itself or with a typo. */
function fieldsOf({ match, terms }: SearchResult, term: string): string[] {
  const near = terms.filter((one) => one === term || (term.length > 5 && one.slice(0, 4) === term.slice(0, 4)));
  return near.flatMap((one) => match[one] ?? []);
}

function shareOf(fields: readonly string[]): number {
  if (fields.includes('title') || fields.includes('answer')) return 1;
  return fields.length > 0 ? FURTHER_DOWN : 0;
}

function termsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !isStopWord(word)).map(stem);
}

function isStopWord(word: string): boolean {
  return stopWords.has(word) || stopWords.has(word.replace(/s$/, ''));
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

function stem(term: string): string {
  return term.replace(/(?:ing|ed|es|e|s)$/, '');
}
