import assert from 'node:assert/strict';
import { bodyOf } from '../../../src/channels/teams/cards.ts';
import type { TellableFinding } from '../../../src/domain/reply.ts';
import { channelWords } from '../channel-words.ts';

const found = (status: TellableFinding['status'], cause = 'monthly-limit'): TellableFinding => ({
  cause,
  status,
  fact: `It is ${status}.`,
  source: 'account-api',
  readAt: '2026-11-22T10:12:00.000Z',
});
const drawn = (...findings: readonly TellableFinding[]) =>
  JSON.stringify(bodyOf({ kind: 'verdict', text: '', findings, actions: [] }, [], channelWords()));

describe('the findings on a card of Teams', () => {
  const table = [
    ['a cause', [found('proved'), found('possible'), found('unknown')], 'Cause found', 'Attention'],
    ['what depends on the feature', [found('possible'), found('unknown')], 'It depends on the feature', 'Warning'],
    ['what only a feature tells', [found('needs-feature'), found('ruled-out')], 'It depends on the feature', 'Warning'],
    ['a doubt', [found('unknown'), found('ruled-out')], 'Not everything could be checked', 'Warning'],
    ['nothing, and not in green', [found('ruled-out')], 'Every check allows access', 'Default'],
  ] as const;
  for (const [what, findings, told, color] of table)
    it(`amount to ${what}`, () => {
      const card = drawn(...findings);
      assert.ok(card.includes(told), card);
      assert.ok(card.includes(`"color":"${color}"`), card);
    });

  it('say that nothing could be checked, and count no nothing', () => {
    assert.match(drawn(found('unknown')), /What I could not check \(1\)/);
  });

  it('count what was checked, and list what could not be, but not what only a feature tells', () => {
    const card = drawn(found('possible'), found('ruled-out'), found('unknown'), found('needs-feature'));
    assert.match(card, /What I checked \(2\)/);
    assert.match(card, /Blocks some features.*It is possible\..*Ruled.out.*Could.not.check.*It is unknown\./);
    assert.doesNotMatch(card, /It is needs-feature/);
  });

  it('are named in one line beside long facts, but where that would leave no room for them', () => {
    const card = drawn(found('possible'), found('ruled-out'), found('unknown'));
    for (const name of ['Ruled out', 'Could not check'])
      assert.ok(card.includes(`"${name.replaceAll(' ', '\u00A0')}"`), name);
    assert.ok(card.includes('"Blocks some features"'));
  });
});
