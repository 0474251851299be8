import type { Article, ArticleIndex, Content } from '../domain/content.ts';
import { isWithin } from '../domain/near-name.ts';
import { IN_TITLE, termsOf } from './terms.ts';

/** The best article for a question, and whether it plainly fits; null where none comes close. */
export type Search = (question: string) => FoundArticle | null;

/** An article that was found; not certain: the customer is asked whether it is that. */
export interface FoundArticle {
  readonly article: Article;
  readonly isCertain: boolean;
}

/** Of the weight of a question's words an article has to hold this share to be asked about, and this one to be shown. */
const CLOSE = 0.4;
const CERTAIN = 0.6;
/** A word of the title or the first paragraph tells what an article is about; one further down may stand there by chance. */
const FURTHER_DOWN = 0.5;
/** So many articles are compared by what they hold of the question. */
const RANKED = 5;
/** A word as long may be written with a slip, but not in its beginning; what was found so counts less. */
const [LONG, BEGINNING, SLIP] = [6, 4, 0.45];

/** A word of the question: how much it tells, and the index's words that it may be, by their numbers. */
interface Asked {
  readonly term: string;
  readonly weight: number;
  readonly near: readonly number[];
}

type Searched = Pick<Content, 'articles' | 'articleIndex'>;

/** An article, how much of the question it holds, and whether that is more than one word by chance. */
interface Fit {
  readonly article: Article;
  readonly isPlain: boolean;
  readonly fit: number;
}

/** Finds the best article for a question. Its cost grows with the articles that hold the question’s words, by nanoseconds for each. */
export function createSearch(content: Searched): Search {
  const fitsOf = createFits(content, RANKED);
  return (question) => {
    const [best] = fitsOf(question);
    if (!best || best.fit < CLOSE) return null;
    return { article: best.article, isCertain: best.isPlain && best.fit >= CERTAIN };
  };
}

/** Finds at most `most` articles that hold something of a question, those that fit best first. */
export function createArticleFinder(content: Searched, most: number): (question: string) => readonly Article[] {
  const fitsOf = createFits(content, most);
  return (question) => fitsOf(question).map(({ article }) => article);
}

function createFits({ articles, articleIndex: index }: Searched, most: number): (question: string) => readonly Fit[] {
  const inOrder = [...articles.values()];
  const ranks = new Float64Array(inOrder.length);

  function rank(asked: readonly Asked[]): number[] {
    ranks.fill(0);
    for (const { term, near } of asked)
      for (const one of near) addRanks(index, one, likeness(term, index.terms[one] ?? ''), ranks);
    return highest(ranks, most);
  }

  return (question) => {
    const terms = termsOf(question.slice(0, 400));
    const asked = new Map(terms.map((term) => [term, lookUp(index, term, inOrder.length)]));
    const all = sum([...asked.values()].map(({ weight }) => weight));
    const fits = rank(terms.flatMap((term) => asked.get(term) ?? [])).flatMap((number) => {
      const article = inOrder[number];
      if (!article) return [];
      const held = [...asked.values()].map(({ weight, near }) => ({ weight, places: placesOf(index, near, number) }));
      // One word alone tells little, unless it is what an article is about.
      const isPlain = asked.size > 1 || held.some(({ places }) => places.some((place) => (place & IN_TITLE) > 0));
      return [{ article, isPlain, fit: sum(held.map(({ weight, places }) => weight * shareOf(places))) / all }];
    });
    return fits.toSorted((a, b) => b.fit - a.fit);
  };
}

/** A word that no article holds weighs most: it is what the question is about. */
function lookUp(index: ArticleIndex, term: string, articles: number): Asked {
  const at = firstFrom(index.terms, term);
  const isThere = index.terms[at] === term;
  const holding = isThere ? (index.starts[at + 1] ?? 0) - (index.starts[at] ?? 0) : 0.5;
  return { term, weight: Math.log(1 + articles / holding), near: nearIn(index.terms, term, isThere ? [at] : []) };
}

function nearIn(terms: readonly string[], term: string, same: readonly number[]): readonly number[] {
  // What is left of the end of “it’s” is no word.
  if (term.length < LONG) return term === '' ? [] : same;
  const near: number[] = [];
  const beginning = term.slice(0, BEGINNING);
  for (let at = firstFrom(terms, beginning); terms[at]?.startsWith(beginning) === true; at += 1)
    if (isWithin(Math.round(term.length / 5), term, terms[at] ?? '')) near.push(at);
  return near;
}

function likeness(term: string, found: string): number {
  if (term === found) return 1;
  return (SLIP * found.length) / (found.length + (isWithin(1, term, found) ? 1 : 2));
}

function addRanks({ starts, places, ranks }: ArticleIndex, term: number, factor: number, to: Float64Array): void {
  const end = starts[term + 1] ?? 0;
  for (let at = starts[term] ?? 0; at < end; at += 1) {
    const article = (places[at] ?? 0) >> 2;
    to[article] = (to[article] ?? 0) + factor * (ranks[at] ?? 0);
  }
}

/** The numbers of those that rank highest, the highest first. */
function highest(ranks: Float64Array, most: number): number[] {
  const best: number[] = [];
  let least = 0;
  for (let number = 0; number < ranks.length; number += 1) {
    const rank = ranks[number] ?? 0;
    if (rank <= least) continue;
    const at = best.findIndex((other) => (ranks[other] ?? 0) < rank);
    best.splice(at < 0 ? best.length : at, 0, number);
    if (best.length > most) best.pop();
    if (best.length === most) least = ranks[best.at(-1) ?? 0] ?? 0;
  }
  return best;
}

/** Where the article has any of these words. */
function placesOf({ starts, places }: ArticleIndex, near: readonly number[], article: number): number[] {
  return near.flatMap((term) => {
    const at = firstFrom(places, article * 4, starts[term], starts[term + 1]);
    const place = at < (starts[term + 1] ?? 0) ? (places[at] ?? 0) : -1;
    return place >> 2 === article ? [place & 3] : [];
  });
}

function shareOf(places: readonly number[]): number {
  if (places.some((place) => place > 0)) return 1;
  return places.length > 0 ? FURTHER_DOWN : 0;
}

/** Where the first of what is sorted stands that is not less than `value`. */
function firstFrom<T extends string | number>(sorted: ArrayLike<T>, value: T, from = 0, to = sorted.length): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? value) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
