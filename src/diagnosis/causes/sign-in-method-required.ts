import { judgeMissing, type Cause } from '../cause.ts';

/** The account's policy asks for a way to sign in that this sign-in did not take. */
export const signInMethodRequired: Cause = {
  slug: 'sign-in-method-required',
  proves: { sso: [], 'second-factor': [], several: [] },
  excludes: { always: [] },
  judge: ({ lacksSignIn }) => judgeMissing(lacksSignIn),
};
