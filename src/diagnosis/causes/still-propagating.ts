import type { Instant } from '../../domain/instant.ts';
import { arrivesAt, longestPropagationMs, propagationOf } from '../../domain/propagation.ts';
import { clockSkewMs, type Fact, type Known, type Snapshot } from '../../domain/snapshot.ts';
import type { Finding } from '../../domain/verdict.ts';
import { needsFeature, proved, ruledOut, unknown, type Cause, type Judgement } from '../cause.ts';

/** The plan or the role changed a moment ago, and all facts allow access already: the commonest "I upgraded and still". */
export const stillPropagating: Cause = {
  slug: 'still-propagating',
  proves: { always: ['changedAt', 'allowedAt'], 'whole-account': ['changedAt', 'allowedAt'] },
  excludes: { always: [], 'blocked-anyway': ['changedAt'] },
  judge(snapshot, { feature }, earlier) {
    const { at, planChangedAt, roleChangedAt, propagation } = snapshot;
    const latest = latestOf([planChangedAt, roleChangedAt], at, longestOf(snapshot));
    if (!latest) return judgeNone([planChangedAt, roleChangedAt]);
    const facts = { changedAt: { at: latest.value } };
    const has = (status: Finding['status']) => earlier.some((one) => one.status === status);
    if (has('proved')) return ruledOut(latest, facts, 'blocked-anyway');
    if (isUnread(propagation)) return unknown(propagation);
    if (has('unknown')) return unknown(latest);
    if (has('possible')) return needsFeature(latest);
    return proved(
      latest,
      { ...facts, allowedAt: { at: arrivesAt(latest.value, propagationOf(snapshot)) } },
      feature ? 'always' : 'whole-account',
    );
  },
};

type Change = Fact<Instant | null>;

/** Told, but not as agreed: where nobody tells it, our own time counts. */
function isUnread(propagation: Snapshot['propagation']): boolean {
  return !propagation.known && propagation.why !== 'not-connected';
}

/** Of a time that was not read, whatever it could be. */
function longestOf(snapshot: Snapshot): number {
  return isUnread(snapshot.propagation) ? longestPropagationMs : propagationOf(snapshot);
}

/** The latest change of those that may still be on their way. One that is announced for later is not. */
function latestOf(changes: readonly Change[], at: Instant, takesMs: number): Known<Instant> | undefined {
  return changes
    .flatMap((one) => (one.known && one.value !== null ? [{ ...one, value: one.value }] : []))
    .filter(({ value }) => value <= at + clockSkewMs && value > at - takesMs)
    .toSorted((a, b) => b.value - a.value)[0];
}

function judgeNone([plan, role]: readonly [Change, Change]): Judgement | null {
  const unread = [plan, role].find((one) => !one.known && one.why !== 'not-connected');
  const known = plan.known ? plan : role;
  return unread || !known.known ? unknown(unread ?? plan) : ruledOut(known);
}
