import type { SubscriptionStatus } from '../../src/domain/snapshot.ts';
import type { Case } from './contract.ts';
import type { FarAnswer } from './far-end.ts';
import type { Values } from './fixture.ts';
import { listOf, ok, stripeWith, type Instead, type List, type Node } from '../support/stripe-api.ts';

/** What the recorded answers tell. */
export const told = {
  plan: 'team',
  subscription: 'active',
  stopReason: null,
  trialEndsAt: Date.UTC(2026, 2, 19, 8, 30, 27),
  planChangedAt: Date.UTC(2026, 10, 22, 10, 5),
  entitlements: [
    { feature: 'export', granted: true, roles: null },
    { feature: 'reports', granted: true, roles: null },
    { feature: 'sso', granted: false, roles: null },
  ],
  quotas: [{ meter: 'tokens', used: 1_234_567, limit: 2_000_000, resetsAt: Date.UTC(2026, 11, 5, 8, 30, 27) }],
} satisfies Partial<Values>;

/** Adds the case that these answers come instead of the recorded ones. */
export type When = (name: string, instead: Instead, differs: Omit<Case, 'farEnd'>) => void;

/** Cases by their names. */
export function casesOf(...lists: readonly ((when: When) => void)[]): Readonly<Record<string, Case>> {
  const cases: Record<string, Case> = {};
  for (const list of lists)
    list((name, instead, differs) => {
      if (name in cases) throw new Error(`two cases are called "${name}"`);
      cases[name] = { farEnd: stripeWith(instead), ...differs };
    });
  return cases;
}

export const itemsOf = (subscription: Node) => (subscription.items as List).data;
export const priceOf = (item: Node | undefined) => item?.price as Node;
export const noPlan = { plan: 'not-told', planChangedAt: 'not-connected', quotas: 'not-told' } as const;
export const noSubscription = {
  ...noPlan,
  subscription: 'not-told',
  stopReason: 'not-told',
  trialEndsAt: 'not-told',
} as const;

export function unread(member: keyof typeof told): Pick<Case, 'unread'> {
  return { unread: { [member]: 'not-told' } };
}

export function changed(name: Parameters<typeof listOf>[0], change: (first: Node, list: List) => void): FarAnswer {
  const list = listOf(name);
  change(list.data[0] ?? {}, list);
  return ok(list);
}

/** A subscription that does not run takes its entitlements along: those that are missing are not told. */
export function stillEntitled(status: SubscriptionStatus) {
  const runs = ['active', 'trialing', 'past_due'].includes(status);
  return runs ? {} : { entitlements: told.entitlements.filter(({ granted }) => granted) };
}
