import type { Clause } from './clauses.ts';
import { polarityOf } from './polarity.ts';
import { wordsOf } from './words.ts';

const PEOPLE =
  'colleague|collegue|coworker|co-worker|workmate|teammate|team mate|team member|member|employee|boss|manager|client|customer|student|user|wife|husband|partner|friend|assistant|contractor|freelancer|intern|trainee|accountant|secretary|teacher|pupil|guest|hire|son|daughter|mother|father|mum|mom|dad|brother|sister';
/** Whose: no "the", since "the user is not authorized" is how systems speak of the writer. */
const WHOSE = '(?:my|our|a|an|another|some|this|his|her|(?:one|two|some|most|all|half|none|both) of (?:my|our|the))';
const PERSON = new RegExp(
  String.raw`\b${WHOSE}\s+(?:new\s+|own\s+|other\s+)?(${PEOPLE})s?\b(?:\s*\(?(?:named|called)?\s*(\p{L}+))?`,
  'iu',
);
const NAME = /^\p{Lu}\p{Ll}+$/u;
const WRITER = /\b(?:i|i'm|i've|i'd|im|we|we're)\b/iu;

/** Whoever cannot get in, where that is not the writer: by name, or else by what they are; null: the writer. */
export function findOtherPerson(clauses: readonly Clause[]): string | null {
  const isOther = clauses.some(({ text }) => /\b(?:not|isn't)\s+(?:about\s+|for\s+)?me\b/iu.test(text));
  for (const clause of clauses) {
    const person = personIn(beforeWriter(clause), isOther);
    if (person !== null) return person;
  }
  return null;
}

/** The clause up to "I": what follows is of the writer. */
function beforeWriter(clause: Clause): Clause {
  const [text = ''] = clause.text.split(WRITER);
  return text === clause.text ? clause : { ...clause, text, words: wordsOf(text) };
}

function personIn(clause: Clause, isOther: boolean): string | null {
  const found = PERSON.exec(clause.text);
  if (!found || (!isOther && polarityOf(clause) !== 'blocked')) return null;
  const [, person = '', name = ''] = found;
  return NAME.test(name) ? name : person.toLowerCase();
}
