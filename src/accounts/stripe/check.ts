import { fail, ok, warn, type Check } from '../../domain/check.ts';
import { probe } from '../../http/probe.ts';
import { stripeVersion } from './ask.ts';
import type { StripeAccess } from './index.ts';

const one = new URL('https://api.stripe.com/v1/subscriptions?limit=1');

/** Asks Stripe for one subscription, of whomever. */
export function checkStripe({ key }: StripeAccess): Check {
  return {
    name: 'Stripe',
    async run({ fetch }) {
      const headers = { authorization: `Bearer ${key}`, 'stripe-version': stripeVersion };
      const { status } = await probe(fetch, one, { headers });
      if (status === 401)
        return fail('Stripe refused the key', 'set STRIPE_KEY to a restricted key that is not revoked');
      if (status === 403)
        return fail('the key may not read subscriptions', 'give it the rights that docs/stripe.md names');
      if (status !== 200) return fail(`Stripe answered ${status}`, 'try again; and look at status.stripe.com');
      return key.startsWith('rk_test_')
        ? warn('Stripe takes the key, which is one for tests', 'set STRIPE_KEY to a live key before customers come')
        : ok('Stripe takes the key');
    },
  };
}
