import type { OtherLanguage } from '../domain/content.ts';
import { wordsOf } from './words.ts';

/** What a text in another language plainly is. `language`: null where several languages say it so. */
export interface ForeignPhrase {
  readonly intent: 'hand-off' | 'yes' | 'no';
  readonly language: string | null;
}

/** Finds a wish for a person in a text, or a text that is no more than yes or no; null: neither. */
export type ForeignPhraseFinder = (text: string) => ForeignPhrase | null;

type Phrases = Pick<OtherLanguage, 'asks' | 'yes' | 'no'>;

const MAX_CHARACTERS = 1_000;
/** Scripts that put no spaces between words, or join small words to the next. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Arabic}\p{Script=Devanagari}]/u;
/** Letters with a stroke, which have no accent to take off. */
const STROKES: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', đ: 'd', ß: 'ss', ı: 'i', æ: 'ae', œ: 'oe' };

/** `english`: words of the content's own examples; a phrase that is one of them is heard as those are. */
export function createForeignPhraseFinder(
  others: ReadonlyMap<string, Phrases>,
  english: ReadonlySet<string>,
): ForeignPhraseFinder {
  const isForeign = (phrase: string) => !english.has(wordsOf(phrase).join(' '));
  const entries = [...others].flatMap(([language, { asks, yes, no }]) =>
    [...asks.map(asIntent('hand-off')), ...yes.map(asIntent('yes')), ...no.map(asIntent('no'))]
      .filter(({ phrase }) => isForeign(phrase))
      .map(({ phrase, intent }) => ({ key: folded(phrase), intent, language })),
  );
  const answers = answersOf(entries);
  // The longest says most of the language.
  const asks = entries.filter(({ intent }) => intent === 'hand-off').sort((a, b) => b.key.length - a.key.length);
  return (text) => {
    const key = folded(text.slice(0, MAX_CHARACTERS));
    const answer = answers.get(key);
    if (answer) return answer;
    const ask = asks.find((one) => key.includes(one.key));
    return ask ? { intent: 'hand-off', language: ask.language } : null;
  };
}

interface Entry extends ForeignPhrase {
  readonly key: string;
}

function asIntent(intent: ForeignPhrase['intent']) {
  return (phrase: string) => ({ phrase, intent });
}

/** Answers that two languages share are of neither; those that mean yes in one and no in another are none. */
function answersOf(entries: readonly Entry[]): Map<string, ForeignPhrase> {
  const answers = new Map<string, ForeignPhrase>();
  for (const [key, same] of Map.groupBy(entries, (entry) => entry.key)) {
    const [first] = same;
    if (!first || first.intent === 'hand-off' || same.some(({ intent }) => intent !== first.intent)) continue;
    const isShared = same.some(({ language }) => language !== first.language);
    answers.set(key, { intent: first.intent, language: isShared ? null : first.language });
  }
  return answers;
}

/** Without case, accents and marks; words stand between spaces, but in scripts without them. */
function folded(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[łøđßıæœ]/gu, (letter) => STROKES[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/['’ʼ`]/gu, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return UNSPACED.test(plain) ? plain.replaceAll(' ', '') : ` ${plain} `;
}
