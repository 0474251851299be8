import { proved, ruledOut, unknown, type Cause } from '../cause.ts';

/** The account is suspended or closed. Why, is not ours to explain here. */
export const accountSuspended: Cause = {
  slug: 'account-suspended',
  proves: { suspended: [], closed: [] },
  excludes: { always: [] },
  judge({ accountStatus }) {
    if (!accountStatus.known) return unknown(accountStatus);
    return accountStatus.value === 'active' ? ruledOut(accountStatus) : proved(accountStatus, {}, accountStatus.value);
  },
};
