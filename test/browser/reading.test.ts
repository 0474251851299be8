import assert from 'node:assert/strict';
import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { findings, openBrowser } from '../support/browser.ts';
import { signIn } from '../support/console.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';
import { complain, frameOf, isInSight, openChatOf, signInAs, write } from '../support/widget.ts';

const scrollTop = (widget: Frame) => widget.evaluate<number>("document.querySelector('#scroll').scrollTop");
const toEnd = (widget: Frame) => widget.evaluate("document.querySelector('#scroll').scrollTop = 1e9");

describe('reading in the chat', () => {
  let product: TestProduct;
  let browser: Browser;
  let page: Page;
  before(async () => (browser = await openBrowser()));
  after(() => browser.close());
  // Whoever comes back goes on where they were.
  beforeEach(async () => (product = await startTestProduct()));
  afterEach(async () => {
    await page.context().close();
    await product.stop();
  });

  const open = async (customer = 'over-limit', options: BrowserContextOptions = {}) => {
    const opened = await openChatOf(browser, product.url, customer, options);
    ({ page } = opened);
    return opened.widget;
  };

  it('comes back where it was closed', async () => {
    const widget = await open();
    await complain(widget);
    for (const top of [0, 150, 1e9]) {
      // Nobody closes it before it has moved.
      await widget.evaluate(`new Promise((done) => {
        const place = document.querySelector('#scroll');
        const from = place.scrollTop;
        place.addEventListener('scroll', () => done(), { once: true });
        place.scrollTop = ${top};
        if (place.scrollTop === from) done();
      })`);
      const before = await scrollTop(widget);
      await page.evaluate('Latchkey.close()');
      await page.locator('iframe').waitFor({ state: 'hidden' });
      await page.evaluate('Latchkey.open()');
      await page.locator('iframe').waitFor();
      await widget.getByRole('textbox').press('a');
      const after = await scrollTop(widget);
      assert.equal(after, before);
    }
  });

  it('opens at the first reply that was not read, below a line that says so', async () => {
    const widget = await open();
    await complain(widget);
    await write(widget, 'Talk to a person');
    const told = await widget.getByText('Your ticket number is').innerText();
    const ticket = /LK-[0-9A-Z]{8}/.exec(told)?.[0] ?? assert.fail(told);
    await page.evaluate('Latchkey.close()');
    const agent = await signIn(product.url);
    await agent.act(ticket, 'claim', { from: null });
    for (const text of ['First of all.', 'What helps:\n\n' + 'a line\n\n'.repeat(40), 'The last.'])
      assert.equal((await agent.act(ticket, 'reply', { id: text.slice(0, 9), text })).status, 200);
    await widget.getByText('The last.').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: /Open help \(\d\)/ }).click();
    await widget.locator('[data-new="New"]').waitFor();
    assert.ok(await isInSight(widget, '[data-new]'));
    assert.equal(await widget.locator('[data-new]').count(), 1);
    const unread = await widget.locator('[data-new], [data-new] ~ *').allInnerTexts();
    assert.ok(unread.some((text) => text.includes('First of all.')));
    assert.ok(!unread.some((text) => text.includes('Your ticket number is')));
    assert.ok(!(await isInSight(widget, '#log > :last-child')));
    await widget.getByRole('button', { name: 'More below' }).click();
    assert.ok(await isInSight(widget, '#log > :last-child'));
    await widget.getByRole('button', { name: 'More below' }).waitFor({ state: 'hidden' });
    await write(widget, 'thank you');
    await widget.locator('[data-new]').waitFor({ state: 'detached' });
  });

  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 390, height: 700 },
    { width: 640, height: 360 },
  ])
    it(`begins after a denial at the verdict’s head, with its actions in sight (${viewport.width} × ${viewport.height})`, async () => {
      const context = await browser.newContext({ reducedMotion: 'reduce', viewport });
      page = await context.newPage();
      await page.goto(product.url);
      await signInAs(page, 'over-limit');
      await page.getByRole('link', { name: 'Export' }).click();
      await page.getByRole('button', { name: 'Get help' }).click();
      const widget = await frameOf(page);
      await widget.getByRole('button', { name: 'Talk to a person' }).waitFor();
      assert.ok(await isInSight(widget, '.verdict .mark'));
      assert.ok(await isInSight(widget, '.verdict .text'));
      for (const end of [0, 1e9]) {
        await widget.evaluate(`document.querySelector('#scroll').scrollTop = ${end}`);
        const [action, window] = [await widget.getByRole('button', { name: 'Check again' }).boundingBox(), viewport];
        assert.ok(action && action.y > 0 && action.y + action.height < window.height);
      }
      assert.deepEqual(await findings(widget), []);
      // On a phone it opens by hand alone.
      if (viewport.width < 480) return;
      await widget.evaluate("sessionStorage.removeItem('latchkey.seen')");
      await page.reload();
      const again = await frameOf(page);
      await again.getByRole('button', { name: 'Talk to a person' }).waitFor();
      assert.ok(await isInSight(again, '.verdict .mark'));
    });

  it('fills a low window, and is usable at 320 px and at a zoom of 200 %', async () => {
    for (const viewport of [
      { width: 640, height: 360 },
      { width: 320, height: 568 },
      { width: 900, height: 500 },
    ]) {
      const widget = await open('over-limit', { viewport });
      await complain(widget);
      const frame = await page.locator('iframe').boundingBox();
      assert.deepEqual(frame, { x: 0, y: 0, ...viewport });
      const wide = await widget.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      assert.ok(wide <= 0, `${wide} px too wide`);
      const talk = await widget.locator('#scroll').boundingBox();
      assert.ok(talk && talk.height >= viewport.height / 2, `${talk?.height} px for the talk`);
      assert.deepEqual(await findings(widget), []);
      await widget.getByRole('button', { name: 'Check again' }).click();
      await widget.getByText('I looked again').first().waitFor();
      if (viewport.width === 900) break;
      await page.context().close();
      await product.stop();
      product = await startTestProduct();
    }
  });

  it('is done by the keyboard alone', async () => {
    await open();
    const widget = await frameOf(page);
    const { keyboard } = page;
    const focused = () =>
      widget.evaluate<string>(
        "(({ activeElement: one }) => one.getAttribute('aria-label') ?? one.textContent.trim())(document)",
      );
    const tabTo = async (name: string, key = 'Shift+Tab') => {
      for (let i = 0; i < 30 && (await focused()) !== name; i++) await keyboard.press(key);
      assert.equal(await focused(), name);
    };
    await keyboard.type('I get access denied when I try to export');
    await keyboard.press('Enter');
    await widget.getByRole('button', { name: 'Check again' }).waitFor();
    await tabTo('Check again');
    await keyboard.press('Enter');
    await widget.getByText('I looked again').waitFor();
    await toEnd(widget);
    await tabTo('Step 1 done');
    await keyboard.press('Space');
    assert.ok(await widget.getByRole('checkbox').first().isChecked());
    await tabTo('Menu');
    await keyboard.press('Enter');
    await keyboard.press('Tab');
    assert.equal(await focused(), 'New conversation');
    assert.deepEqual(await findings(widget), []);
    await keyboard.press('Escape');
    assert.equal(await focused(), 'Menu');
    await widget.getByRole('button', { name: 'Print' }).waitFor({ state: 'hidden' });
    await keyboard.press('Escape');
    await page.locator('iframe').waitFor({ state: 'hidden' });
  });
});
