import type { Clause } from './clauses.ts';
import { polarityOf } from './polarity.ts';

const WHOLE =
  /\b(?:everything|everywhere|all of (?:it|them|this|that)|all (?:the )?(?:features|functions|pages)|the (?:whole|entire) (?:thing|app|account|workspace|product)|(?:whole|entire|complete) (?:account|workspace))\b/iu;
const NOTHING = /\bnothing (?:at all )?(?:works?|is working|opens?|loads?|is accessible|is available)\b/iu;
const ANYTHING = /\banything\b/iu;
/** "I tried everything" is not about what is locked. */
const DONE =
  /\b(?:tried|did|done|do|checked|follow(?:ed)?|said|know|paid(?: for)?|changed|for|after|else)\s+(?:all of (?:it|them|this|that)|everything)\b|\beverything (?:else|you|is (?:fine|ok|right)|(?:looks|seems) (?:fine|ok))\b/iu;

/** Whether a text is about all there is: "everything", "all of it", "nothing works". */
export function namesEverything(clauses: readonly Clause[]): boolean {
  return clauses.some((clause) => {
    const { text } = clause;
    if (NOTHING.test(text)) return true;
    const polarity = polarityOf(clause);
    if (ANYTHING.test(text)) return polarity === 'blocked';
    return WHOLE.test(text) && !DONE.test(text) && polarity !== 'works';
  });
}
