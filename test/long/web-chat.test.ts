import assert from 'node:assert/strict';
import { feedbackIn } from '../support/feedback.ts';
import type { Browser } from 'playwright-core';
import { isOffered, webChat } from '../channels/direct-line/stock-clients.ts';
import { promisesTo } from '../channels/direct-line/stock-promises.ts';
import { openBrowser } from '../support/browser.ts';
import { buttonsOf, latchkeyOf, newChat } from '../support/direct-line.ts';
import { startTestProduct } from '../support/product.ts';

/** `npm ci --prefix test/bench/web-chat` brings it. */
describe('Direct Line 3.0 by official Web Chat in a browser', () => {
  let browser: Browser;
  let inBrowser: Awaited<ReturnType<typeof webChat>>;
  before(async () => {
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    inBrowser.site.close();
  });
  const site = async () => {
    inBrowser = await webChat(() => browser);
    return inBrowser.site.url;
  };
  // It draws six hundred messages for a minute.
  promisesTo([['by Web Chat', (connect) => inBrowser.open(connect), { maySlow: false, many: 220 }]], site);

  it('an answer is judged by its own thumbs, and a no is asked why', async () => {
    const product = await startTestProduct({ allowedOrigins: [inBrowser.site.url] });
    const client = await inBrowser.open({ url: product.url, ...(await newChat(product.url)) });
    await client.write('how do I get an API key?');
    const asked = await client.until((one) => latchkeyOf(one).kind === 'feedback');
    assert.deepEqual(buttonsOf(asked), ['Show the steps']);
    await client.press('Dislike');
    await client.until(isOffered('It was hard to follow'));
    assert.deepEqual(
      (await feedbackIn(product.db)).map(({ article, answered }) => ({ article, answered })),
      [{ article: 'get-an-api-key', answered: 0 }],
    );
    await client.end();
    await product.stop();
  });
});
