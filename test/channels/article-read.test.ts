import assert from 'node:assert/strict';
import { openChat } from '../support/direct-line.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

describe('whoever comes from an article’s page', () => {
  let product: TestProduct;
  beforeEach(async () => (product = await startTestProduct()));
  afterEach(() => product.stop());

  async function fromAnArticle() {
    const chat = await openChat(product.url);
    const read = (value: unknown) => chat.call('POST', '/activities', { type: 'event', name: 'article-read', value });
    const heard = async () => {
      const { activities } = (await chat.call('GET', '/activities')).body as unknown as {
        activities: { text: string; from: { role: string } }[];
      };
      return activities.filter(({ from }) => from.role === 'bot').map(({ text }) => text);
    };
    return { say: (text: string) => chat.write(text), read, heard };
  }
  const title = 'Seats, and who has one';
  /** Until the turns are done. */
  async function until(heard: () => Promise<string[]>, what: RegExp): Promise<string[]> {
    for (let i = 0; i < 500; i += 1) {
      const all = await heard();
      if (all.some((text) => what.test(text))) return all;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return assert.fail(`not heard: ${what.source}, but ${(await heard()).join(' | ')}`);
  }

  it('is asked what it leaves open, once, and has it on the ticket as read before', async () => {
    const { say, read, heard } = await fromAnArticle();
    await read('seats');
    await read('seats');
    await until(heard, /You come from the article/);
    await say('Talk to a person');
    for (let i = 0; i < 6 && (await product.store.tickets.newest(1)).length === 0; i += 1) {
      const before = (await heard()).length;
      await say('Not sure');
      for (let j = 0; j < 300 && (await heard()).length === before; j += 1)
        await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const told = (await heard()).filter((text) => text.includes(`“${title}”`));
    assert.equal(told.length, 1);
    const [filed] = await product.store.tickets.newest(1);
    assert.deepEqual(filed?.ticket.happened?.map(({ text }) => text).slice(0, 1), [`had read the article “${title}”`]);
  });

  it('is told nothing of what is no article, and the talk goes on', async () => {
    const { say, read, heard } = await fromAnArticle();
    for (const value of ['nothing', '__proto__', '../seats', '<b>', 7, null, {}]) await read(value);
    await say('hello');
    const all = await until(heard, /Hi! What can’t you get into/);
    assert.ok(all.every((text) => !text.includes('You come from')));
    assert.deepEqual(product.faults(), []);
  });
});
