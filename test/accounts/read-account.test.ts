import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { SupportError } from '../../src/domain/errors.ts';
import { known, unknownFact, type Source } from '../../src/domain/snapshot.ts';
import { at, setUp, source } from './composed.ts';
import { subject } from './fixture.ts';

describe('a snapshot of several sources', () => {
  const api = source('account-api', ['role', 'plan', 'seat'], () => ({
    role: known('member', 'account-api', at),
    plan: known('override', 'account-api', at),
  }));
  const stripe = source('stripe', ['plan', 'subscription', 'seat'], () => ({
    plan: known('starter', 'stripe', at),
    subscription: known('active', 'stripe', at - 7),
  }));

  it('takes of each member the first source that knows it, with its own source and time', async () => {
    const { accounts } = setUp(api, stripe);
    const { role, plan, subscription, seat, incidents } = await accounts.read(subject);
    assert.deepEqual(plan, known('override', 'account-api', at));
    assert.deepEqual([role, subscription], [known('member', 'account-api', at), known('active', 'stripe', at - 7)]);
    assert.deepEqual(seat, unknownFact('not-told', 'account-api', at), 'nobody told it');
    assert.deepEqual(incidents, unknownFact('not-connected', 'account-api', at), 'nobody tells it');
  });

  it('takes the second source where the first does not know', async () => {
    const silent = source('account-api', ['role', 'plan'], () => ({ role: known('member', 'account-api', at) }));
    const { plan } = await setUp(silent, stripe).accounts.read(subject);
    assert.deepEqual(plan, known('starter', 'stripe', at));
  });

  it('loses no fact but its own when one fails', async () => {
    const down = source('stripe', stripe.tells, () => Promise.reject(new SupportError('account-unreachable')));
    const { accounts, log } = setUp(down, api);
    const { role, plan, subscription, seat } = await accounts.read(subject);
    assert.deepEqual([role.known, plan.known], [true, true]);
    assert.deepEqual(subscription, unknownFact('not-read', 'stripe', at));
    assert.deepEqual(seat, unknownFact('not-read', 'stripe', at), 'not read weighs more than not told');
    assert.deepEqual(
      log.lines.map(({ level }) => level),
      ['warn'],
    );
  });

  for (const [how, read] of [
    ['throws what is no error of ours', () => Promise.reject(new TypeError('a fault'))],
    [
      'throws before it promises anything',
      () => {
        throw new RangeError('a fault');
      },
    ],
  ] as const)
    it(`does not throw when a source ${how}, and tells the operator`, async () => {
      const broken = { ...source('stripe', ['plan'], () => ({})), read };
      const { accounts, log } = setUp(api, broken);
      assert.equal((await accounts.read(subject)).role.known, true);
      assert.deepEqual(log.lines[0]?.level, 'error');
    });

  it('tells the operator which parts a source could not read', async () => {
    const partly = source('stripe', ['plan', 'subscription'], () => ({
      plan: known('starter', 'stripe', at),
      subscription: unknownFact('not-read', 'stripe', at),
    }));
    const { accounts, log } = setUp(partly);
    await accounts.read(subject);
    assert.deepEqual(log.lines[0]?.fields, { source: 'stripe', members: ['subscription'] });
  });

  it('takes nothing from a source that it does not say it tells', async () => {
    const chatty = source('status-page', ['incidents'], () => ({ role: known('owner', 'status-page', at) }));
    const { role } = await setUp(chatty).accounts.read(subject);
    assert.equal(role.known, false);
  });

  it('asks all sources at once', async () => {
    const asked: string[] = [];
    const slow = (name: Source) =>
      source(name, ['plan'], async () => {
        asked.push(name);
        await setImmediate();
        return {};
      });
    const reading = setUp(slow('account-api'), slow('stripe'), slow('status-page')).accounts.read(subject);
    await Promise.resolve();
    await Promise.resolve();
    assert.deepEqual(asked, ['account-api', 'stripe', 'status-page']);
    await reading;
  });
});
