import type { Polarity } from '../domain/recognition.ts';
import type { Clause } from './clauses.ts';

const set = (words: string) => new Set(words.split(' '));

/** What turns a clause round. */
export const NEGATORS = set(
  'not no never nothing cant cannot couldnt wont wouldnt doesnt dont didnt isnt arent wasnt werent hasnt havent aint without unable neither nor nobody none unavailable refuses refused refusing',
);
const LOCKED = set(
  'locked blocked denied forbidden disabled grey greyed gray grayed gone missing broken fails failing failed dead stopped rejected restricted closed inaccessible unauthorized unauthorised suspended padlock paywall 401 402 403 429',
);
const WORKS = set('work works working can able fine ok okay opens loads runs unlocked accessible available back');
const OPENS_QUESTION = set(
  'how what where when which who why can could is are does do did may will would should has have am',
);
const WISHES = set('want need wants needs like trying try tried wanted hope could used worked');
const FIRST_PERSON = set('i im ive id we were weve me us mine');
/** Between a negator and what it rules out: "not talking about the …". */
const LINKS = set(
  'talking speaking asking about on the a an my our your this that mean meaning meant with in of need use want',
);
const AUXILIARIES = set('can could do does did will would shall should may might must');
const ONLY = set('only just');

/** What a clause says of all that is named in it; null: nothing. */
export function polarityOf({ words, isQuestion }: Clause): 'blocked' | 'works' | null {
  const negators = words.filter((word, at) => NEGATORS.has(word) && !ONLY.has(words[at + 1] ?? '')).length;
  const locks = words.filter((word) => LOCKED.has(word)).length;
  if (locks > 0) return negators > 0 && isLifted(words) ? 'works' : 'blocked';
  if (negators > 0) return 'blocked';
  const asks = isQuestion || OPENS_QUESTION.has(words[0] ?? '') || words.some((word) => WISHES.has(word));
  return !asks && words.some((word) => WORKS.has(word)) ? 'works' : null;
}

/** "not locked", "no longer blocked". */
function isLifted(words: readonly string[]): boolean {
  return words.some(
    (word, at) => LOCKED.has(word) && words.slice(Math.max(at - 2, 0), at).some((before) => NEGATORS.has(before)),
  );
}

/** Whether what begins at `start` is ruled out: "it's not the …", "we are not talking about …", "… instead of …". */
export function isExcluded(words: readonly string[], start: number): boolean {
  let at = start - 1;
  while (at >= 0 && LINKS.has(words[at] ?? '')) at -= 1;
  const [word = '', before = ''] = [words[at], words[at - 1]];
  if (word === 'than' || (word === 'instead' && words[at + 1] === 'of')) return true;
  const linked = words.slice(at + 1, start);
  if (word === 'dont' || (word === 'not' && AUXILIARIES.has(before)))
    return ['mean', 'need', 'use', 'want'].some((verb) => linked.includes(verb));
  return word === 'not' || ((word === 'isnt' || word === 'wasnt') && at >= 0);
}

/** Whether a clause is of the writer. */
export function isOfWriter({ words }: Clause): boolean {
  return words.some((word) => FIRST_PERSON.has(word));
}

/** `except` turns what was said before round. */
export function opposite(polarity: Polarity): Polarity {
  if (polarity === 'blocked') return 'works';
  return polarity === 'works' ? 'blocked' : polarity;
}
