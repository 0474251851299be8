import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { startSite } from '../support/host-site.ts';
import { openBrowser } from '../support/browser.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';
import { frameOf, widgetOf, write } from '../support/widget.ts';

const launcher = (page: Page) => page.getByRole('button', { name: 'Open help' });

describe('the chat on pages as they are', () => {
  let site: Awaited<ReturnType<typeof startSite>>;
  let product: TestProduct;
  let browser: Browser;
  let page: Page;
  let tag = '';

  before(async () => {
    site = await startSite();
    product = await startTestProduct({ allowedOrigins: [site.url] });
    tag = `<script src="${product.url}/widget.js"></script>`;
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await product.stop();
    site.close();
  });
  beforeEach(async () => {
    page = await browser.newPage({ reducedMotion: 'reduce' });
    site.headers = {};
  });
  afterEach(() => page.close());
  const visit = async (html: string) => {
    site.html = `<!doctype html><html lang="en"><title>Shop</title>${html}</html>`;
    await page.goto(site.url);
  };
  const greeted = async (where: Page) => {
    const widget = await widgetOf(where);
    await widget.getByText('automated assistant', { exact: true }).waitFor();
    return widget;
  };

  it('is there where the script stands before the body', async () => {
    await visit(`<head>${tag}</head><body><h1>Shop</h1></body>`);
    await greeted(page);
  });

  it('leaves the page its title, also where that comes after the script', async () => {
    site.html = `<!doctype html><html lang="en"><head>${tag}<title>Shop</title></head><body></body></html>`;
    await page.goto(site.url);
    await greeted(page);
    assert.equal(await page.title(), 'Shop');
    assert.equal(await page.locator('title').count(), 1);
  });

  it('is there once where the script stands twice', async () => {
    await visit(`<body>${tag}${tag}<script>Latchkey.push(['open'])</script></body>`);
    await frameOf(page);
    assert.equal(await page.getByRole('button', { name: 'Close help' }).count(), 1);
    assert.equal(await page.locator('iframe').count(), 1);
  });

  it('looks the same whatever the page says of its own elements', async () => {
    const boxes: unknown[] = [];
    const rules =
      'div,section,button,iframe,body > * {display:none !important;width:1px !important;opacity:0 !important;transform:scale(3) !important}';
    const wild = `<style>${rules} latchkey-help{display:none !important;position:relative !important;filter:blur(9px) !important}</style>`;
    for (const style of ['', wild]) {
      await visit(`<body>${style}${tag}</body>`);
      await launcher(page).waitFor();
      boxes.push(await launcher(page).boundingBox());
    }
    assert.deepEqual(boxes[1], boxes[0]);
    await greeted(page);
  });

  it('comes back where the page replaces its body, with the talk', async () => {
    await visit(`<body>${tag}</body>`);
    const widget = await greeted(page);
    await write(widget, 'hello there');
    await widget.getByText('hello there').waitFor();
    for (const change of [
      "document.body.innerHTML = '<h1>Next page</h1>'",
      "document.body.replaceWith(document.createElement('body'))",
    ]) {
      await page.evaluate(change);
      const again = await frameOf(page);
      await again.getByText('hello there').waitFor();
    }
  });

  it('can be used while a dialog keeps the rest of the page out of reach, and after it', async () => {
    await visit(
      `<body>${tag}<dialog><p>Access denied</p><button onclick="closest('dialog').close()">OK</button></dialog></body>`,
    );
    await launcher(page).waitFor();
    await page.evaluate("document.querySelector('dialog').showModal()");
    await greeted(page);
    await page.getByRole('button', { name: 'Close help' }).click();
    await page.getByRole('button', { name: 'OK' }).click();
    await launcher(page).click();
    await (await frameOf(page)).getByText('automated assistant', { exact: true }).waitFor();
  });

  it('is there on a page that is isolated from other origins', async () => {
    site.headers = { 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-opener-policy': 'same-origin' };
    await visit(`<body>${tag}</body>`);
    assert.equal(await page.evaluate('crossOriginIsolated'), true);
    await greeted(page);
  });

  it('is there under a policy that allows the product’s origin alone, for scripts and frames', async () => {
    const { url } = product;
    site.headers = {
      'content-security-policy': `default-src 'none'; script-src ${url}; frame-src ${url}; require-trusted-types-for 'script'`,
    };
    await visit(`<body>${tag}</body>`);
    await greeted(page);
  });

  it('does in turn what was asked of it before it was loaded, and tells what happens', async () => {
    const commands = `window.told = [];
      const tell = (name) => (value) => told.push([name, value]);
      Latchkey = [['on', 'open', tell('open')], ['on', 'outcome', tell('outcome')], ['on', 'unread', tell('unread')],
        ['nonsense'], ['open']];`;
    await visit(`<body><script>${commands}</script>${tag}</body>`);
    const widget = await frameOf(page);
    await write(widget, 'Talk to a person');
    await widget.getByText('Your ticket number is').waitFor();
    await page.waitForFunction('told.some(([name]) => name === "outcome")');
    const told = await page.evaluate<[string, { outcome: string; ticket?: string }][]>('told');
    assert.equal(told[0]?.[0], 'open');
    const [, outcome] = told.find(([name]) => name === 'outcome') ?? [];
    assert.equal(outcome?.outcome, 'handed-off');
    assert.match(outcome.ticket ?? '', /^LK-/);
    await page.reload();
    await (await frameOf(page)).getByText('Your ticket number is').waitFor();
    assert.deepEqual(
      (await page.evaluate<[string][]>('told')).filter(([name]) => name === 'outcome'),
      [],
    );
  });

  it('tells nothing any more to who does not want to be told', async () => {
    await visit(`<body>${tag}</body>`);
    await page.evaluate(
      "window.told = []; const off = Latchkey.on('open', () => told.push(1)); Latchkey.open(); Latchkey.close(); off(); Latchkey.open()",
    );
    assert.deepEqual(await page.evaluate('told'), [1]);
  });

  it('begins with what the page says that it refused, and again only where that is new', async () => {
    await visit(`<body>${tag}</body>`);
    const denied = (requestId: string) =>
      `Latchkey.denied({ feature: 'export', code: 'QUOTA', requestId: '${requestId}' })`;
    await page.evaluate(denied('req_1'));
    const widget = await frameOf(page);
    await widget.getByText('We can’t identify you').waitFor();
    await write(widget, 'thank you');
    await widget.getByText('thank you').waitFor();
    await page.evaluate(denied('req_1'));
    await widget.getByText('thank you').waitFor();
    await page.evaluate(denied('req_2'));
    await widget.getByText('thank you').waitFor({ state: 'detached' });
    await widget.getByText('We can’t identify you').waitFor();
  });
});
