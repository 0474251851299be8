import assert from 'node:assert/strict';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { base, blocks, forExport, given, kinds, provedIn, upToThree } from './blocks.ts';
import { after } from './made.ts';
import { about, snapshot, without } from './snapshots.ts';

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
    ['one sign-in for an ended session and single sign-on', ['expired', 'no single sign-on'], ['sign-in-with']],
    ['a new password, or a wait', ['locked out'], ['password-reset']],
    [
      'a switch beside an upgrade, for an upgrade switches nothing on',
      ['lacking', 'switched off'],
      ['upgrade', 'switch-on'],
    ],
    ['an invitation, not a sign-in', ['stranger'], ['invitation']],
    ['another subscription, not a payment, for one that is canceled', ['canceled'], ['choose-plan']],
    ['another subscription, not a payment, for one that was never paid', ['never paid'], ['choose-plan']],
    ['another subscription for one that ended with its trial', ['canceled trial'], ['choose-plan']],
    ['a payment and a new beginning for one that is paused by a payment', ['paused by a payment'], ['pay-and-resume']],
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
