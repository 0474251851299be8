import { compare, type Observation } from '../src/diagnosis/compare.ts';
import { stillPropagating } from '../src/diagnosis/causes/still-propagating.ts';
import { nothingBlocks } from '../src/diagnosis/diagnose.ts';
import type { Verdict } from '../src/domain/verdict.ts';
import type { Words } from '../src/knowledge/wording.ts';
import { isBlocked, look, type LookNeeds } from './account.ts';
import type { Services } from './services.ts';
import { changesSince, tellAccessIsBack, tellGone, tellOther, tellStillThere } from './tell-verdict.ts';
import type { Turn } from './turn.ts';

/** So many looks in a row that brought no news, and no more. */
export const mostLooksWithoutNews = 2;

type LookAgainNeeds = LookNeeds & Pick<Services, 'agentWords'>;

/** A look that would be one too many is none: both sides go to a person. */
export function mayLook({ memory }: Turn): boolean {
  // Where nothing is proved, a second look has nothing to compare with.
  return memory.looks < (memory.verdict?.primary ? mostLooksWithoutNews : 1);
}

/**
 * Looks at the account again and says what came of it: `back`, nothing blocks any more; `told`, what blocks now; `anew`, what
 * could be read changed, and the verdict is to be told as a first one; `unread`, nothing more could be read than before.
 */
export async function lookAgain(
  turn: Turn,
  needs: LookAgainNeeds,
  feature: string | null,
): Promise<'back' | 'told' | 'anew' | 'unread'> {
  const { verdict: before, snapshot: read, blocked } = turn.memory;
  const after = await look(turn, needs, feature, { fresh: true });
  observe(turn, after, needs.agentWords);
  // What blocked before the account could not be read for a while is what access comes back from.
  const isBack = blocked !== null && !before?.primary && after.primary?.cause === nothingBlocks.slug;
  const change = isBack ? 'access-is-back' : before ? compare(before, after) : 'could-not-check';
  const isOpen = !isBack && isUnread(change, before, after);
  if (isOpen) return lookedAtUnread(turn, before, after);
  const changes = read ? changesSince(turn, read, after.feature, needs) : '';
  if (change === 'access-is-back') {
    turn.note('back');
    turn.memory.blocked = null;
    tellAccessIsBack(turn, changes);
    turn.reachOutcome('verified');
    return 'back';
  }
  turn.memory.looks = change === 'same' && changes === '' ? turn.memory.looks + 1 : 0;
  if (change === 'same') {
    turn.note('same');
    tellStillThere(turn, changes, turn.memory.looks);
  } else if (change === 'cause-gone') tellGone(turn, changes);
  else tellOther(turn, changes, before);
  if (isBlocked(after)) turn.reachOutcome('unsolved');
  if (!mayLook(turn) && turn.memory.ticket === null) turn.say('offer-person', { checks: turn.memory.looks + 1 });
  return 'told';
}

/** Whether nothing can be told of what was there before. */
function isUnread(change: Observation, before: Verdict | null, after: Verdict): boolean {
  return change === 'could-not-check' || !before?.primary || (change === 'same' && !after.primary);
}

function lookedAtUnread(turn: Turn, before: Verdict | null, after: Verdict): 'anew' | 'unread' {
  if (before?.primary || after.primary) return 'anew';
  turn.memory.looks += 1;
  turn.note('unread');
  if (turn.isUnconfirmed) turn.sayWhoIsMissing();
  else turn.say('still-unread', { readAt: { at: turn.memory.snapshot?.at ?? 0 } });
  turn.reachOutcome('unsolved');
  return 'unread';
}

/**
 * The customer says that it works: the account is read before that is believed. False: it still tells a cause.
 */
export async function believesThatItWorks(turn: Turn, needs: LookNeeds, feature: string | null): Promise<boolean> {
  const before = turn.memory.verdict?.primary?.cause ?? null;
  const read = turn.memory.snapshot;
  const after = await look(turn, needs, feature, { fresh: true });
  if (turn.subject && isBlocked(after)) {
    turn.reachOutcome('unsolved');
    return false;
  }
  const wasBlocked = before !== null && before !== nothingBlocks.slug && before !== stillPropagating.slug;
  if (wasBlocked && after.primary?.cause === nothingBlocks.slug) {
    turn.note('back');
    tellAccessIsBack(turn, read ? changesSince(turn, read, after.feature, needs) : '');
    turn.reachOutcome('verified');
  } else {
    turn.say('good-to-hear');
    turn.reachOutcome('confirmed');
  }
  return true;
}

/** Notes on every step that was offered what this check observed, in the agents' words. */
function observe(turn: Turn, verdict: Verdict, words: Words): void {
  const observed = verdict.primary ? words.proof(verdict.primary, verdict) : words.page(null).unknown;
  for (const step of turn.memory.steps) {
    step.tried = true;
    step.observed = observed;
  }
}

/** What is proved, in a sentence; what is possible where nothing is. */
export function proofOf({ memory: { verdict }, words }: Turn): string {
  if (!verdict) return '';
  return verdict.primary ? words.proof(verdict.primary, verdict) : (words.possible(verdict) ?? '');
}
