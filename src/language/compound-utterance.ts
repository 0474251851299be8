import type { RecognizerResult } from '../domain/recognition.ts';
import type { Core } from './core.ts';

/** Where one thing may end and another begin: the end of a sentence, or a word that joins two. */
const JOINT = /[.?!;,\n]+\s*(?:(?:and|also|but|plus|btw)\s+){0,3}|\s(?:(?:and|also|but|plus|btw)\s+){1,3}/giu;
/** Only so many joints are tried, and a part is no shorter than this. Bounds the time. */
const MAX_JOINTS = 8;
const FEWEST_WORDS = 3;
const MAX_CHARACTERS = 1_000;
/** From this confidence on a part counts. */
const PLAIN_FROM = 0.65;

/** `whole` with what was said besides: a text is two things when it has two plain parts of different intents. */
export function recognizeCompound(whole: RecognizerResult, core: Core): RecognizerResult {
  const pairs = pairsOf(whole.text).flatMap((texts) => {
    const [first, second] = [core(texts[0]), core(texts[1])];
    const isTwo = isPlain(first) && isPlain(second) && first.intent !== second.intent;
    return isTwo ? [[first, second] as const] : [];
  });
  const surest = pairs.reduce<(typeof pairs)[number] | null>(
    (best, pair) => (best && sureness(best) >= sureness(pair) ? best : pair),
    null,
  );
  if (!surest) return whole;
  const [first, second] = surest;
  const [main, besides] = second.intent === whole.intent ? [second, first] : [first, second];
  return { ...main, text: whole.text, also: [besides] };
}

function pairsOf(text: string): [string, string][] {
  const read = text.slice(0, MAX_CHARACTERS);
  const joints = [...read.matchAll(JOINT)].slice(0, MAX_JOINTS);
  return joints
    .map(({ index, 0: joint }): [string, string] => [read.slice(0, index), read.slice(index + joint.length)])
    .filter((parts) => parts.every((part) => part.trim().split(/\s+/u).length >= FEWEST_WORDS));
}

function isPlain({ intent, confidence }: RecognizerResult): boolean {
  return intent !== null && confidence >= PLAIN_FROM;
}

function sureness([first, second]: readonly [RecognizerResult, RecognizerResult]): number {
  return Math.min(first.confidence, second.confidence);
}
