import assert from 'node:assert/strict';
import type { Browser, Frame } from 'playwright-core';
import sharp from 'sharp';
import { findings, openBrowser, picture as keepPicture } from '../support/browser.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';
import { openChatOf } from '../support/widget.ts';

const picture = await sharp({ create: { width: 640, height: 400, channels: 3, background: '#36c' } })
  .png()
  .toBuffer();

/** As a browser pastes what the screen showed; of such a type. */
const paste = (widget: Frame, type = 'image/png') =>
  widget.evaluate(`(() => {
    const bytes = Uint8Array.from(atob('${picture.toString('base64')}'), (one) => one.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], 'image.png', { type: '${type}' }));
    document.querySelector('#field').dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  })()`);

describe('a screenshot', () => {
  let product: TestProduct;
  let browser: Browser;
  before(async () => {
    product = await startTestProduct({ screenshots: 30 });
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await product.stop();
  });

  it('is pasted by a customer, goes with their words when they send it, and is seen by the agent', async () => {
    const { page, widget } = await openChatOf(browser, product.url, 'over-limit', {
      viewport: { width: 360, height: 640 },
    });
    const [field, chosen] = [widget.getByRole('textbox'), widget.locator('#file')];
    await paste(widget, 'image/gif');
    await widget.getByText('Only screenshots can be sent here: PNG or JPEG, up to 5 MB.').waitFor();
    await paste(widget);
    await chosen.getByText('image.png').waitFor();
    assert.equal(await widget.locator('#hint').innerText(), '');
    await widget.getByRole('button', { name: 'Remove the screenshot' }).press('Enter');
    assert.equal(await chosen.isVisible(), false);

    await paste(widget);
    assert.deepEqual(await findings(widget), []);
    await keepPicture(page, 'screenshot-chosen');
    await field.fill('This is what it says');
    await field.press('Enter');
    await widget.getByText('I keep your screenshot for a person').waitFor();
    assert.deepEqual(await widget.locator('.own .bubble > :not(.spoken)').allInnerTexts(), [
      'This is what it says',
      'Screenshot',
    ]);
    assert.equal(await chosen.isVisible(), false);
    assert.deepEqual(await findings(widget), []);
    await keepPicture(page, 'screenshot-sent');
    await page.setViewportSize({ width: 1280, height: 800 });
    await keepPicture(page, 'screenshot-sent-wide');
    await field.fill('Talk to a person');
    await field.press('Enter');
    const ticket = await widget.locator('.stub strong').innerText();

    const agent = await browser.newPage();
    await agent.goto(`${product.url}/console/tickets/${ticket}`);
    const shown = agent.getByRole('link', { name: 'Screenshot of the customer' });
    await shown.waitFor();
    await agent.waitForFunction(`document.querySelector('.screenshot img')?.naturalWidth === 640`);
    assert.deepEqual(await findings(agent), []);
    await shown.scrollIntoViewIfNeeded();
    await keepPicture(agent, 'screenshot-console');
    const opening = agent.waitForEvent('popup');
    await shown.click();
    const whole = await opening;
    await whole.waitForLoadState();
    assert.equal(await whole.evaluate<number>('document.images[0].naturalWidth'), 640);
    await agent.context().close();
    await page.context().close();
  });
});
