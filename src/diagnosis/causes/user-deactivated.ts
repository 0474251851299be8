import { proved, ruledOut, unknown, type Cause } from '../cause.ts';

/** This person was deactivated in their own workspace; the account itself works. */
export const userDeactivated: Cause = {
  slug: 'user-deactivated',
  proves: { always: [] },
  excludes: { always: [] },
  judge({ userStatus }) {
    if (!userStatus.known) return unknown(userStatus);
    return userStatus.value === 'active' ? ruledOut(userStatus) : proved(userStatus);
  },
};
