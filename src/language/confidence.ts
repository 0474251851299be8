/**
 * Evidence from which an intent is heard at all (to be confirmed), and from which it is certain.
 * Chosen on our own examples, a fifth of them held out at a time in blocks of 8 neighbours (test/bench/recognition.ts).
 */
const CONFIRM_FROM = 0.2;
const ANSWER_FROM = 0.7;

/** Evidence as a number from 0 to 1: a logistic curve through 0.5 at `CONFIRM_FROM` and 0.75 at `ANSWER_FROM`. */
export function confidenceOf(evidence: number): number {
  return 1 / (1 + Math.exp((-Math.log(3) * (evidence - CONFIRM_FROM)) / (ANSWER_FROM - CONFIRM_FROM)));
}
