import type { Catalog } from '../domain/catalog.ts';
import type { Entities } from '../domain/recognition.ts';
import { clausesOf } from './clauses.ts';
import { namesEverything } from './everything.ts';
import { judgeFeatures } from './judge-features.ts';
import { createMentionFinder, type MentionFinder } from './mentions.ts';
import { findOtherPerson } from './other-person.ts';
import { wordsOf } from './words.ts';

/** Finds what of the catalog is named in a text, and who it is about. */
export type EntityFinder = (text: string) => Omit<Entities, 'errorCode' | 'requestId' | 'time'>;

/** Words of an utterance that are looked at; bounds the time. */
const MAX_WORDS = 120;

/** `counts` says how often customers write a word: what is common is no typo. */
export function createEntityFinder(catalog: Catalog, counts: ReadonlyMap<string, number>): EntityFinder {
  const findFeatures = createMentionFinder(catalog.features, counts);
  const findPlans = createMentionFinder(catalog.plans, counts);
  const findMeters = createMentionFinder(catalog.meters, counts);
  return (text) => {
    const words = wordsOf(text).slice(0, MAX_WORDS);
    const clauses = clausesOf(text);
    const features = judgeFeatures(clauses, findFeatures);
    const blocked = features.find(({ polarity }) => polarity === 'blocked');
    const open = features.find(({ polarity }) => polarity === 'named');
    return {
      feature: (blocked ?? open)?.slug ?? null,
      features,
      everything: namesEverything(clauses),
      otherPerson: findOtherPerson(clauses),
      plan: longest(findPlans, words),
      meter: longest(findMeters, words),
    };
  };
}

function longest(find: MentionFinder, words: readonly string[]): string | null {
  const lengthOf = (start: number, end: number) => words.slice(start, end).join('').length;
  const [first] = find(words).sort((a, b) => lengthOf(b.start, b.end) - lengthOf(a.start, a.end));
  return first?.slug ?? null;
}
