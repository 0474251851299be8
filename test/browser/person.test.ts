import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { complaintsOf, findingsInBoth, openBrowser, picture } from '../support/browser.ts';
import { askForPerson } from '../support/console.ts';
import { customerNamed } from '../support/customers.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

const { accountId, userId } = customerNamed('over-limit')?.person ?? assert.fail();

describe('the page for one person’s data', () => {
  let product: TestProduct;
  let browser: Browser;
  before(async () => {
    product = await startTestProduct();
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await product.stop();
  });

  it('finds, saves and erases it, on a phone, too', async () => {
    await askForPerson(product.url);
    const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
    const complaints = complaintsOf(page, product.url);
    const judge = async (step: string) => {
      await picture(page, `person-${step}`);
      assert.deepEqual(await findingsInBoth(page), []);
      const width = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      assert.ok(width <= 0, `${width} px wider than the window`);
    };
    await page.goto(`${product.url}/console`);
    await page.getByRole('link', { name: 'Personal data' }).click();
    await page.getByRole('textbox', { name: 'Account', exact: true }).fill(accountId);
    await page.getByRole('textbox', { name: 'User', exact: true }).fill(userId);
    await page.getByRole('button', { name: 'Look' }).click();
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as JSON' }).click();
    const saved = readFileSync(await (await saving).path(), 'utf8');
    assert.ok(saved.includes('I get access denied when I try to export'));
    await judge('found');
    await page.getByRole('button', { name: 'Erase…' }).click();
    await judge('asked');
    await page.getByRole('button', { name: 'Erase', exact: true }).click();
    await page.getByText('No desk and no channel has a ticket of theirs.').waitFor();
    await judge('erased');
    await page.getByRole('button', { name: 'Look' }).click();
    await page.getByText('Nothing is stored of this person.').waitFor();
    assert.deepEqual(complaints, []);
    await page.close();
  });
});
