import type { Guess } from '../domain/heard.ts';
import { confidenceOf } from './confidence.ts';
import type { Label } from './model.ts';

/** The intent whose examples are what nobody wants from this bot: hearing it is hearing nothing. */
export const REJECTED = 'other';

/** From this confidence on an intent is heard (to be confirmed). */
export const HEARD_FROM = 0.5;
/** From this confidence on an intent is certain. */
export const CERTAIN_FROM = 0.75;

/** What the scores of a model's labels speak for, likeliest first; all below `HEARD_FROM` when `other` is likelier. */
export type Judge = (scores: Float32Array) => Judgement[];

/** `evidence`: how much speaks for it (no unit, about -2 to 2). */
export interface Judgement extends Guess {
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
const OTHER = -0.5;
/** The score of an intent that is not there: that of a text right on the far side of the border. */
const ABSENT = -1;
const NOT_HEARD = HEARD_FROM - 0.01;

/** Judges intents first, then the kind. */
export function createJudge(labels: readonly Label[]): Judge {
  const choices = choicesOf(labels);
  const wanted = choices.filter(({ intent }) => intent !== REJECTED);
  const rejected = choices.find(({ intent }) => intent === REJECTED);
  return (scores) => {
    const other = rejected ? scoreOf(rejected, scores) : ABSENT;
    const owns = wanted.map((choice) => scoreOf(choice, scores));
    const order = Array.from(owns.keys()).sort((a, b) => (owns[b] ?? 0) - (owns[a] ?? 0));
    const [first = ABSENT, second = ABSENT] = order.slice(0, 2).map((at) => owns[at]);
    return order.flatMap((at) => {
      const [choice, own = ABSENT] = [wanted[at], owns[at]];
      if (!choice) return [];
      const next = Math.max(own === first ? second : first, ABSENT);
      const evidence = own + LEAD * (own - next) + OTHER * other;
      const confidence = other >= own ? Math.min(confidenceOf(evidence), NOT_HEARD) : confidenceOf(evidence);
      const about = labels[likeliestKind(choice, scores)]?.about ?? null;
      return { intent: choice.intent, about, evidence, confidence };
    });
  };
}

function choicesOf(labels: readonly Label[]): Choice[] {
  return labels.flatMap(({ intent, about }, whole) => {
    if (about !== null) return [];
    const kinds = labels.flatMap((label, at) => (label.intent === intent && label.about !== null ? [at] : []));
    return [{ intent, whole, kinds }];
  });
}

/** An intent with kinds is judged half as a whole, half by its likeliest kind. */
function scoreOf(choice: Choice, scores: Float32Array): number {
  const whole = scores[choice.whole] ?? ABSENT;
  const kind = scores[likeliestKind(choice, scores)];
  return kind === undefined ? whole : (whole + kind) / 2;
}

/** The number of the label of the kind with the highest score; -1 for an intent without kinds. */
function likeliestKind({ kinds }: Choice, scores: Float32Array): number {
  let best = kinds[0] ?? -1;
  for (const kind of kinds) if ((scores[kind] ?? 0) > (scores[best] ?? 0)) best = kind;
  return best;
}
