import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { complaintsOf, findings, openBrowser } from '../support/browser.ts';
import { fakeClock } from '../support/fakes.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

describe('the operators’ page in a real browser', () => {
  const clock = fakeClock();
  let product: TestProduct;
  let browser: Browser;
  before(async () => {
    product = await startTestProduct({ clock });
    browser = await openBrowser();
    product.events.emit('far-end-answered', { kind: 'desk', name: 'built-in', result: 'desk-unavailable' });
    product.events.emit('breaker-changed', 'account-api', 'open');
  });
  after(async () => {
    await browser.close();
    await product.stop();
  });

  it('says what fails and what to do, also on a phone, and again when asked', async () => {
    const page = await browser.newPage({ reducedMotion: 'reduce', viewport: { width: 1280, height: 900 } });
    const complaints = complaintsOf(page, product.url);
    await page.goto(`${product.url}/console/operations`);
    await page.getByText('One thing needs you.').waitFor();
    await page.getByText('Tickets are kept and tried again, none is lost.').waitFor();
    assert.deepEqual(await findings(page), []);
    await page.setViewportSize({ width: 360, height: 900 });
    await page.emulateMedia({ colorScheme: 'dark' });
    assert.deepEqual(await findings(page, 'color-contrast'), [], 'dark');
    assert.ok((await page.evaluate<number>('document.documentElement.scrollWidth')) <= 360);
    product.events.emit('far-end-answered', { kind: 'desk', name: 'built-in', result: 'ok' });
    await page.getByRole('button', { name: 'Look again' }).click();
    await page.getByText('Nothing needs you.').waitFor();
    await page.close();
    assert.deepEqual(complaints, []);
  });

  it('is offered to operators, and to nobody else', async () => {
    const page = await browser.newPage({ reducedMotion: 'reduce' });
    await page.goto(`${product.url}/console`);
    await page.getByRole('link', { name: 'Operations' }).click();
    await page.getByRole('heading', { name: 'Operations' }).waitFor();
    await page.route('**/console/api/me', async (route) => {
      const answer = await route.fetch();
      const me = (await answer.json()) as { agent: object };
      await route.fulfill({ json: { ...me, agent: { ...me.agent, roles: ['agent'] } } });
    });
    await page.goto(`${product.url}/console`);
    await page.getByRole('link', { name: 'Insights' }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Operations' }).count(), 0);
    await page.close();
  });
});
