import type { Member } from './snapshots.ts';

/** Without any one of these no snapshot lets us say that nothing blocks. */
export const alwaysNeeded = [
  'identity',
  'incidents',
  'membership',
  'session',
  'accountStatus',
  'pendingActions',
  'userStatus',
  'lockout',
  'lacksSignIn',
  'unconfirmed',
  'network',
  'seat',
  'entitlements',
  'featureStates',
  'objectShared',
  'keyScopes',
  'quotas',
  'rates',
  'credits',
  'subscription',
  'trialEndsAt',
  'planChangedAt',
  'roleChangedAt',
] as const satisfies readonly Member[];
