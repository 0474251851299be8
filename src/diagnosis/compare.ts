import type { Verdict } from '../domain/verdict.ts';
import { stillPropagating } from './causes/still-propagating.ts';
import { nothingBlocks } from './diagnose.ts';

/** What a re-check observed against the verdict before it. */
export type Change = 'access-is-back' | 'same' | 'another-cause' | 'could-not-check';

/** Compares the verdict of a re-check with the one before. */
export function compare(before: Verdict, after: Verdict): Change {
  if (!after.primary) return 'could-not-check';
  if (after.primary.cause === before.primary?.cause) return 'same';
  // Without a block before, nothing was seen to come back; the facts of a change on its way allowed access already.
  const blocked = before.primary && before.primary.cause !== stillPropagating.slug;
  return blocked && after.primary.cause === nothingBlocks.slug ? 'access-is-back' : 'another-cause';
}
