import { wordsOf } from './words.ts';

/** A part of a text that says one thing. */
export interface Clause {
  readonly text: string;
  readonly words: readonly string[];
  /** A comma or "and" joins it to the one before; otherwise it is a sentence of its own, or contrasts. */
  readonly joins: 'start' | 'and' | 'but' | 'except';
  readonly isQuestion: boolean;
}

/** Characters of a text that are looked at, and clauses of it. Bounds the time. */
const MAX_CHARACTERS = 1_000;
const MAX_CLAUSES = 60;
const JOINT =
  /((?<![.?!\n])[.?!\n]+(?=\s|$)|[;,]|\s[-–—]\s|:\s|\b(?:and|or|but|while|whereas|although|though|however|yet|except(?:\sfor)?|apart\sfrom|because|since|so\sthat)\b)/iu;

/** The clauses of a text, at marks and at words that join. */
export function clausesOf(text: string): Clause[] {
  const parts = text.slice(0, MAX_CHARACTERS).replaceAll(/[’‘`]/gu, "'").split(JOINT);
  const clauses: Clause[] = [];
  let joins: Clause['joins'] = 'start';
  for (let at = 0; at < parts.length && clauses.length < MAX_CLAUSES; at += 2) {
    const [part = '', joint = ''] = [parts[at], parts[at + 1]];
    const words = wordsOf(part);
    if (words.length > 0) {
      clauses.push({ text: part, words, joins, isQuestion: joint.startsWith('?') });
      joins = 'and';
    }
    joins = stronger(joins, joinOf(joint));
  }
  return clauses;
}

function joinOf(joint: string): Clause['joins'] {
  if (/^[.?!\n]/u.test(joint)) return 'start';
  if (/^(?:except|apart)/iu.test(joint)) return 'except';
  return /^(?:but|while|whereas|although|though|however|yet)/iu.test(joint) ? 'but' : 'and';
}

/** Of a comma and the word behind it the word counts. */
function stronger(before: Clause['joins'], joint: Clause['joins']): Clause['joins'] {
  return joint === 'and' ? before : joint;
}
