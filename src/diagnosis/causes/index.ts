import type { Cause } from '../cause.ts';
import { accountSuspended } from './account-suspended.ts';
import { creditExhausted } from './credit-exhausted.ts';
import { featureNotEnabled } from './feature-not-enabled.ts';
import { incident } from './incident.ts';
import { keyLacksScope } from './key-lacks-scope.ts';
import { lockedOut } from './locked-out.ts';
import { monthlyLimit } from './monthly-limit.ts';
import { networkBlocked } from './network-blocked.ts';
import { noSeat } from './no-seat.ts';
import { notIdentified } from './not-identified.ts';
import { notSharedWithYou } from './not-shared-with-you.ts';
import { notVerified } from './not-verified.ts';
import { paymentLapsed } from './payment-lapsed.ts';
import { planLacksFeature } from './plan-lacks-feature.ts';
import { rateLimited } from './rate-limited.ts';
import { roleLacksPermission } from './role-lacks-permission.ts';
import { signInMethodRequired } from './sign-in-method-required.ts';
import { stillPropagating } from './still-propagating.ts';
import { termsNotAccepted } from './terms-not-accepted.ts';
import { trialEnded } from './trial-ended.ts';
import { userDeactivated } from './user-deactivated.ts';
import { wrongAccount } from './wrong-account.ts';

/** LIST 2: every cause, in the order in which they are judged; the first proved one is the one that blocks now. */
export const causes: readonly Cause[] = [
  incident,
  notIdentified,
  wrongAccount,
  accountSuspended,
  termsNotAccepted,
  userDeactivated,
  lockedOut,
  signInMethodRequired,
  notVerified,
  networkBlocked,
  roleLacksPermission,
  noSeat,
  planLacksFeature,
  featureNotEnabled,
  notSharedWithYou,
  keyLacksScope,
  monthlyLimit,
  rateLimited,
  creditExhausted,
  paymentLapsed,
  trialEnded,
  stillPropagating,
];
