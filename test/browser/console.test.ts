import assert from 'node:assert/strict';
import type { Browser, Locator, Page } from 'playwright-core';
import { complaintsOf, findings, openBrowser } from '../support/browser.ts';
import { replies } from '../channels/replies.ts';
import { askForPerson, signIn } from '../support/console.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';
import { isForEverybody } from '../support/everybody.ts';
import { signInAs, widgetOf, write } from '../support/widget.ts';

describe('the console in a real browser', () => {
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
    page = await browser.newPage({ reducedMotion: 'reduce', viewport: { width: 1440, height: 900 } });
    complaints = complaintsOf(page, product.url);
  });
  afterEach(async () => {
    await page.close();
    assert.deepEqual(complaints, []);
    assert.deepEqual(product.faults(), []);
  });

  it('a customer and an agent talk: claimed, answered, closed with the true cause, asked whether it is solved', async () => {
    const customer = await browser.newPage({ reducedMotion: 'reduce' });
    await customer.goto(product.url);
    await signInAs(customer, 'over-limit');
    const widget = await widgetOf(customer);
    await write(widget, 'I get access denied when I try to export');
    await widget.getByRole('button', { name: 'Talk to a person' }).click();
    const number = /LK-[0-9A-Z]{8}/.exec(await widget.getByText('Your ticket number is').innerText())?.[0] ?? '';

    await page.goto(`${product.url}/console/tickets/${number}`);
    await page.getByText('tokens are used. Proved.').waitFor();
    await page.getByRole('button', { name: 'Claim', exact: true }).click();
    await page.getByText('Yours', { exact: true }).waitFor();
    await page.keyboard.press('r');
    await page.keyboard.type('I raised your limit.');
    await page.keyboard.press('Control+Enter');
    await widget.getByText('I raised your limit.').waitFor();
    await widget.getByText(/is here now/).waitFor();
    await widget.locator('#who', { hasText: '· a person' }).waitFor();
    assert.deepEqual(await findings(widget), []);
    await write(widget, 'Thank you, it works!');
    await page.getByText('Thank you, it works!').waitFor();
    assert.equal(await widget.locator('#typing').isVisible(), false);

    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    await page.getByText('What was the true cause?').waitFor();
    assert.deepEqual(await findings(page), []);
    await page.getByRole('button', { name: /Monthly limit reached/ }).click();
    await widget.getByText('Is your problem solved?').waitFor();
    await widget.getByText('Automated assistant', { exact: true }).waitFor();
    await widget.getByRole('button', { name: 'Yes, it’s solved' }).click();
    await widget.getByText('Good. Write here if something else comes up.').waitFor();
    await customer.close();
    await page.goto(`${product.url}/console/insights`);
    await page.getByText('Containment').first().waitFor();
  });

  it('an agent gets from sign-in to the next ticket by keyboard alone, and always stands somewhere', async () => {
    const [kept, merged] = [await askForPerson(product.url, 'viewer'), await askForPerson(product.url, 'viewer')];
    await askForPerson(product.url, 'all-good');
    // Two colleagues to choose from.
    for (let one = 0; one < 2; one++) await signIn(product.url);
    await page.goto(`${product.url}/console/sign-in`);
    const focus = page.locator(':focus');
    const [number, log] = [page.locator('#head .number'), page.locator('#log')];
    const press = async (...keys: readonly string[]) => {
      for (const key of keys) await page.keyboard.press(key);
      assert.equal(await page.evaluate('document.activeElement === document.body'), false, keys.join(' '));
    };
    const tabTo = async (target: Locator) => {
      for (let tabs = 0; (await target.and(focus).count()) === 0; tabs++) {
        assert.ok(tabs < 40, await focus.innerHTML());
        await press('Tab');
      }
    };

    await page.locator(`[data-number="${merged.ticket}"]`).waitFor();
    for (let row = 0; (await page.locator(`:focus[data-number="${merged.ticket}"]`).count()) === 0; row++) {
      assert.ok(row < 20);
      await press('j');
    }
    await press('Enter');
    await number.getByText(merged.ticket).waitFor();
    await page.locator('#title:focus').waitFor();
    await press('c');
    await page.getByText('Yours', { exact: true }).waitFor();
    await tabTo(page.locator('#ticket-content'));
    await press('PageDown', 'r', '/');
    await page.keyboard.type('look');
    await page.getByRole('option', { name: 'I am looking into it' }).waitFor();
    await press('Enter', 'Control+Enter');
    await log.locator('.person').getByText('I am looking into').waitFor();
    await press('Escape', 'n');
    await page.keyboard.type('Their admin knows.');
    await press('Control+Enter');
    await log.locator('.agents-note').waitFor();

    await press('Escape', 'y', 'ArrowUp', 'ArrowUp', 'Enter');
    await page.locator('#head .high').waitFor();
    await page.locator('[data-act="priority"]:focus').waitFor();
    await press('Escape', 'a', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter');
    const second = await page.locator('[data-act="assign"] option').nth(2).innerText();
    await page.locator('#question', { hasText: `goes to ${second}.` }).waitFor();
    await press('Tab', 'Enter');
    await page.getByText(/^Assigned to /).waitFor();
    await page.locator('[data-act="assign"]:focus').waitFor();
    await press('Escape', 'c', 'Tab', 'Enter');
    await page.getByText('Yours', { exact: true }).waitFor();

    await press('m', 'Enter', 'Tab', 'Enter');
    await page.locator('#head').getByText('Goes on as').waitFor();
    await page.locator('#title:focus').waitFor();
    await tabTo(page.locator('#head').getByRole('link', { name: kept.ticket }));
    await press('Enter');
    await number.getByText(kept.ticket).waitFor();
    await press('e', '1');
    await page.locator('[data-act="next"]:focus').waitFor();
    await press('Enter');
    await number.getByText(/LK-/).filter({ hasNotText: kept.ticket }).waitFor();
    await page.locator('#title:focus').waitFor();
  });

  it('what was said stands where it was said, whatever kind of reply it is', async () => {
    const { ticket } = await askForPerson(product.url);
    await page.goto(`${product.url}/console/tickets/${ticket}`);
    await page.locator('#log .reply').first().waitFor();
    const kinds = [...new Set(Object.values(replies).map(({ kind }) => kind))];
    const laid = await page.evaluate<string[]>(`${JSON.stringify(kinds)}.map((kind) => {
      const reply = document.createElement('div');
      reply.className = 'reply ' + (kind === 'person' ? 'person' : 'bot');
      reply.append(Object.assign(document.createElement('div'), { className: 'bubble ' + kind, textContent: 'words' }));
      document.querySelector('#log').append(reply);
      const styles = [reply, reply.firstChild].map((one) => getComputedStyle(one));
      return styles.map(({ position, flexWrap }) => position + ' ' + flexWrap).join(', ');
    })`);
    for (const [i, kind] of kinds.entries()) assert.equal(laid[i], 'static nowrap, static nowrap', kind);
  });

  it('a ticket that nothing explains is closed as none of our causes, in one tap', async () => {
    const { ticket } = await askForPerson(product.url, 'all-good');
    await page.goto(`${product.url}/console/tickets/${ticket}`);
    await page.getByRole('button', { name: 'Claim', exact: true }).click();
    await page.getByText('Yours', { exact: true }).waitFor();
    await page.keyboard.press('e');
    await page.getByRole('button', { name: /as diagnosed/ }).click();
    await page.getByRole('button', { name: /Reopen/ }).waitFor();
  });

  it('who closes a ticket of their own is offered the next one of their own', async () => {
    const tickets = [await askForPerson(product.url, 'all-good'), await askForPerson(product.url, 'all-good')];
    for (const { ticket } of tickets) {
      await page.goto(`${product.url}/console/tickets/${ticket}?view=mine`);
      await page.getByRole('button', { name: 'Claim', exact: true }).click();
      await page.getByText('Yours', { exact: true }).waitFor();
    }
    await page.keyboard.press('e');
    await page.getByRole('button', { name: /as diagnosed/ }).click();
    await page.locator('[data-act="next"]').waitFor();
  });

  it('whoever is too late is told who was faster, and keeps what they wrote', async () => {
    const { ticket } = await askForPerson(product.url);
    await page.goto(`${product.url}/console/tickets/${ticket}`);
    await page.getByRole('button', { name: 'Claim', exact: true }).waitFor();
    const other = await signIn(product.url);
    const claims = page.route('**/claim', async (route) => {
      await other.act(ticket, 'claim', { from: null });
      await route.continue();
    });
    await claims;
    await page.getByRole('button', { name: 'Claim', exact: true }).click();
    await page.getByText(/was faster/).waitFor();
    complaints.splice(0, complaints.length, ...complaints.filter((one) => !one.includes('409')));
  });

  it('every view can be used by everybody, wide and narrow, light and dark', async () => {
    const { ticket } = await askForPerson(product.url);
    for (const [path, sign] of [
      ['/console', 'Export blocked: monthly limit reached (proved)'],
      [`/console/tickets/${ticket}`, 'Ada can’t use Export: 500,000 of 500,000 tokens are used. Proved.'],
      ['/console/insights', 'Containment'],
      ['/console/operations', 'Nothing needs you.'],
      ['/console/audit', 'signed in'],
    ] as const) {
      await isForEverybody(page, product.url + path, page.getByText(sign));
    }
  });

  it('what a customer writes is shown, never run', async () => {
    const { chat, ticket } = await askForPerson(product.url);
    const markup = '<img src=x onerror=alert(1)> [x](javascript:alert(1))';
    await chat.write(markup);
    await page.goto(`${product.url}/console/tickets/${ticket}`);
    await page.getByText(markup).first().waitFor();
    assert.equal(await page.locator('main img, a[href^="javascript"]').count(), 0);
  });
});
