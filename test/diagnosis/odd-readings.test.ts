import assert from 'node:assert/strict';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Quota } from '../../src/domain/snapshot.ts';
import { createWords } from '../../src/knowledge/wording.ts';
import { content } from '../support/fakes.ts';
import { about, at, entitled, featureNamed, hour, minute, reset, snapshot, type Values } from './snapshots.ts';

const exporting = featureNamed('export');
const words = createWords(content, 'https://help.test', undefined, 'customer', { now: () => at });

/** Export counts on both meters here. */
const onBoth = { ...about({ ...exporting, meters: ['tokens', 'api-calls'] }) };

function verdictOn(differs: Partial<Values>, on = about(exporting)) {
  const { primary, wayOut } = diagnose(snapshot(differs), on);
  return { cause: primary?.cause, variant: primary?.variant, facts: primary?.facts, wayOut };
}

const tokens = (differs: Partial<Quota> = {}): Quota => ({
  ...{ meter: 'tokens', used: 500_000, limit: 500_000, resetsAt: reset },
  ...differs,
});
const calls = (differs: Partial<Quota> = {}): Quota => ({ ...tokens(), meter: 'api-calls', ...differs });

const monthly = { window: { window: 'month' } };

describe('what an account tells oddly', () => {
  it('is told as both meters where both are reached: the last reset counts', () => {
    const later = reset + 24 * hour;
    const { variant, facts, wayOut } = verdictOn({ quotas: [tokens(), calls({ resetsAt: later })] }, onBoth);
    assert.equal(variant, 'several-meters');
    assert.deepEqual(facts, { meters: { meters: ['api-calls', 'tokens'] }, resetsAt: { at: later }, ...monthly });
    assert.deepEqual(wayOut?.[0]?.or, { kind: 'wait', for: 'reset', until: later });
  });

  it('promises no end of waiting where one of two meters does not tell when it resets', () => {
    const { variant, facts } = verdictOn({ quotas: [tokens(), calls({ resetsAt: null })] }, onBoth);
    assert.deepEqual([variant, facts], ['several-unread', { meters: { meters: ['api-calls', 'tokens'] }, ...monthly }]);
  });

  it('is told with the later window where one meter has two', () => {
    const { facts } = verdictOn({ quotas: [tokens({ resetsAt: at + hour }), tokens()] });
    assert.deepEqual(facts?.resetsAt, { at: reset });
  });

  it('is called by its window, and of two windows by that which opens last', () => {
    const day = tokens({ window: 'day', resetsAt: at + hour });
    const on = (quotas: readonly Quota[]) => words.verdict(diagnose(snapshot({ quotas }), about(exporting)));
    assert.match(on([day]), /^\*\*Your daily limit blocks Export\.\*\*/);
    assert.match(on([day, tokens({ used: 7 })]), /^\*\*Your daily limit .* resets on 22 November at 11:12 UTC/s);
    assert.match(on([day, tokens()]), /^\*\*Your monthly limit .* resets on 1 December/s);
    assert.match(
      words.verdict(diagnose(snapshot({ quotas: [day, calls()] }), onBoth)),
      /^\*\*Your usage limit blocks Export\.\*\* The limits of API calls and tokens are reached/,
    );
  });

  it('is no limit of the day that the catalog’s limit of a month could be compared with', () => {
    const { wayOut } = verdictOn({ plan: 'team', quotas: [tokens({ window: 'day', used: 60_000_000, limit: 10 })] });
    assert.deepEqual(wayOut?.[0]?.change, { kind: 'upgrade', plan: 'business' });
  });

  it('is a warning with the date where a canceled subscription is paid ahead', () => {
    const paidUntil = at + 8 * 24 * hour;
    const verdict = diagnose(snapshot({ subscription: 'canceled', paidUntil }), about(exporting));
    assert.equal(verdict.primary?.cause, 'nothing-blocks');
    assert.match(words.verdict(verdict), /is canceled, and paid until 30 November at 10:12 UTC/);
  });

  it('is told with what is left of the prepaid credit', () => {
    const credits = [{ meter: 'tokens', remaining: 12.5, spent: null, cap: null }];
    const verdict = diagnose(snapshot({ credits }), about(exporting));
    const told = words.findings(verdict).find(({ cause }) => cause === 'credit-exhausted');
    assert.equal(told?.fact, '12.5 tokens are left of what was paid in advance, and no spending cap is reached.');
  });

  it('waits as long as a change takes in this product', () => {
    const given = { planChangedAt: at - 20 * minute, propagation: 2 * hour };
    assert.match(
      words.verdict(diagnose(snapshot(given), about(exporting))),
      /can take until 22 November at 11:52 UTC to reach/,
    );
    assert.match(words.accountStatus(snapshot(given)) ?? '', /it can take until 11:52 UTC to work everywhere/);
  });

  it('is an unassigned seat, not a full pool, where there is no limit on seats', () => {
    const seats = { used: 500, total: 'unlimited' } as const;
    assert.equal(verdictOn({ seat: 'none', seats }).variant, 'unassigned');
  });

  it('is no reset that is to come where it is over', () => {
    const { variant, wayOut } = verdictOn({ quotas: [tokens({ resetsAt: at - hour })] });
    assert.equal(variant, 'reset-unread');
    assert.deepEqual(wayOut?.[0]?.or, { kind: 'wait', for: 'reset', until: null });
  });

  it('is nothing that waiting helps against where a limit of none is included', () => {
    const { cause, variant, facts, wayOut } = verdictOn({ quotas: [tokens({ used: 0, limit: 0 })] });
    assert.deepEqual(
      [cause, variant, facts],
      ['monthly-limit', 'not-included', { meter: { meter: 'tokens' }, ...monthly }],
    );
    assert.deepEqual(wayOut, [{ change: { kind: 'upgrade', plan: 'business' }, removes: ['monthly-limit'] }]);
  });

  it('is nothing that waiting helps against where one of two meters is not included', () => {
    const quotas = [tokens({ used: 0, limit: 0 }), calls()];
    const { variant, wayOut } = verdictOn({ quotas }, onBoth);
    assert.equal(variant, 'several-not-included');
    assert.deepEqual(wayOut, [{ change: { kind: 'upgrade', plan: 'business' }, removes: ['monthly-limit'] }]);
    assert.doesNotMatch(words.verdict(diagnose(snapshot({ quotas }), onBoth)), /Waiting helps/);
  });

  it('is told with the longest of two rates, and in no seconds where that is hours', () => {
    const rates = [
      { meter: 'tokens', retryAt: at + minute },
      { meter: 'tokens', retryAt: at + 12 * hour },
    ];
    const { variant, facts } = verdictOn({ rates });
    assert.deepEqual([variant, facts], ['long', { meter: { meter: 'tokens' }, retryAt: { at: at + 12 * hour } }]);
    assert.doesNotMatch(
      words.verdict(diagnose(snapshot({ rates }), about(exporting))),
      /for a moment|short-term| s[,.]/,
    );
  });

  it('is the same role in capitals', () => {
    const given = { role: 'Member', entitlements: entitled({ roles: ['admin', 'member'] }) };
    assert.equal(verdictOn(given).cause, 'nothing-blocks');
  });

  it('is a first payment that was not completed, not a payment that blocks nothing', () => {
    assert.deepEqual(
      [verdictOn({ subscription: 'incomplete' }).cause, verdictOn({ subscription: 'incomplete' }).variant],
      ['payment-lapsed', 'incomplete'],
    );
  });

  it('is a change of now where the other clock is three minutes ahead', () => {
    assert.equal(verdictOn({ planChangedAt: at + 3 * minute }).cause, 'still-propagating');
    assert.equal(verdictOn({ planChangedAt: at + 24 * hour }).cause, 'nothing-blocks');
  });

  it('is told with its year where that is another', () => {
    const trialEndsAt = Date.UTC(2024, 1, 3, 9);
    const ended = diagnose(snapshot({ subscription: 'paused', stopReason: 'trial', trialEndsAt }), about(exporting));
    assert.match(words.verdict(ended), /Your trial ended on 3 February 2024 at 09:00 UTC/);
    assert.match(words.verdict(ended), /Read from your account on 22 November at/);
  });
});
