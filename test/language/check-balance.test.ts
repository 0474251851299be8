import assert from 'node:assert/strict';
import { checkBalance } from '../../src/language/check-balance.ts';
import { readIntents } from './content.ts';

const examples = (slug: string, ...utterances: string[]) => ({ slug, subIntent: null, utterances });

describe('the balance of the utterances', () => {
  it('holds in the content', () => assert.deepEqual(checkBalance(readIntents()), []));

  it('is lost where a way of complaining stands almost only among the complaints about access', () => {
    const complaints = examples('access-denied', 'I can’t export', 'CANNOT open it', "we can't get in", 'locked out');
    const one = examples('other', "can't cancel my plan");
    const two = examples('other-topic', 'I couldn’t save my text');
    assert.deepEqual(checkBalance([complaints, one]), [{ frame: "can't", inside: 3, outside: 1 }]);
    assert.deepEqual(checkBalance([complaints, one, two]), []);
  });

  it('is not kept by what customers answer', () => {
    const all = [examples('access-denied', 'still locked'), examples('didnt-work', 'still', 'still the same')];
    assert.deepEqual(checkBalance(all), [{ frame: 'still', inside: 1, outside: 0 }]);
  });

  it('knows each frame', () => {
    const lines = [
      'I can not open it',
      'it does not allow me in',
      "we aren't able to export",
      'there is no button',
      "I don't see reports",
      'stuck at the door',
      'still shut',
      'we lose our rights',
      'my rights vanished',
      'export fails',
      'the menu is greyed out',
      'my key is rejected',
      'it expires at once',
      'exports stopped',
      'export no longer works',
    ];
    const found = checkBalance([examples('access-denied', ...lines)]).map(({ frame }) => frame);
    assert.equal(
      found.join(', '),
      "can't, won't let me, unable, no option, can't find, stuck, still, lost, gone, failed, disabled, declined, expired, stopped, not working",
    );
  });
});
