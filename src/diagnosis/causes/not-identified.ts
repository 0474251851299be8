import type { Known, Session, Snapshot } from '../../domain/snapshot.ts';
import type { Facts } from '../../domain/verdict.ts';
import { proved, ruledOut, unknown, type Cause, type Judgement } from '../cause.ts';

/** No valid identity, a session that ended, or a user who is not in the account. */
export const notIdentified: Cause = {
  slug: 'not-identified',
  proves: {
    'no-identity': [],
    'not-in-account': [],
    'account-not-found': [],
    'session-expired': [],
    'session-expired-at': ['endedAt'],
    'session-revoked': [],
  },
  excludes: { always: [] },
  judge(snapshot) {
    if (!snapshot.identity.known) return unknown(snapshot.identity);
    if (snapshot.identity.value === 'anonymous') return proved(snapshot.identity, {}, 'no-identity');
    return judgeMember(snapshot);
  },
};

function judgeMember({ at, membership, session }: Snapshot): Judgement | null {
  if (membership.known && membership.value !== 'member') return proved(membership, {}, membership.value);
  if (session.known && hasEnded(session.value, at)) return judgeEnded(session);
  const missing = [membership, session].filter((one) => !one.known);
  const expected = missing.find((one) => one.why !== 'not-connected') ?? missing[0];
  return expected ? unknown(expected) : ruledOut(session);
}

function hasEnded({ state, expiresAt }: Session, at: number): boolean {
  return state !== 'valid' || (expiresAt !== null && expiresAt <= at);
}

function judgeEnded(session: Known<Session>): Judgement {
  const { state, expiresAt } = session.value;
  if (state === 'revoked') return proved(session, {}, 'session-revoked');
  const facts: Facts = expiresAt === null ? {} : { endedAt: { at: expiresAt } };
  return proved(session, facts, expiresAt === null ? 'session-expired' : 'session-expired-at');
}
