import { judgeMissing, type Cause } from '../cause.ts';

/** The user's e-mail address or the company is not confirmed yet. */
export const notVerified: Cause = {
  slug: 'not-verified',
  proves: { email: [], company: [], several: [] },
  excludes: { always: [] },
  judge: ({ unconfirmed }) => judgeMissing(unconfirmed),
};
