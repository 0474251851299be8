import type { Verdict } from '../domain/verdict.ts';
import { stillPropagating } from './causes/still-propagating.ts';
import { nothingBlocks } from './diagnose.ts';

/**
 * What a re-check observed against the verdict before it. `cause-gone`: what blocked is ruled out now; whether anything else
 * blocks, only a feature tells.
 */
export type Observation = 'access-is-back' | 'same' | 'another-cause' | 'cause-gone' | 'could-not-check';

/** Compares the verdict of a re-check with the one before. */
export function compare(before: Verdict, after: Verdict): Observation {
  if (!after.primary) return compareOpen(before, after);
  if (after.primary.cause === before.primary?.cause) return 'same';
  // Without a block before, nothing was seen to come back; the facts of a change on its way allowed access already.
  const blocked = before.primary && before.primary.cause !== stillPropagating.slug;
  return blocked && after.primary.cause === nothingBlocks.slug ? 'access-is-back' : 'another-cause';
}

/** Nothing is proved now: what was told before is still possible, gone, or not to be seen. */
function compareOpen(before: Verdict, after: Verdict): Observation {
  const possible = (verdict: Verdict) => causesThat(verdict, 'possible');
  const told = before.primary ? [before.primary.cause] : possible(before);
  const now = possible(after);
  if (now.some((cause) => !told.includes(cause))) return 'another-cause';
  if (now.length > 0) return 'same';
  const ruledOut = causesThat(after, 'ruled-out');
  if (causesThat(after, 'unknown').length > 0) return 'could-not-check';
  return told.length > 0 && told.every((cause) => ruledOut.includes(cause)) ? 'cause-gone' : 'could-not-check';
}

function causesThat({ findings }: Verdict, are: Verdict['findings'][number]['status']): string[] {
  return findings.filter(({ status }) => status === are).map(({ cause }) => cause);
}
