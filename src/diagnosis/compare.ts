import type { Verdict } from '../domain/verdict.ts';
import { stillPropagating } from './causes/still-propagating.ts';
import { nothingBlocks } from './diagnose.ts';

/** What a re-check observed against the verdict before it. */
export type Change = 'access-is-back' | 'same' | 'another-cause' | 'could-not-check';

/** Compares the verdict of a re-check with the one before. */
export function compare(before: Verdict, after: Verdict): Change {
  if (!after.lead) return 'could-not-check';
  if (after.lead.cause === before.lead?.cause) return 'same';
  // Without a block before, nothing was seen to come back; the facts of a change on its way allowed access already.
  const blocked = before.lead && before.lead.cause !== stillPropagating.slug;
  return blocked && after.lead.cause === nothingBlocks.slug ? 'access-is-back' : 'another-cause';
}
