import assert from 'node:assert/strict';
import { createSecretKey } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { complaintsOf, findings, openBrowser } from '../support/browser.ts';
import { askForPerson } from '../support/console.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

describe('a ticket that its desk refused', () => {
  let product: TestProduct;
  let browser: Browser;
  let status = 400;
  before(async () => {
    product = await startTestProduct({
      desk: { name: 'webhook', url: new URL('https://desk.test/'), key: createSecretKey(Buffer.alloc(24)) },
      fetch: () => Promise.resolve(new Response('', { status })),
    });
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await product.stop();
  });

  it('says so, and reaches it once an operator has it delivered again', async () => {
    const { ticket, stream } = await askForPerson(product.url);
    const page = await browser.newPage({ reducedMotion: 'reduce', viewport: { width: 1440, height: 900 } });
    const complaints = complaintsOf(page, product.url);
    await page.goto(`${product.url}/console/tickets/${ticket}`);
    await page.getByText('refused this ticket after 1 attempt').waitFor();
    assert.deepEqual(await findings(page), []);
    status = 200;
    await page.getByRole('button', { name: 'Deliver again' }).click();
    await page.getByText('It is on its way to the help desk again.').waitFor();
    await page.getByText('had it delivered again').waitFor();
    assert.deepEqual(complaints, []);
    await page.close();
    await stream.close();
  });
});
