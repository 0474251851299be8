import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { findings, openBrowser } from '../support/browser.ts';
import { startSite } from '../support/host-site.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';
import { frameOf, widgetOf, write } from '../support/widget.ts';

const pageWith = (script: string, widget: string) =>
  `<!doctype html><html lang="en"><title>Shop</title><body><h1>Shop</h1><script>${script}</script><script src="${widget}" async></script></body></html>`;

describe('on a site of another origin', () => {
  let [listed, other]: Awaited<ReturnType<typeof startSite>>[] = [];
  let product: TestProduct;
  let browser: Browser;
  let page: Page;

  before(async () => {
    [listed, other] = [await startSite(), await startSite()];
    product = await startTestProduct({ allowedOrigins: [listed.url] });
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await product.stop();
    for (const site of [listed, other]) site?.close();
  });
  beforeEach(async () => {
    page = await browser.newPage({ reducedMotion: 'reduce' });
    for (const site of [listed, other]) if (site) site.html = pageWith('', `${product.url}/widget.js`);
  });
  afterEach(() => page.close());

  it('that is listed the chat is there', async () => {
    await page.goto(listed?.url ?? '');
    const widget = await widgetOf(page);
    await widget.getByText('automated assistant', { exact: true }).waitFor();
  });

  it('that is not listed there is a sentence, who can mend it, and the chat in a window of its own', async () => {
    await page.goto(other?.url ?? '');
    const frame = await widgetOf(page);
    await frame.getByRole('heading', { name: 'The chat can’t be shown on this page' }).waitFor();
    await frame.getByText(other?.url ?? '', { exact: true }).waitFor();
    assert.deepEqual(await findings(frame), []);
    const [own] = await Promise.all([
      page.waitForEvent('popup'),
      frame.getByRole('link', { name: 'Open the chat in a window of its own' }).click(),
    ]);
    await own.getByText('automated assistant', { exact: true }).waitFor();
  });

  it('that is not listed the sentence can be closed on a phone, too', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(other?.url ?? '');
    await (await widgetOf(page)).getByRole('heading').waitFor();
    await page.getByRole('button', { name: 'Close help' }).click();
    await page.locator('iframe').waitFor({ state: 'hidden' });
  });

  it('a page that only says to be listed still shows nothing', async () => {
    await page.goto(other?.url ?? '');
    const src = `${product.url}/widget/?from=${encodeURIComponent(listed?.url ?? '')}`;
    const refused = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
    await page.evaluate(`document.body.append(Object.assign(document.createElement('iframe'), { src: '${src}' }))`);
    await refused;
  });

  const sources: Readonly<Record<string, string>> = {
    'is refused': `Latchkey = [['identify', 'x.e30.x']]`,
    'cannot be had': `Latchkey = [['identify', () => Promise.reject(new Error('no session'))]]`,
    'cannot even be asked for': `Latchkey = [['identify', () => { throw new Error('no such thing'); }]]`,
    'is none': `Latchkey = [['identify', () => undefined]]`,
    'is empty': `Latchkey = [['identify', '']]`,
    'comes empty': `Latchkey = [['identify', () => '']]`,
  };
  for (const [name, script] of Object.entries(sources))
    it(`whose identity ${name} the chat opens with nobody and says so, and a person can be reached`, async () => {
      if (listed) listed.html = pageWith(script, `${product.url}/widget.js`);
      await page.goto(listed?.url ?? '');
      const widget = await widgetOf(page);
      await widget.getByText('could not confirm to this chat who you are').waitFor();
      await write(widget, 'is anybody there');
      await widget.getByText('is anybody there').waitFor();
      await page.reload();
      const again = await frameOf(page);
      await again.getByText('is anybody there').waitFor();
      await write(again, 'Talk to a person');
      await again.getByText('Your ticket number is').waitFor();
    });
});
