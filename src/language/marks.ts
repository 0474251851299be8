import { NEGATORS } from './polarity.ts';

/** What stands around a word: it is denied, and who is spoken of (the writer, or others). */
export interface Mark {
  readonly isNegated: boolean;
  readonly person: 'first' | 'third' | null;
}

const set = (words: string) => new Set(words.split(' '));

const FIRST = set('i im ive id ill my me mine myself we weve were our us');
const THIRD = set(
  'he she they them his her their him user users member members people person somebody someone anyone anybody everyone guest guests customer customers client clients admin admins colleague colleagues team employee employees viewer viewers visitors student students',
);
/** Words that a negation, and a person, reach to. */
const NEGATION_REACH = 5;
const PERSON_REACH = 6;

/** The mark of each word, by the words before it: "users cannot export" is another thing than "I cannot export". */
export function marksOf(words: readonly string[]): Mark[] {
  let [negation, reach]: [number, number] = [0, 0];
  let person: Mark['person'] = null;
  return words.map((word) => {
    const mark = { isNegated: negation > 0, person: reach > 0 ? person : null };
    negation = NEGATORS.has(word) ? NEGATION_REACH : negation - 1;
    reach -= 1;
    const named = FIRST.has(word) ? 'first' : THIRD.has(word) ? 'third' : null;
    if (named) [person, reach] = [named, PERSON_REACH];
    return mark;
  });
}
