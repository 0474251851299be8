import type { RecognizerResult } from '../domain/recognition.ts';
import type { Classifier } from './classifier.ts';
import type { Core } from './core.ts';
import { wordsOf } from './words.ts';

/** Where one thing may end and another begin: the end of a sentence, or a word that joins two. */
const JOINT = /[.?!;,\n]+\s*(?:(?:and|also|but|plus|btw)\s+){0,3}|\s(?:(?:and|also|but|plus|btw)\s+){1,3}/giu;
/** Only so many joints are tried, and a part is no shorter than this. Bounds the time. */
const MAX_JOINTS = 8;
const FEWEST_WORDS = 3;
const MAX_CHARACTERS = 1_000;
/** Characters of longer parts that are judged: all of a short text, a few splits of a long one. */
const BUDGET = 2_500;
/** From this confidence on a part counts. */
const PLAIN_FROM = 0.65;
const SEARCHED = 'ask-article';

/** `whole` with what was said besides: a text is two things when it has two plain parts of different intents. */
export function recognizeCompound(whole: RecognizerResult, core: Core, classify: Classifier): RecognizerResult {
  const surest = surestPair(pairsOf(whole.text), classify);
  if (!surest) return whole;
  const [first, second] = [core(surest[0]), core(surest[1])];
  if (!isTwo(first, second)) return whole;
  const [main, besides] = leads(second, first, whole) ? [second, first] : [first, second];
  return { ...main, text: whole.text, also: [besides] };
}

/** The main thing goes by the whole text, so what is searched for by its own words never leads. */
function leads(one: Judged, other: Judged, whole: Judged): boolean {
  return other.intent === SEARCHED || (one.intent !== SEARCHED && one.intent === whole.intent);
}

/** The shorter part is judged first: where it says nothing plain, the longer one need not be read. */
function surestPair(pairs: readonly Pair[], classify: Classifier): Pair | null {
  let [surest, sureness, budget]: [Pair | null, number, number] = [null, 0, BUDGET];
  for (const pair of pairs) {
    const [short, long] = pair[0].length <= pair[1].length ? pair : ([pair[1], pair[0]] as const);
    const [one] = classify(wordsOf(short));
    if (budget <= 0 || !one || one.confidence <= Math.max(sureness, PLAIN_FROM)) continue;
    budget -= long.length;
    const [other] = classify(wordsOf(long));
    if (!other || !isTwo(one, other)) continue;
    const found = Math.min(one.confidence, other.confidence);
    if (found > sureness) [surest, sureness] = [pair, found];
  }
  return surest;
}

type Pair = readonly [string, string];

function pairsOf(text: string): Pair[] {
  const read = text.slice(0, MAX_CHARACTERS);
  const joints = [...read.matchAll(JOINT)].slice(0, MAX_JOINTS);
  return joints
    .map(({ index, 0: joint }): Pair => [read.slice(0, index), read.slice(index + joint.length)])
    .filter((parts) => parts.every((part) => part.trim().split(/\s+/u).length >= FEWEST_WORDS));
}

type Judged = Pick<RecognizerResult, 'intent' | 'confidence'>;

function isTwo(first: Judged, second: Judged): boolean {
  return isPlain(first) && isPlain(second) && first.intent !== second.intent;
}

function isPlain({ intent, confidence }: Judged): boolean {
  return intent !== null && confidence >= PLAIN_FROM;
}
