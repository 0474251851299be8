import type { Cause } from '../cause.ts';
import { accountSuspended } from './account-suspended.ts';
import { creditExhausted } from './credit-exhausted.ts';
import { incident } from './incident.ts';
import { monthlyLimit } from './monthly-limit.ts';
import { noSeat } from './no-seat.ts';
import { notIdentified } from './not-identified.ts';
import { paymentLapsed } from './payment-lapsed.ts';
import { planLacksFeature } from './plan-lacks-feature.ts';
import { rateLimited } from './rate-limited.ts';
import { roleLacksPermission } from './role-lacks-permission.ts';
import { stillPropagating } from './still-propagating.ts';
import { trialEnded } from './trial-ended.ts';
import { wrongAccount } from './wrong-account.ts';

/** LIST 2: every cause, in the order in which they are judged; the first proved one is the one that blocks now. */
export const causes: readonly Cause[] = [
  incident,
  notIdentified,
  wrongAccount,
  accountSuspended,
  roleLacksPermission,
  noSeat,
  planLacksFeature,
  monthlyLimit,
  rateLimited,
  creditExhausted,
  paymentLapsed,
  trialEnded,
  stillPropagating,
];
