import { judgeMissing, type Cause } from '../cause.ts';

/** Somebody has to accept, sign or complete something for the account before it works. */
export const termsNotAccepted: Cause = {
  slug: 'terms-not-accepted',
  proves: { terms: [], agreement: [], details: [], several: [] },
  excludes: { always: [] },
  judge: ({ pendingActions }) => judgeMissing(pendingActions),
};
