import assert from 'node:assert/strict';
import { openingTimes } from '../../src/domain/office-hours.ts';
import { bearer, call, chatOf, latchkeyOf } from '../support/direct-line.ts';
import { fakeClock } from '../support/fakes.ts';
import { startTestProduct } from '../support/product.ts';

const hour = 3_600_000;

describe('whoever asks for a person', () => {
  /** What they are told with the ticket; at first it is a Sunday, 10:12 UTC. */
  async function told(after: number, zone: string) {
    const clock = fakeClock();
    clock.forward(after);
    const office = { zone: 'Europe/Berlin', open: openingTimes('mon-fri 09:00-17:00') ?? assert.fail() };
    const product = await startTestProduct({ clock, office });
    const at = (path: string) => `${product.url}/v3/directline/${path}`;
    const { identity } = (await call(`${product.url}/demo/identity`, 'POST', { customer: 'over-limit', zone })).body;
    const given = (await call(at('tokens/generate'), 'POST', { identity })).body;
    const chat = chatOf(product.url, given as unknown as { conversationId: string; token: string });
    await call(at('conversations'), 'POST', {}, bearer(chat.token));
    const stream = await chat.listen();
    await chat.write('Talk to a person');
    const ticket = await stream.until((one) => latchkeyOf(one).ticket !== undefined);
    await stream.until((one) => stream.activities.indexOf(one) > stream.activities.indexOf(ticket));
    const words = stream.texts().join('\n');
    await stream.close();
    await product.stop();
    return words;
  }

  it('when nobody is there is told when somebody is there again, in their own zone', async () => {
    assert.match(await told(0, 'America/New_York'), /somebody is there again on 23 November at 03:00 your time/);
    assert.match(await told(24 * hour + 7 * hour, 'Asia/Tokyo'), /again on 24 November at 17:00 your time/);
  });

  it('when somebody is there is told nothing of the hours', async () => {
    assert.doesNotMatch(await told(24 * hour, 'UTC'), /there again/);
  });
});
