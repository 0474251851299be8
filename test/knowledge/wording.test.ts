import assert from 'node:assert/strict';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { createWords } from '../../src/knowledge/wording.ts';
import {
  about,
  at,
  entitled,
  featureNamed,
  hour,
  minute,
  reset,
  snapshot,
  sourceOf,
  without,
  type Values,
} from '../diagnosis/snapshots.ts';
import { content } from '../support/fakes.ts';

const utc = createWords(content, 'https://help.test', undefined, 'customer');
const berlin = createWords(content, 'https://help.test', 'Europe/Berlin', 'customer');
const agents = createWords(content, 'https://help.test', undefined, 'agents');
const day = 24 * hour;

describe('what an account says of itself', () => {
  const tell = (differs: Partial<Values>, words = utc) => words.accountStatus(snapshot(differs)) ?? '';
  const table: readonly (readonly [what: string, differs: Partial<Values>, told: string])[] = [
    [
      'a plan that changed a moment ago, and until when that can take',
      { planChangedAt: at - 4 * minute },
      'You’re on **Team** since 10:08 UTC, 4 minutes ago; it can take until 10:23 UTC to work everywhere.',
    ],
    [
      'a plan that changed long ago',
      { plan: 'starter', planChangedAt: at - 40 * day },
      'You’re on **Starter**; the last change was 40 days ago.',
    ],
    [
      'a plan that changed a quarter of an hour ago',
      { planChangedAt: at - 15 * minute },
      'the last change was 15 minutes ago.',
    ],
    [
      'a change that is announced',
      { planChangedAt: reset },
      'You’re on **Team**; that changes on 1 December at 00:00 UTC.',
    ],
    ['the subscription', { subscription: 'past_due' }, 'Your subscription is past due.'],
    ['a role that never changed', { role: 'billing-owner' }, 'Your role is billing owner.'],
    [
      'a role that changed long ago',
      { roleChangedAt: at - 2 * day },
      'Your role is member; it last changed 2 days ago.',
    ],
    [
      'a role that changed a moment ago',
      { roleChangedAt: at },
      'Your role is member since 10:12 UTC, 1 minute ago; it can take until 10:27 UTC to work everywhere.',
    ],
    ['a seat', { seat: 'assigned' }, 'You have an active seat.'],
    ['no seat', { seat: 'none' }, 'No seat is assigned to you.'],
    ['a pending seat', { seat: 'pending' }, 'Your seat is pending: it is not active yet.'],
    ['when it was read, once', {}, '\n\n*Read from your account on 22 November at 10:11 UTC.*'],
  ];
  for (const [what, differs, told] of table)
    it(`tells ${what}`, () => {
      assert.ok(tell(differs).includes(told), tell(differs));
    });

  it('tells only what was read, with its source', () => {
    const only = without(snapshot(), ['plan', 'role', 'seat']);
    const billing = { ...only, subscription: { ...only.subscription, source: 'stripe' as const } };
    assert.equal(
      utc.accountStatus(billing),
      'Your subscription is active.\n\n*Read from your billing account on 22 November at 10:11 UTC.*',
    );
    assert.equal(utc.accountStatus(without(only, ['subscription'])), null);
    assert.equal(sourceOf('subscription'), 'account-api');
  });

  it('tells the plan without a change that was not read', () => {
    assert.ok(utc.accountStatus(without(snapshot(), ['planChangedAt']))?.startsWith('You’re on **Team**. Your sub'));
  });

  it('tells times in the customer’s zone, and once in UTC', () => {
    const told = tell({ planChangedAt: at - 4 * minute }, berlin);
    assert.ok(told.includes('since 11:08 your time (10:08 UTC), 4 minutes ago; it can take until 11:23 your time to'));
    assert.equal(told.split('UTC').length, 2);
  });
});

describe('a verdict in words', () => {
  const over = { quotas: [{ meter: 'tokens', used: 500_000, limit: 500_000, resetsAt: reset }] };
  const verdictOf = (differs: Partial<Values>) => diagnose(snapshot(differs), about(featureNamed('export')));

  it('is told in the customer’s zone, and once in UTC', () => {
    const told = berlin.verdict(verdictOf({ ...over, role: 'viewer', seat: 'none', trialEndsAt: null }));
    assert.ok(told.split('UTC').length <= 2, told);
    assert.match(
      berlin.verdict(verdictOf(over)),
      /on 1 December at 01:00 your time \(00:00 UTC\)\.[^]*11:11 your time\./,
    );
  });

  it('tells when each source was read once, and the earliest time of it', () => {
    const incidents = [{ name: 'Exports fail', features: ['export'], since: null, url: null }];
    const told = utc.verdict(verdictOf({ ...over, incidents, seat: 'none' }));
    assert.match(
      told,
      /\*Read from our status page on 22 November at 10:11 UTC and your account on 22 November at 10:11 UTC\.\*/,
    );
    assert.equal(told.split('Read from').length, 2);
  });

  it('tells of a source that was read twice the earlier time', () => {
    const later = snapshot({ ...over, seat: 'none' });
    const given = { ...later, quotas: { ...later.quotas, readAt: at - 7 * minute } };
    const told = utc.verdict(diagnose(given, about(featureNamed('export'))));
    assert.match(told, /\*Read from your account on 22 November at 10:05 UTC\.\*/);
  });

  it('offers beside waiting what helps at once, where a higher plan does', () => {
    assert.match(utc.verdict(verdictOf({ ...over, plan: 'starter' })), /\*\*Without waiting:\*\* an upgrade to Team\./);
    assert.doesNotMatch(utc.verdict(verdictOf({ ...over, plan: 'business' })), /Without waiting|upgrade/);
  });

  it('of a plan that should have the feature says that we have to look, and offers no upgrade', () => {
    const told = utc.verdict(verdictOf({ plan: 'business', entitlements: entitled({ granted: false }) }));
    assert.match(
      told,
      /You’re on Business, which should include Export as Starter does[^]*Who can fix it:\*\* our team\./,
    );
    assert.doesNotMatch(told, /upgrade|^>/m);
  });

  it('in the message to send on speaks for the customer, without a time zone', () => {
    const told = berlin.verdict(verdictOf({ role: 'viewer' }));
    assert.match(
      told,
      /^> I can’t use Export in Meridian with the role viewer\. Could you give me the role admin or member under /m,
    );
  });

  it('of a verdict that was stored before it had a way out tells the rest', () => {
    const { wayOut, role, ...old } = verdictOf({ ...over, seat: 'none' });
    assert.deepEqual([wayOut?.length, role], [2, 'member']);
    assert.match(utc.verdict(old), /\*\*Who can fix it:\*\* your workspace admin\. If that’s not you/);
    assert.equal(agents.wayOut(old), null);
  });
});
