import type { ScoredIntent } from '../domain/recognition.ts';
import { confidenceOf } from './confidence.ts';
import type { Label } from './model.ts';

/** The intent whose examples are what nobody wants from this bot: hearing it is hearing nothing. */
export const REJECTED = 'other';

/** From this confidence on an intent is recognized (to be confirmed). */
export const CONFIRM_THRESHOLD = 0.5;
/** From this confidence on an intent is certain. */
export const ACCEPT_THRESHOLD = 0.75;

/** What the scores of a model's labels speak for, likeliest first; all below `CONFIRM_THRESHOLD` when `other` is likelier. */
export type IntentRanker = (scores: Float32Array) => RankedIntent[];

/** `evidence`: how much speaks for it (no unit, about -2 to 2). */
export interface RankedIntent extends ScoredIntent {
  readonly evidence: number;
}

/** The numbers of an intent's labels: as a whole, and of its kinds. */
interface Choice {
  readonly intent: string;
  readonly whole: number;
  readonly kinds: readonly number[];
}

/** What the lead over the next intent, and the score of `other`, add to an intent's own score. */
const LEAD = 0.3;
const OTHER = -0.65;
/** A rival that knows exactly which of its kinds it is speaks louder. Fitted on held-out fifths of our own examples. */
const RIVAL_KIND = -0.5;
/** The score of an intent that is not there: that of a text right on the far side of the border. */
const ABSENT = -1;
const BELOW_CONFIRM = CONFIRM_THRESHOLD - 0.01;

/** Judges intents first, then the kind. */
export function createIntentRanker(labels: readonly Label[]): IntentRanker {
  const choices = choicesOf(labels);
  const wanted = choices.filter(({ intent }) => intent !== REJECTED);
  const rejected = choices.find(({ intent }) => intent === REJECTED);
  return (scores) => {
    const other = rejected ? scoreOf(rejected, scores) : ABSENT;
    const owns = wanted.map((choice) => scoreOf(choice, scores));
    const order = Array.from(owns.keys()).sort((a, b) => (owns[b] ?? 0) - (owns[a] ?? 0));
    const [first = ABSENT, second = ABSENT] = order.slice(0, 2).map((at) => owns[at]);
    const kinds = wanted.map((choice) => scores[likeliestKind(choice, scores)] ?? null);
    return order.flatMap((at) => {
      const [choice, own = ABSENT] = [wanted[at], owns[at]];
      if (!choice) return [];
      const next = Math.max(own === first ? second : first, ABSENT);
      const evidence = own + LEAD * (own - next) + OTHER * other + RIVAL_KIND * loudestBut(at, kinds);
      const confidence = other >= own ? Math.min(confidenceOf(evidence), BELOW_CONFIRM) : confidenceOf(evidence);
      const subIntent = labels[likeliestKind(choice, scores)]?.subIntent ?? null;
      return { intent: choice.intent, subIntent, evidence, confidence };
    });
  };
}

/** The highest score of a kind of another intent; 0 where no other has kinds. */
function loudestBut(at: number, kinds: readonly (number | null)[]): number {
  const rivals = kinds.filter((kind, other): kind is number => kind !== null && other !== at);
  return rivals.length === 0 ? 0 : Math.max(...rivals, ABSENT);
}

function choicesOf(labels: readonly Label[]): Choice[] {
  return labels.flatMap(({ intent, subIntent }, whole) => {
    if (subIntent !== null) return [];
    const kinds = labels.flatMap((label, at) => (label.intent === intent && label.subIntent !== null ? [at] : []));
    return [{ intent, whole, kinds }];
  });
}

/** An intent with kinds is judged half as a whole, half by its likeliest kind. */
function scoreOf(choice: Choice, scores: Float32Array): number {
  return ((scores[choice.whole] ?? ABSENT) + kindScoreOf(choice, scores)) / 2;
}

/** The score of the likeliest kind; of the whole for an intent without kinds. */
function kindScoreOf(choice: Choice, scores: Float32Array): number {
  return scores[likeliestKind(choice, scores)] ?? scores[choice.whole] ?? ABSENT;
}

/** The number of the label of the kind with the highest score; -1 for an intent without kinds. */
function likeliestKind({ kinds }: Choice, scores: Float32Array): number {
  let best = kinds[0] ?? -1;
  for (const kind of kinds) if ((scores[kind] ?? 0) > (scores[best] ?? 0)) best = kind;
  return best;
}
