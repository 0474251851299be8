import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { askForPerson } from '../support/console.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';
import { signInAs, widgetOf, write } from '../support/widget.ts';

/** What Safari 16, Chrome 108 or Firefox 108 lack, or a page without https; each as its absence is seen by a script. */
const lacking: Readonly<Record<string, string>> = {
  'AbortSignal.any': 'delete AbortSignal.any',
  'style sheets that are made by scripts':
    'delete window.CSSStyleSheet; window.CSSStyleSheet = function () { throw new TypeError("Illegal constructor"); }',
  'crypto.randomUUID': 'delete Crypto.prototype.randomUUID',
  'copies of lists': 'for (const name of ["toSorted", "toReversed", "toSpliced", "with"]) delete Array.prototype[name]',
  'URL.parse and URL.canParse': 'delete URL.parse; delete URL.canParse',
  'ARIA as properties':
    'for (const name of ["ariaLive", "ariaLabel", "ariaBusy", "ariaExpanded"]) delete Element.prototype[name]',
  'grouping, promises with resolvers, iterators with methods':
    'delete Object.groupBy; delete Map.groupBy; delete Promise.withResolvers; delete Promise.try; for (const name of ["map", "filter", "toArray"]) delete Iterator.prototype[name]',
  'set methods': 'for (const name of ["union", "intersection", "difference", "isSubsetOf"]) delete Set.prototype[name]',
};
const noStorage = `for (const name of ['sessionStorage', 'localStorage'])
  Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } })`;
const withoutAll = Object.values(lacking).join(';');
const browsers = {
  [Object.keys(lacking).join('; ')]: withoutAll,
  storage: noStorage,
  'all of these': `${withoutAll};${noStorage}`,
};

describe('a browser without', () => {
  let product: TestProduct;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const errors: string[] = [];

  before(async () => {
    product = await startTestProduct();
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await product.stop();
  });
  afterEach(() => context.close());
  const open = async (script: string) => {
    context = await browser.newContext({ reducedMotion: 'reduce' });
    await context.addInitScript(script);
    page = await context.newPage();
    errors.length = 0;
    page.on('pageerror', ({ message }) => errors.push(message));
  };

  for (const [what, script] of Object.entries(browsers))
    it(`${what} has the whole talk`, async () => {
      await open(script);
      await page.goto(product.url);
      await signInAs(page, 'over-limit');
      const widget = await widgetOf(page);
      await write(widget, 'I get access denied when I try to export');
      await widget.getByText('Your monthly limit blocks Export.').waitFor();
      await write(widget, 'Talk to a person');
      await widget.getByText('Your ticket number is').waitFor();
      assert.deepEqual(errors, []);
    });

  it('all of these has the console, with the ticket and a reply', async () => {
    await open(browsers['all of these']);
    const { stream, ticket } = await askForPerson(product.url);
    await page.goto(`${product.url}/console/tickets/${ticket}`);
    await page.getByRole('button', { name: 'Claim', exact: true }).click();
    await page.getByText('Yours', { exact: true }).waitFor();
    await page.keyboard.press('r');
    await page.keyboard.type('I raised your limit.');
    await page.keyboard.press('Control+Enter');
    await stream.until(({ text }) => text === 'I raised your limit.');
    assert.deepEqual(errors, []);
  });

  it('scripts says that the chat needs them', async () => {
    context = await browser.newContext({ javaScriptEnabled: false });
    page = await context.newPage();
    await page.goto(`${product.url}/widget/`);
    await page.getByText('The chat is starting. If this stays here').waitFor();
  });
});
