import type { Article, ArticleIndex } from '../domain/content.ts';
import { IN_ANSWER, IN_TITLE, termsOf } from './terms.ts';
import { withoutMarks } from './without-marks.ts';

/** Of an article’s title, its first paragraph, and all of it. */
type OfFields = readonly [title: number, answer: number, text: number];
type Counts = [title: number, answer: number, text: number];

/** How much a word counts in each. */
const BOOSTS: OfFields = [3, 1.5, 1];
/** BM25+ (Lv and Zhai 2011): how soon more of the same word adds nothing, how much a long field takes away, what one that is there counts at least. */
const [SATURATION, LENGTH, LEAST] = [1.2, 0.7, 0.5];

interface Held {
  readonly article: number;
  readonly counts: OfFields;
}

/** Which articles hold which words. Made where words are read, in no thread that serves: 10,000 articles take seconds. */
export function indexArticles(articles: ReadonlyMap<string, Article>): ArticleIndex {
  const fields = [...articles.values()].map(({ title, answer, markdown }) => [title, answer, withoutMarks(markdown)]);
  const lengths = fields.map((texts) => texts.map(lengthOf) as Counts);
  const means = BOOSTS.map((_, field) => sum(lengths.map((one) => one[field] ?? 0)) / lengths.length);
  const relative = lengths.map((one) => one.map((length, field) => length / (means[field] ?? 1)) as Counts);
  const held = holders(fields);
  const terms = [...held.keys()].sort();
  const starts = new Uint32Array(terms.length + 1);
  for (const [i, term] of terms.entries()) starts[i + 1] = (starts[i] ?? 0) + (held.get(term)?.length ?? 0);
  const all = starts.at(-1) ?? 0;
  const index = { terms, starts, places: new Uint32Array(all), ranks: new Float32Array(all) };
  let at = 0;
  for (const term of terms) {
    const holding = held.get(term) ?? [];
    const rarity = BOOSTS.map((boost, field) => boost * rarityOf(holding, field, lengths.length)) as Counts;
    for (const { article, counts } of holding) {
      index.places[at] = article * 4 + (counts[0] > 0 ? IN_TITLE : 0) + (counts[1] > 0 ? IN_ANSWER : 0);
      index.ranks[at] = rankOf(counts, rarity, relative[article] ?? BOOSTS);
      at += 1;
    }
  }
  return index;
}

/** By word the articles that hold it, in their order. */
function holders(fields: readonly (readonly string[])[]): Map<string, Held[]> {
  const held = new Map<string, Held[]>();
  for (const [article, texts] of fields.entries()) {
    const found = new Map<string, Counts>();
    for (const [field, text] of texts.entries())
      for (const term of termsOf(text)) {
        const counts = found.get(term) ?? [0, 0, 0];
        counts[field] = (counts[field] ?? 0) + 1;
        found.set(term, counts);
      }
    for (const [term, counts] of found) {
      const known = held.get(term);
      if (known) known.push({ article, counts });
      else held.set(term, [{ article, counts }]);
    }
  }
  return held;
}

function rarityOf(holding: readonly Held[], field: number, articles: number): number {
  let count = 0;
  for (const { counts } of holding) if ((counts[field] ?? 0) > 0) count += 1;
  return Math.log(1 + (articles - count + 0.5) / (count + 0.5));
}

function rankOf(counts: OfFields, rarity: OfFields, lengths: OfFields): number {
  let rank = 0;
  for (const [field, count] of counts.entries()) {
    if (count === 0) continue;
    const slow = SATURATION * (1 - LENGTH + LENGTH * (lengths[field] ?? 1));
    rank += (rarity[field] ?? 0) * (LEAST + (count * (SATURATION + 1)) / (count + slow));
  }
  return rank;
}

/** In different words. */
function lengthOf(text: string): number {
  return new Set(text.split(/[\n\r\p{Z}\p{P}]+/u)).size;
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
