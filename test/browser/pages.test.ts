import assert from 'node:assert/strict';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { complaintsOf, findings, openBrowser, picture } from '../support/browser.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

const phone = { width: 360, height: 740 };

describe('the help center in a browser', () => {
  let [product, browser]: [TestProduct | null, Browser | null] = [null, null];
  before(async () => {
    browser = await openBrowser();
  });
  beforeEach(async () => (product = await startTestProduct()));
  afterEach(() => product?.stop());
  after(() => browser?.close());

  async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    assert.ok(browser && product);
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(product.url + path);
    return page;
  }

  for (const javaScriptEnabled of [true, false])
    it(`is rated, searched and left for the chat ${javaScriptEnabled ? 'with' : 'without'} scripts`, async () => {
      assert.ok(product);
      const page = await open('/articles', { javaScriptEnabled });
      const complaints = complaintsOf(page, product.url);
      await page.getByRole('searchbox').fill('how do I invite a teamate');
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: 'Invite a teammate' }).click();
      await page.getByRole('button', { name: 'No', exact: true }).click();
      await page.getByText('Thanks for the feedback').waitFor();
      await page.getByRole('button', { name: 'It was hard to follow' }).click();
      await page.getByText('Thanks for the feedback').waitFor();
      await page.getByRole('button', { name: 'Yes', exact: true }).dblclick();
      await page.getByText('Thanks for the feedback').waitFor();
      await page.goBack();
      await page.getByRole('link', { name: 'All articles' }).click();
      await page.waitForURL('**/articles');
      const given = await product.db.selectFrom('article_feedback').select(['article', 'answered', 'reason']).execute();
      assert.deepEqual(
        given.map((row) => ({ ...row })),
        [{ article: 'invite-a-teammate', answered: 1, reason: null }],
      );
      assert.deepEqual(complaints, []);
      await page.context().close();
    });

  it('hands over to a chat that knows what was read', async () => {
    const page = await open('/articles/seats');
    await page.getByRole('link', { name: 'Contact Us' }).click();
    await page.getByText('You come from the article “Seats, and who has one”').waitFor();
    await page.reload();
    await page.getByText('You come from the article').first().waitFor();
    assert.equal(await page.getByText('You come from the article').count(), 1);
    await picture(page, 'chat-from-article');
    await page.context().close();
  });

  const states = [
    ['index', '/articles'],
    ['found', '/articles?q=seat'],
    ['none', '/articles?q=xylophone'],
    ['article', '/articles/access-denied'],
    ['rated', `/articles/seats?said=no&visit=${'x'.repeat(22)}`],
    ['failed', `/articles/seats?said=failed&visit=${'x'.repeat(22)}`],
    ['missing', '/articles/nothing'],
    ['insights', '/console/insights'],
  ] as const;
  it('fits a phone in every state, and axe finds nothing, light and dark', async () => {
    assert.ok(product);
    const page = await open('/articles');
    for (const [name, path] of states) {
      await page.setViewportSize(phone);
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(product.url + path);
      if (name === 'insights') await page.getByText('Nothing was counted on these days').waitFor();
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      assert.ok(width <= phone.width, `${name} is ${width} px wide`);
      assert.deepEqual(await findings(page), [], name);
      await picture(page, `${name}-phone`, { fullPage: true });
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.emulateMedia({ colorScheme: 'dark' });
      assert.deepEqual(await findings(page, 'color-contrast'), [], `${name}, dark`);
      await picture(page, `${name}-dark`, { fullPage: true });
    }
    await page.context().close();
  });

  it('prints an article without what is only for the screen', async () => {
    const page = await open('/articles/seats');
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.getByRole('heading', { level: 1 }).isVisible());
    for (const name of ['Search', 'Yes']) assert.ok(!(await page.getByRole('button', { name }).first().isVisible()));
    await picture(page, 'print');
    await page.context().close();
  });

  it('the console says why it cannot be shown, and leads on', async () => {
    assert.ok(browser && product);
    for (const broken of ['**/console/api/me', '**/assets/console-main-*.js']) {
      const page = await (await browser.newContext()).newPage();
      await page.route(broken, (route) => route.fulfill({ status: 500, body: '{}', contentType: 'application/json' }));
      await page.goto(`${product.url}/console`);
      await page.getByRole('link', { name: /Try again|load it again/ }).waitFor();
      await picture(page, `console-broken-${broken.includes('me') ? 'api' : 'script'}`);
      await page.context().close();
    }
  });
});
