import assert from 'node:assert/strict';
import { createStripeSource } from '../../src/accounts/stripe/index.ts';
import type { AccountSource } from '../../src/accounts/source.ts';
import { codeOf, SupportError } from '../../src/domain/errors.ts';
import { restoreSubject } from '../../src/identity/verify.ts';
import { fakeClock } from '../support/fakes.ts';
import {
  catalog,
  customer,
  errors,
  listOf,
  meter,
  ok,
  stripeKey,
  stripeWith,
  subject,
  subscriptionsWith,
  type Instead,
  type Node,
} from '../support/stripe-api.ts';
import { getFrom, type FarEnd } from './far-end.ts';

const at = fakeClock().now();
type Asked = readonly (readonly [URL, Readonly<Record<string, unknown>>])[];

/** One reading of Stripe alone, with every request it made. */
async function read(farEnd: FarEnd, as = subject, sells = catalog) {
  const asked: [URL, Record<string, unknown>][] = [];
  const warned: string[] = [];
  const get = getFrom((url, headers) => {
    asked.push([url, headers]);
    return farEnd(url, headers);
  });
  const source: AccountSource = createStripeSource({ key: stripeKey }, sells);
  const options = { deadlineMs: 2_500, mostBytes: 1_048_576 };
  const reading = {
    at,
    warn: ({ code = '', err }: { code?: string; err?: unknown }, message: string) =>
      void warned.push(`${code} ${detailOf(err)}: ${message}`),
    get: (url: string, headers: Readonly<Record<string, string>>) => get(url, { headers, ...options }),
    doubt: () => undefined,
  };
  return { facts: await source.read(as, reading), asked, warned };
}

const detailOf = (error: unknown): string => (error instanceof SupportError ? error.message : '');

const pathsOf = (asked: Asked) => asked.map(([url]) => url.pathname);
const queryOf = (asked: Asked, path: string) =>
  Object.fromEntries(asked.find(([url]) => url.pathname.endsWith(path))?.[0].searchParams ?? []);

describe('what Stripe is asked', () => {
  it('is this customer’s, with our key, in the version that we know', async () => {
    const { asked } = await read(stripeWith());
    assert.deepEqual(pathsOf(asked).sort(), [
      `/v1/billing/meters/${meter}/event_summaries`,
      '/v1/entitlements/active_entitlements',
      '/v1/entitlements/features',
      '/v1/subscriptions',
    ]);
    for (const [url, headers] of asked) {
      assert.equal(url.origin, 'https://api.stripe.com');
      assert.deepEqual(headers, { authorization: `Bearer ${stripeKey}`, 'stripe-version': '2026-09-30.endive' });
    }
    assert.deepEqual(queryOf(asked, 'subscriptions'), { customer, status: 'all', limit: '100' });
    assert.deepEqual(queryOf(asked, 'active_entitlements'), { customer, limit: '100' });
    assert.deepEqual(queryOf(asked, 'features'), { limit: '100' });
  });

  it('of a meter is the month so far, in whole minutes and nothing of the month before', async () => {
    const { asked } = await read(stripeWith());
    const seconds = (...[day, hour, minute]: [number, number, number]) =>
      String(Date.UTC(2026, 10, day, hour, minute) / 1_000);
    assert.deepEqual(queryOf(asked, 'event_summaries'), {
      customer,
      start_time: seconds(5, 8, 31),
      end_time: seconds(22, 10, 12),
    });
  });

  it('is nothing at all without the customer’s id: never the e-mail address', async () => {
    const { facts, asked } = await read(stripeWith(), restoreSubject({ ...subject, stripeCustomerId: undefined }));
    assert.deepEqual(asked, []);
    const { tells } = createStripeSource({ key: stripeKey }, catalog);
    assert.deepEqual(Object.keys(facts).sort(), [...tells].sort());
    for (const fact of Object.values(facts))
      assert.deepEqual(fact, { known: false, why: 'not-connected', source: 'stripe', readAt: at });
  });

  it('is one parameter, whatever stands in the customer’s id', async () => {
    const id = 'cus_1&status=active#x/../y';
    const everybody = subscriptionsWith((_, { data }) => data.forEach((one) => (one.customer = id)));
    const { asked } = await read(
      stripeWith({ subscriptions: everybody }),
      restoreSubject({ ...subject, stripeCustomerId: id }),
    );
    for (const [url] of asked.filter(([{ pathname }]) => !pathname.endsWith('features')))
      assert.deepEqual(url.searchParams.getAll('customer'), [id]);
    assert.deepEqual(asked.find(([url]) => url.pathname === '/v1/subscriptions')?.[0].searchParams.getAll('status'), [
      'all',
    ]);
  });

  it('is no meter that the catalog does not connect', async () => {
    const meters = catalog.meters.map((one) => ({ ...one, stripe: undefined }));
    const { facts, asked } = await read(stripeWith(), subject, { ...catalog, meters });
    assert.ok(!pathsOf(asked).some((path) => path.includes('meters')));
    assert.deepEqual(facts.quotas, { known: false, why: 'not-connected', source: 'stripe', readAt: at });
  });
});

describe('a list of Stripe’s', () => {
  /** A list in pages of one object each, as Stripe gives it: by the last id that one has. */
  const inPages = (name: Parameters<typeof listOf>[0], more = 0): Instead => ({
    [name]: (url: URL) => {
      const { data, ...list } = listOf(name);
      const padding = Array.from({ length: more }, (_, i): Node => ({
        ...data[0],
        id: `padding_${i}`,
        lookup_key: `p${i}`,
      }));
      const all = [...padding, ...data];
      const from = all.findIndex(({ id }) => id === url.searchParams.get('starting_after')) + 1;
      return ok({ ...list, data: all.slice(from, from + 1), has_more: from + 1 < all.length });
    },
  });

  for (const name of ['subscriptions', 'active-entitlements', 'features'] as const)
    it(`is read to its last page: ${name}`, async () => {
      const { facts } = await read(stripeWith(inPages(name)));
      assert.deepEqual(facts, (await read(stripeWith())).facts);
    });

  it('is read for ten pages', async () => {
    const { facts, asked } = await read(stripeWith(inPages('active-entitlements', 7)));
    assert.equal(pathsOf(asked).filter((path) => path.endsWith('active_entitlements')).length, 10);
    assert.deepEqual(facts.entitlements, (await read(stripeWith())).facts.entitlements);
  });

  it('is not known where it has more than ten: what is on the eleventh is not missing', async () => {
    const { facts, asked } = await read(stripeWith(inPages('active-entitlements', 8)));
    assert.equal(pathsOf(asked).filter((path) => path.endsWith('active_entitlements')).length, 10);
    assert.deepEqual(facts.entitlements, { known: false, why: 'not-told', source: 'stripe', readAt: at });
  });

  it('that is empty and promises more is not asked for again', async () => {
    const empty = ok({ ...listOf('active-entitlements'), data: [], has_more: true });
    const { facts, asked } = await read(stripeWith({ 'active-entitlements': empty }));
    assert.equal(pathsOf(asked).filter((path) => path.endsWith('active_entitlements')).length, 1);
    assert.equal(facts.entitlements?.known, false);
  });
});

describe('a refusal of Stripe’s', () => {
  const table: readonly (readonly [string, number, keyof typeof errors, string, string])[] = [
    ['for a wrong key', 401, 'no-such-key', 'account-refused', ''],
    ['for a permission that the key lacks', 403, 'not-permitted', 'account-refused', ''],
    [
      'for a customer who is not there',
      400,
      'no-such-customer',
      'account-unreachable',
      ' and the code resource_missing',
    ],
    ['for too many requests', 429, 'too-many-requests', 'account-unreachable', ' and the code rate_limit'],
  ];
  for (const [why, status, error, code, named] of table)
    it(`${why} is ${code}, and tells no secret`, async () => {
      const refusal = { status, body: errors[error] };
      await assert.rejects(
        read(() => refusal),
        (thrown: Error) => {
          assert.equal(codeOf(thrown), code);
          assert.match(thrown.message, new RegExp(`^Stripe answered subscriptions with the status ${status}${named}$`));
          return true;
        },
      );
    });

  for (const part of ['subscriptions', 'active-entitlements', 'features', 'event-summaries'] as const)
    it(`of ${part} alone alarms too: an operator must mend the key`, async () => {
      const refused = read(stripeWith({ [part]: { status: 403, body: errors['not-permitted'] } }));
      await assert.rejects(refused, (thrown) => codeOf(thrown) === 'account-refused');
    });
});

describe('why a part of Stripe is unknown', () => {
  it('is told with its path, status and code, and a meter that Stripe does not have by its name', async () => {
    const { facts, warned } = await read(
      stripeWith({ 'event-summaries': { status: 404, body: errors['no-such-customer'] } }),
    );
    assert.equal(facts.quotas?.known, false);
    assert.equal(facts.plan?.known, true);
    assert.deepEqual(warned, [
      `account-unreachable Stripe answered billing/meters/${meter}/event_summaries with the status 404 and the code resource_missing, for the meter "tokens" of the catalog: a part of a source could not be read`,
    ]);
  });

  it('is told with no code that is none of Stripe’s words', async () => {
    for (const code of ['cus_42 owes 5', 'x'.repeat(61), 7, null]) {
      const { warned } = await read(stripeWith({ features: { status: 404, body: { error: { code } } } }));
      assert.match(warned[0] ?? '', /with the status 404: a part/);
    }
  });

  it('is told where the only subscription has no price of a plan in the catalog', async () => {
    const other = subscriptionsWith((first, list) => {
      list.data.length = 1;
      for (const { price } of (first.items as { data: Node[] }).data)
        Object.assign(price as Node, { id: 'price_old', lookup_key: null, product: 'prod_old' });
    });
    const { facts, warned } = await read(stripeWith({ subscriptions: other }));
    assert.deepEqual([facts.plan?.known, facts.subscription?.known, facts.entitlements?.known], [false, false, true]);
    assert.deepEqual(warned, ['account-ambiguous : no subscription that counts has a price of a plan in the catalog']);
  });

  it('is no matter of prices where the catalog names none: the only subscription tells its status', async () => {
    const plans = catalog.plans.map((one) => ({ ...one, stripe: undefined }));
    const { facts, warned } = await read(stripeWith(), subject, { ...catalog, plans });
    assert.deepEqual([facts.plan?.known, facts.subscription?.known], [false, true]);
    assert.deepEqual(warned, []);
  });

  it('is told by the words that we do not know, once each, and by no other text', async () => {
    const strange = subscriptionsWith((first, list) => {
      for (const one of list.data) one.cancellation_details = { reason: 'moved_to_mars' };
      first.status_details = { paused: { type: 'Ada owes 5', subscription: null } };
    });
    const { warned } = await read(stripeWith({ subscriptions: strange }));
    assert.deepEqual(warned, ['account-word : Stripe says a word that is not known: cancelReason moved_to_mars']);
  });

  it('is told where two subscriptions run that are plans', async () => {
    const both = subscriptionsWith((first, list) => {
      Object.assign(list.data[1] ?? {}, { status: 'active', created: first.created });
    });
    const { facts, warned } = await read(stripeWith({ subscriptions: both }));
    assert.deepEqual([facts.plan?.known, facts.subscription?.known, facts.entitlements?.known], [false, false, true]);
    assert.deepEqual(warned, ['account-ambiguous : several subscriptions to a plan run: none speaks for all']);
  });
});
