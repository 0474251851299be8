import type { Cause } from '../cause.ts';
import { monthlyLimit } from './monthly-limit.ts';
import { notIdentified } from './not-identified.ts';
import { paymentLapsed } from './payment-lapsed.ts';
import { planLacksFeature } from './plan-lacks-feature.ts';

/** LIST 2: every cause, in the order in which they are judged; the first proved one is the one that blocks now. */
export const causes: readonly Cause[] = [notIdentified, planLacksFeature, monthlyLimit, paymentLapsed];
