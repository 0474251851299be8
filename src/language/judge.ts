import type { Label } from './model.ts';

/** The intent whose examples are what nobody wants from this bot: hearing it is hearing nothing. */
export const REJECTED = 'other';

/** The likeliest intent and kind, and how much speaks for them (no unit, about -2 to 2). */
export interface Judgement {
  readonly intent: string | null;
  readonly about: string | null;
  readonly evidence: number;
}

/** What the scores of a model's labels speak for. */
export type Judge = (scores: Float32Array) => Judgement;

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

/** Judges intents first, then the kind; `intent` is null when `other` is likelier than all. */
export function createJudge(labels: readonly Label[]): Judge {
  const choices = choicesOf(labels);
  const wanted = choices.filter(({ intent }) => intent !== REJECTED);
  const rejected = choices.find(({ intent }) => intent === REJECTED);
  return (scores) => {
    const { best, own, next } = bestOf(wanted, scores);
    const other = rejected ? scoreOf(rejected, scores) : ABSENT;
    const evidence = own + LEAD * (own - next) + OTHER * other;
    if (!best || other >= own) return { intent: null, about: null, evidence };
    return { intent: best.intent, about: labels[likeliestKind(best, scores)]?.about ?? null, evidence };
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

function bestOf(choices: readonly Choice[], scores: Float32Array): { best: Choice | null; own: number; next: number } {
  let best: Choice | null = null;
  let [own, next] = [-Infinity, -Infinity];
  for (const choice of choices) {
    const score = scoreOf(choice, scores);
    if (score > own) [best, own, next] = [choice, score, own];
    else if (score > next) next = score;
  }
  return { best, own: best ? own : ABSENT, next: Math.max(next, ABSENT) };
}
