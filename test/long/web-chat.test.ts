import type { Browser } from 'playwright-core';
import { webChat } from '../channels/direct-line/stock-clients.ts';
import { promisesTo } from '../channels/direct-line/stock-promises.ts';
import { openBrowser } from '../support/browser.ts';

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
});
