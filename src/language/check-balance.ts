import type { IntentExamples } from '../domain/content.ts';

/** A way of complaining that stands almost only in complaints about access: whoever uses it is then taken for one. */
export interface Imbalance {
  readonly frame: string;
  /** How many lines of `access-denied` have it, and how many others that a customer may begin with. */
  readonly inside: number;
  readonly outside: number;
}

/** Outside a frame is to be at least so often as inside. */
const SHARE = 0.5;
const COMPLAINT = 'access-denied';
/** They answer the bot: "still locked" is no other thing there. */
const ANSWERS = ['didnt-work', 'objection', 'dissatisfied', 'worked', 'done'];

/** What complaints of every kind are made of. */
const frames: Readonly<Record<string, RegExp>> = {
  "can't": /\b(?:can't|cannot|can not|cant|couldn't|could not)\b/u,
  "won't let me": /\b(?:won't|wont|doesn't|does not|didn't|not) (?:let|allow) (?:me|us|him|her|them)\b/u,
  unable: /\b(?:unable|not able|aren't able|isn't able)\b/u,
  'no option': /\bno (?:option|way|button|possibility)\b/u,
  "can't find": /\b(?:can't|cannot|couldn't|unable to|don't|didn't) (?:find|see|locate)\b|\bnowhere\b/u,
  stuck: /\bstuck\b/u,
  still: /\bstill\b/u,
  lost: /\b(?:lost|lose|loses|losing)\b/u,
  gone: /\b(?:gone|vanished|disappeared)\b/u,
  failed: /\bfail(?:ed|s|ing|ure|ures)?\b/u,
  disabled: /\b(?:disabled?|gr[ea]yed|gr[ea]y|gr[ea]ys)\b/u,
  declined: /\b(?:declined?|rejects?|rejected|refuses?|refused)\b/u,
  expired: /\b(?:expired?|expires|expiry)\b/u,
  stopped: /\bstop(?:s|ped)\b/u,
  'not working': /\b(?:not|never|doesn't|don't|isn't|didn't|no longer|stopped) work(?:s|ing)?\b/u,
};

/** The frames that occur less than half as often outside the complaints as inside. */
export function checkBalance(intents: readonly IntentExamples[]): Imbalance[] {
  const linesOf = (some: readonly IntentExamples[]) =>
    some.flatMap(({ utterances }) => utterances.map((text) => text.toLowerCase().replaceAll(/[’‘`]/gu, "'")));
  const complaints = linesOf(intents.filter(({ slug }) => slug === COMPLAINT));
  const others = linesOf(intents.filter(({ slug }) => slug !== COMPLAINT && !ANSWERS.includes(slug)));
  return Object.entries(frames).flatMap(([frame, pattern]) => {
    const countIn = (lines: readonly string[]) => lines.filter((line) => pattern.test(line)).length;
    const [inside, outside] = [countIn(complaints), countIn(others)];
    return outside < inside * SHARE ? [{ frame, inside, outside }] : [];
  });
}
