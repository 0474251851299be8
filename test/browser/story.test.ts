import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { complaintsOf, findings, openBrowser } from '../support/browser.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';
import { frameOf, signInAs, widgetOf, write } from '../support/widget.ts';

describe('in a real browser', () => {
  let product: TestProduct;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  before(async () => {
    product = await startTestProduct();
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await product.stop();
  });
  beforeEach(async () => {
    page = await browser.newPage({ reducedMotion: 'reduce' });
    complaints = complaintsOf(page, product.url);
    await page.goto(product.url);
  });
  afterEach(async () => {
    await page.close();
    assert.deepEqual(complaints, []);
  });

  it('a locked-out customer is told why, is checked again, and is handed to a person', async () => {
    await signInAs(page, 'over-limit');
    const widget = await widgetOf(page);
    await widget.getByText('automated assistant', { exact: true }).waitFor();
    await write(widget, 'I get access denied when I try to export');
    await widget.getByText('500,000 of 500,000 tokens are used').first().waitFor();
    await widget.getByText('Review your current plan’s monthly token or usage allowance.').waitFor();
    assert.equal(
      await widget
        .getByRole('link', { name: /Troubleshooting/ })
        .first()
        .getAttribute('href'),
      product.url.replace('127.0.0.1', 'localhost') + '/articles/access-denied',
    );
    assert.deepEqual(await findings(widget), []);
    await widget.getByRole('button', { name: 'Check again' }).click();
    await widget.getByText('I looked again').waitFor();
    await widget.getByRole('button', { name: 'Talk to a person' }).click();
    const number = /LK-[0-9A-Z]{8}/.exec(await widget.getByText('Your ticket number is').innerText())?.[0] ?? '';
    assert.deepEqual(await findings(widget), []);

    await page.goto(`${product.url}/console/tickets/${number}`);
    await page.getByText('tokens are used. Proved.').waitFor();
    await page.getByText('I get access denied when I try to export').first().waitFor();
    assert.deepEqual(await findings(page), []);
  });

  it('help that is opened where a feature was refused begins with the diagnosis', async () => {
    await signInAs(page, 'over-limit');
    await page.getByRole('link', { name: 'Export' }).click();
    await page.getByRole('button', { name: 'Get help' }).click();
    const widget = await frameOf(page);
    await widget.getByText('You were refused just now').waitFor();
    await widget.getByText('500,000 of 500,000 tokens are used').first().waitFor();
    await widget.getByRole('button', { name: 'Talk to a person' }).click();
    const number = /LK-[0-9A-Z]{8}/.exec(await widget.getByText('Your ticket number is').innerText())?.[0] ?? '';
    await page.goto(`${product.url}/console/tickets/${number}`);
    const problem = await page.locator('section.part-problem').innerText();
    assert.match(problem, /Request id\s+req_/);
  });

  it('the answer is rated with the article’s own sentences', async () => {
    await signInAs(page, 'wrong-plan');
    const widget = await widgetOf(page);
    await write(widget, 'why is the API locked');
    await write(widget, 'thanks, that explains it');
    await widget.getByText('Did this answer your question?').waitFor();
    await widget.getByRole('button', { name: 'Yes' }).click();
    await widget.getByText('Thanks for the feedback').waitFor();
  });

  it('the whole talk is still there after a reload, and another customer does not see it', async () => {
    await signInAs(page, 'over-limit');
    let widget = await widgetOf(page);
    await write(widget, 'I get access denied when I try to export');
    await widget.getByText('500,000 of 500,000 tokens are used').first().waitFor();
    await page.reload();
    widget = await frameOf(page);
    await widget.getByText('500,000 of 500,000 tokens are used').first().waitFor();
    await signInAs(page, 'all-good');
    await widget.getByText('Hi Emma').waitFor();
    assert.equal(await widget.getByText('500,000 of 500,000').count(), 0);
  });

  it('the demo page and the article are usable by everybody', async () => {
    for (const path of ['/', '/articles/access-denied']) {
      await page.goto(product.url + path);
      assert.deepEqual(await findings(page), [], path);
    }
  });

  it('what a customer writes is shown, never run', async () => {
    const widget = await widgetOf(page);
    const markup = '<img src=x onerror=alert(1)> [x](javascript:alert(1))';
    await write(widget, markup);
    await widget.getByText(markup).waitFor();
    await widget.getByRole('button', { name: 'Talk to a person' }).waitFor();
    assert.equal(await widget.locator('#log img, #log a[href^="javascript"]').count(), 0);
  });
});
