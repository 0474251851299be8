import { upToMinute } from '../../domain/instant.ts';
import { proved, ruledOut, unknown, type Cause } from '../cause.ts';

/** Too many failed attempts to sign in keep this person out. */
export const lockedOut: Cause = {
  slug: 'locked-out',
  proves: { until: ['until'], open: [] },
  excludes: { always: [] },
  judge({ at, lockout }) {
    if (!lockout.known) return unknown(lockout);
    if (lockout.value === null) return ruledOut(lockout);
    const { until } = lockout.value;
    if (until === null) return proved(lockout, {}, 'open');
    return until > at ? proved(lockout, { until: { at: upToMinute(until) } }, 'until') : ruledOut(lockout);
  },
};
