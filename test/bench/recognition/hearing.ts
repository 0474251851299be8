import type { RecognizerResult } from '../../../src/domain/recognition.ts';
import { ACCEPT_THRESHOLD } from '../../../src/language/rank-intents.ts';
import { percent, shown } from './numbers.ts';

/** What the bot does with a message, as if it were about access: it looks at once, asks one question, or passes it by. */
export type Reaction = 'acted on' | 'asked' | 'rejected';

/** A message of a stranger, and whether a person called it a complaint about access. */
export interface Judged {
  readonly isComplaint: boolean;
  readonly reaction: Reaction;
}

const reactions: readonly Reaction[] = ['acted on', 'asked', 'rejected'];
/** What it costs whoever wrote a message: a question 1, the wrong thing 3. */
const COMPLAINT_COST: Readonly<Record<Reaction, number>> = { 'acted on': 0, asked: 1, rejected: 3 };
const OTHER_COST: Readonly<Record<Reaction, number>> = { 'acted on': 3, asked: 1, rejected: 0 };

/** The reaction to what was recognized. */
export function reactionOf({ intent, confidence }: Pick<RecognizerResult, 'intent' | 'confidence'>): Reaction {
  if (intent !== 'access-denied') return 'rejected';
  return confidence >= ACCEPT_THRESHOLD ? 'acted on' : 'asked';
}

/** The mean cost of a message: 0 is perfect, 3 always wrong. */
export function costOf(all: readonly Judged[]): number {
  const costs = all.map(({ isComplaint, reaction }) => (isComplaint ? COMPLAINT_COST : OTHER_COST)[reaction]);
  return costs.reduce((sum, cost) => sum + cost, 0) / all.length;
}

/** The share of each reaction, as it is printed. */
export function sharesOf(all: readonly Judged[]): string {
  const shareOf = (wanted: Reaction) => percent(all.filter(({ reaction }) => reaction === wanted).length, all.length);
  return reactions.map((reaction) => `${reaction} ${shown(shareOf(reaction))}`).join(', ');
}
