import { createStripeSource } from '../../src/accounts/stripe/index.ts';
import { catalog, stripeKey, stripeOverNock, stripeWith, subject, subscriptionsWith } from '../support/stripe-api.ts';
import { accountSourceContract } from './contract.ts';
import { inMemory, type FarEnd } from './far-end.ts';
import { whichMonth, whichPlan, whichSubscription } from './stripe-choices.ts';
import { failing, malformed } from './stripe-malformed.ts';
import { besidesThePlan, entitled, whyStopped } from './stripe-stopped.ts';
import { casesOf, told } from './stripe-told.ts';

const cases = casesOf(
  malformed,
  failing,
  whichSubscription,
  whyStopped,
  besidesThePlan,
  whichPlan,
  whichMonth,
  entitled,
);

const foreign: Record<string, FarEnd> = {};
for (const whose of [
  'cus_other',
  '',
  null,
  undefined,
  7,
  ['cus_Latchkey42'],
  { id: 'cus_Latchkey42' },
  'CUS_LATCHKEY42',
])
  foreign[`another customer: ${whose === undefined ? 'nobody' : JSON.stringify(whose)}`] = stripeWith({
    subscriptions: subscriptionsWith((first) => (first.customer = whose)),
  });
foreign['another customer, among others'] = stripeWith({
  subscriptions: subscriptionsWith((_, { data }) => Object.assign(data[1] ?? {}, { customer: 'cus_other' })),
});

const contract = { secret: stripeKey, subject, whole: stripeWith(), told, cases, foreign };
const source = createStripeSource({ key: stripeKey }, catalog);
accountSourceContract({ ...contract, name: 'stripe, without a network', connect: inMemory(source) });
accountSourceContract({ ...contract, name: 'stripe, through nock', connect: stripeOverNock() });
