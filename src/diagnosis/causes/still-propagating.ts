import type { Instant } from '../../domain/instant.ts';
import type { Fact, Known } from '../../domain/snapshot.ts';
import { proved, ruledOut, unknown, type Cause, type Judgement } from '../cause.ts';

/** How long a change of plan or role takes to reach every part of a product, in milliseconds. */
const propagationMs = 15 * 60_000;

/** The plan or the role changed a moment ago, and all facts allow access already: the commonest "I upgraded and still". */
export const stillPropagating: Cause = {
  slug: 'still-propagating',
  proves: { always: ['changedAt', 'allowedAt'] },
  excludes: { always: [], 'blocked-anyway': ['changedAt'] },
  judge({ at, planChangedAt, roleChangedAt }, _, earlier) {
    const latest = latestOf([planChangedAt, roleChangedAt], at);
    if (!latest) return judgeNone([planChangedAt, roleChangedAt]);
    const facts = { changedAt: { at: latest.value } };
    if (earlier.some(({ status }) => status === 'proved')) return ruledOut(latest, facts, 'blocked-anyway');
    if (earlier.some(({ status }) => status === 'unknown')) return unknown(latest);
    // Told to the minute: rounded up, so that nobody tries too early.
    const allowedAt = { at: Math.ceil((latest.value + propagationMs) / 60_000) * 60_000 };
    return proved(latest, { ...facts, allowedAt });
  },
};

type Change = Fact<Instant | null>;

/** The latest change of those that may still be on their way. One that is announced for later is not. */
function latestOf(changes: readonly Change[], at: Instant): Known<Instant> | undefined {
  return changes
    .flatMap((one) => (one.known && one.value !== null ? [{ ...one, value: one.value }] : []))
    .filter(({ value }) => value <= at && value > at - propagationMs)
    .toSorted((a, b) => b.value - a.value)[0];
}

function judgeNone([plan, role]: readonly [Change, Change]): Judgement | null {
  const unread = [plan, role].find((one) => !one.known && one.why !== 'not-connected');
  const known = plan.known ? plan : role;
  return unread || !known.known ? unknown(unread ?? plan) : ruledOut(known);
}
