import assert from 'node:assert/strict';
import type { Quota, Snapshot } from '../../src/domain/snapshot.ts';
import type { Change, Remedy } from '../../src/domain/verdict.ts';
import { content } from '../support/fakes.ts';
import { noEnd } from './blocks.ts';
import { restsOn } from './rests-on.ts';
import { snapshot, tables, type Values } from './snapshots.ts';

const grant = (values: Partial<Values>, all: Snapshot): Partial<Values> => {
  const entitlements = all.entitlements.known ? all.entitlements.value.map((one) => ({ ...one, granted: true })) : [];
  return { ...values, entitlements };
};

/** What the world makes different when a change is made. */
function made({ change, removes }: Remedy, now: Snapshot): Partial<Values> {
  const regains = (values: Partial<Values>) => (removes.includes('plan-lacks-feature') ? grant(values, now) : values);
  switch (change.kind) {
    case 'wait':
      return waited(change, now);
    case 'upgrade':
    case 'choose-plan':
      return grant(subscribed(change, now), now);
    case 'accept':
      return { pendingActions: [] };
    case 'reactivation':
      return { userStatus: 'active' };
    case 'password-reset':
      return { lockout: null };
    case 'sign-in-with':
      return { identity: 'verified', session: noEnd, lacksSignIn: [] };
    case 'confirm':
      return { unconfirmed: [] };
    case 'network':
      return { network: 'allowed' };
    case 'switch-on':
    case 'set-up':
      return { featureStates: [{ feature: 'export', state: 'on' }] };
    case 'share':
      return { objectShared: true };
    case 'scopes':
      return { keyScopes: { holder: 'key', lacks: [] } };
    case 'role':
      return { role: change.roles[0] ?? '' };
    case 'seat':
    case 'free-seat':
      return { seat: 'assigned' };
    case 'invitation':
      return { membership: 'member' };
    case 'sign-in':
      return { identity: 'verified', session: noEnd };
    case 'pay':
    case 'resume':
    case 'pay-and-resume':
      return regains({ subscription: 'active' });
    case 'credit':
      return { credits: [{ meter: 'tokens', remaining: 9, spent: null, cap: null }] };
    case 'spending-cap':
      return { credits: [{ meter: 'tokens', remaining: 1, spent: 9, cap: 99 }] };
    case 'our-team':
      return regains({
        ...(removes.includes('account-suspended') && { accountStatus: 'active' as const }),
      });
    case 'more-included':
      return { quotas: raised(now) };
    case 'other-sign-in':
      return assert.fail('another account is not this one with a change');
    default:
      return healed(removes);
  }
}

/** What the causes rest on, as it is where they are ruled out: what a change does that is not told here. */
function healed(removes: readonly string[]): Partial<Values> {
  const flips = removes.flatMap((slug) => restsOn[slug]?.flips ?? []);
  return Object.assign(
    {},
    ...flips.map(({ from = {}, to }) => ({ ...pickHealthy(Object.keys(to)), ...from })),
  ) as object;
}

function pickHealthy(members: readonly string[]): Partial<Values> {
  return Object.fromEntries(Object.entries(tables.healthyValues).filter(([member]) => members.includes(member)));
}

function raised({ quotas }: Snapshot): Values['quotas'] {
  return quotas.known ? quotas.value.map((one) => ({ ...one, limit: (one.used ?? 0) + 1 })) : [];
}

function waited(change: Extract<Change, { kind: 'wait' }>, now: Snapshot): Partial<Values> {
  if (change.for === 'incident') return { incidents: [] };
  const quotas = now.quotas.known ? now.quotas.value : [];
  // Nobody knows how long it takes: the usage resets, and nothing else is sure.
  if (change.until === null) return { quotas: quotas.map((one) => ({ ...one, used: 0 })) };
  const until = change.until;
  const locked = now.lockout.known ? now.lockout.value : null;
  const rates = now.rates.known ? now.rates.value : [];
  return {
    lockout: locked?.until && locked.until <= until ? null : locked,
    rates: rates.map((one) => ((one.retryAt ?? 0) > until ? one : { ...one, retryAt: null })),
    quotas: quotas.map((one) => ((one.resetsAt ?? Infinity) > until ? one : { ...one, used: 0 })),
  };
}

/** The plan of the change, with its limits; whoever only upgrades pays as before. */
function subscribed(change: Change & { plan: string }, now: Snapshot): Partial<Values> {
  const limits = content.catalog.plans.find(({ slug }) => slug === change.plan)?.limits ?? {};
  // Who has none of what the same plan gives to others does not get it by that plan.
  const isSame = now.plan.known && now.plan.value === change.plan;
  const limitOf = (one: Quota) => (isSame && one.limit === 0 ? 0 : (limits[one.meter] ?? one.limit));
  const quotas = now.quotas.known ? now.quotas.value.map((one) => ({ ...one, limit: limitOf(one) })) : [];
  // An open invoice stays open.
  const isUnpaid = now.subscription.known && now.subscription.value === 'unpaid';
  const isNew = change.kind === 'choose-plan' && !isUnpaid;
  return { plan: change.plan, quotas, ...(isNew && { subscription: 'active' as const }) };
}

/** The account after these changes were made. */
export function after(remedies: readonly Remedy[], start: Snapshot): Snapshot {
  if (remedies.some(({ change }) => change.kind === 'other-sign-in')) {
    const waits = remedies.some(({ change }) => change.kind === 'wait');
    return waits ? snapshot() : { ...snapshot(), incidents: start.incidents };
  }
  return remedies.reduce<Snapshot>((now, remedy) => {
    const values = made(remedy, now);
    const whole = snapshot(values);
    return { ...now, ...Object.fromEntries(Object.keys(values).map((key) => [key, whole[key as keyof Values]])) };
  }, start);
}
