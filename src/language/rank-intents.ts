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

/**
 * What an intent's own score, that of the rival's likeliest kind, and that of `other` say for it. Fitted on held-out fifths
 * of our own examples: a rival that knows exactly which kind it is speaks louder against a complaint than half a kind.
 */
const OWN = 1.3;
const RIVAL = -0.8;
const OTHER = -0.45;
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
    const kinds = wanted.map((choice) => kindScoreOf(choice, scores));
    const order = Array.from(owns.keys()).sort((a, b) => (owns[b] ?? 0) - (owns[a] ?? 0));
    const loudest = Array.from(kinds.keys()).sort((a, b) => (kinds[b] ?? 0) - (kinds[a] ?? 0));
    return order.flatMap((at) => {
      const [choice, own = ABSENT] = [wanted[at], owns[at]];
      if (!choice) return [];
      const rival = kinds[(loudest[0] === at ? loudest[1] : loudest[0]) ?? -1] ?? ABSENT;
      const evidence = OWN * own + RIVAL * Math.max(rival, ABSENT) + OTHER * other;
      const confidence = other >= own ? Math.min(confidenceOf(evidence), BELOW_CONFIRM) : confidenceOf(evidence);
      const subIntent = labels[likeliestKind(choice, scores)]?.subIntent ?? null;
      return { intent: choice.intent, subIntent, evidence, confidence };
    });
  };
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
