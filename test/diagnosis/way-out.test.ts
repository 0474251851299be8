import assert from 'node:assert/strict';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import type { Change, Remedy } from '../../src/domain/verdict.ts';
import { content } from '../support/fakes.ts';
import { base, blocks, forExport, given, kinds, noEnd, provedIn, upToThree } from './blocks.ts';
import { about, snapshot, without, type Values } from './snapshots.ts';

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
      return regains(removes.includes('account-suspended') ? { accountStatus: 'active' } : {});
    case 'other-sign-in':
      return assert.fail('another account is not this one with a change');
  }
}

function waited(change: Extract<Change, { kind: 'wait' }>, now: Snapshot): Partial<Values> {
  if (change.for === 'incident') return { incidents: [] };
  const quotas = now.quotas.known ? now.quotas.value : [];
  // Nobody knows how long it takes: the usage resets, and nothing else is sure.
  if (change.until === null) return { quotas: quotas.map((one) => ({ ...one, used: 0 })) };
  const until = change.until;
  const rates = now.rates.known ? now.rates.value : [];
  return {
    rates: rates.map((one) => ((one.retryAt ?? 0) > until ? one : { ...one, retryAt: null })),
    quotas: quotas.map((one) => ((one.resetsAt ?? Infinity) > until ? one : { ...one, used: 0 })),
  };
}

/** The plan of the change, with its limits; whoever only upgrades pays as before. */
function subscribed(change: Change & { plan: string }, now: Snapshot): Partial<Values> {
  const limits = content.catalog.plans.find(({ slug }) => slug === change.plan)?.limits ?? {};
  const quotas = now.quotas.known
    ? now.quotas.value.map((one) => ({ ...one, limit: limits[one.meter] ?? one.limit }))
    : [];
  // An open invoice stays open.
  const isUnpaid = now.subscription.known && now.subscription.value === 'unpaid';
  const isNew = change.kind === 'choose-plan' && !isUnpaid;
  return { plan: change.plan, quotas, ...(isNew && { subscription: 'active' as const }) };
}

function after(remedies: readonly Remedy[], start: Snapshot): Snapshot {
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

describe('the way out', () => {
  it('removes all that is proved, and each thing once, whatever three things block', () => {
    for (const some of upToThree) {
      const verdict = forExport(given(some));
      const { wayOut = [] } = verdict;
      const removed = wayOut.flatMap(({ removes }) => removes);
      assert.deepEqual(removed.toSorted(), provedIn(verdict).toSorted(), some.join(', '));
    }
  });

  it('opens the door, whatever three things block', () => {
    for (const some of upToThree) {
      const start = given(some);
      const { wayOut = [] } = forExport(start);
      assert.deepEqual(provedIn(forExport(after(wayOut, start))), [], some.join(', '));
      const other = wayOut.map((one) => (one.or ? { ...one, change: one.or } : one));
      assert.deepEqual(provedIn(forExport(after(other, start))), [], `${some.join(', ')}, the other way`);
    }
  });

  it('has no change too many: without any of them something still blocks', () => {
    for (const some of upToThree) {
      const start = given(some);
      const { wayOut = [] } = forExport(start);
      for (const left of wayOut) {
        const others = wayOut.filter((one) => one !== left);
        const still = provedIn(forExport(after(others, start)));
        assert.ok(still.length > 0, `${some.join(', ')} without ${left.change.kind}`);
      }
    }
  });

  const table: readonly (readonly [what: string, some: readonly string[], kinds: readonly string[]])[] = [
    ['an upgrade for a plan without the feature and a limit', ['lacking', 'limit'], ['upgrade']],
    [
      'one subscription for a trial that ended, its plan and a limit',
      ['trial on the free plan', 'limit'],
      ['choose-plan'],
    ],
    ['a seat and an upgrade, each', ['seat', 'limit'], ['seat', 'upgrade']],
    ['a role and an upgrade, for an upgrade gives no role', ['role', 'lacking'], ['role', 'upgrade']],
    ['the other sign-in, and nothing of this account', ['elsewhere', 'seat', 'limit'], ['other-sign-in']],
    ['the end of an incident beside the other sign-in', ['elsewhere', 'incident'], ['wait', 'other-sign-in']],
    ['our team, once for two things', ['suspended', 'lacking on a plan that has it'], ['our-team']],
    ['a payment that gives the feature back', ['lacking on a plan that has it', 'unpaid'], ['pay']],
    ['no upgrade from the highest plan', ['limit on the highest plan'], ['wait']],
    [
      'an upgrade and a wait where no plan’s month is long enough',
      ['lacking', 'limit over every plan’s'],
      ['upgrade', 'wait'],
    ],
    ['one time to wait for', ['rate', 'limit on the highest plan'], ['wait']],
    ['an invitation, not a sign-in', ['stranger'], ['invitation']],
  ];
  for (const [what, some, told] of table)
    it(`is ${what}`, () => {
      assert.deepEqual(kinds(forExport(given(some))), told);
    });

  it('goes past a plan whose month is too short', () => {
    const upgrade = (some: string) => forExport(given([some])).wayOut?.[0]?.change;
    assert.deepEqual(upgrade('limit'), { kind: 'upgrade', plan: 'team' });
    assert.deepEqual(forExport(given(['limit over the next plan’s', 'lacking'])).wayOut?.[0]?.change, {
      kind: 'upgrade',
      plan: 'team',
    });
  });

  it('is to wait where the plan is unread or not sold any more: nobody knows what is higher', () => {
    assert.deepEqual(kinds(forExport(without(given(['limit']), ['plan']))), ['wait']);
    assert.deepEqual(kinds(forExport(snapshot({ ...base, ...blocks.limit, plan: 'gold-2019' }))), ['wait']);
  });

  it('is nothing where nothing is proved', () => {
    assert.deepEqual(forExport(snapshot()).wayOut, []);
    assert.deepEqual(diagnose(given(['limit']), about(null)).wayOut, []);
  });
});
