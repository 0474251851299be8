import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { complaintsOf, findings, openBrowser } from '../support/browser.ts';
import { askForPerson, signIn } from '../support/console.ts';
import { isForEverybody } from '../support/everybody.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

describe('an agent with many tickets, in a real browser', () => {
  let product: TestProduct;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  before(async () => {
    product = await startTestProduct({ responseTargets: { high: 60_000, normal: 120_000 } });
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
  const open = async (ticket: string) => {
    await page.goto(`${product.url}/console/tickets/${ticket}`);
    await page.locator('#head').getByText(ticket).waitFor();
    await page.locator('#field').waitFor();
  };
  const rowOf = (ticket: string) => page.locator(`.row:has([data-number="${ticket}"])`);

  it('sees what a customer wrote until it is looked at, and that they should have been answered', async () => {
    const { ticket, chat } = await askForPerson(product.url);
    await open(ticket);
    await page.keyboard.press('c');
    await page.getByText('Yours', { exact: true }).waitFor();
    await page.locator('#head .late').waitFor();
    await page.goto(`${product.url}/console?view=mine`);
    await chat.write('Are you still there?');
    await rowOf(ticket).getByText('1 new').waitFor();
    await page.locator('#tabs').getByText('1 new').waitFor();
    assert.match(await page.title(), /^● /);
    assert.deepEqual(await findings(page), []);
    await rowOf(ticket).locator('a').click();
    await page.locator('#tabs').getByText('1 new').waitFor({ state: 'detached' });
    await page.locator('#head').getByText('Customer waits').waitFor();
  });

  it('has six lists, where a ticket goes and what sends a reply each in one line, whatever the screen', async () => {
    await page.route('**/api/me', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ json: { ...((await answer.json()) as object), desk: 'zendesk' } });
    });
    await page.route('**/api/tickets?*', async (route) => {
      const answer = await route.fetch();
      const counts = { waiting: 12, mine: 12, unread: 12 };
      await route.fulfill({ json: { ...((await answer.json()) as object), counts } });
    });
    const { ticket } = await askForPerson(product.url);
    await open(ticket);
    const isOneLine = async (what: string, count: number) => {
      const boxes = await Promise.all((await page.locator(what).all()).map((one) => one.boundingBox()));
      assert.equal(boxes.length, count, what);
      const size = page.viewportSize();
      assert.equal(new Set(boxes.map((box) => box?.y)).size, 1, `${size?.width} px: ${JSON.stringify(boxes)}`);
      for (const box of boxes) assert.ok(box && box.x + box.width <= (size?.width ?? 0), JSON.stringify(box));
    };
    for (const width of [1280, 1440, 360]) {
      await page.setViewportSize({ width, height: 900 });
      await isOneLine('#head select', 2);
      await isOneLine('.foot button', 2);
      if (width === 360) await page.locator('.back').click();
      await page.locator('#tabs').getByText('12').nth(2).waitFor();
      await isOneLine('#tabs a', 6);
    }
  });

  it('writes a saved reply by keyboard alone, and what the ticket does not hold is not sent', async () => {
    const { ticket, stream } = await askForPerson(product.url, 'all-good');
    await open(ticket);
    await page.keyboard.press('r');
    await page.route('**/replies', (route) => route.fulfill({ status: 500, json: {} }), { times: 1 });
    await page.keyboard.type('/');
    await page.locator('#announcements').getByText('That did not work.').waitFor({ state: 'attached' });
    await page.keyboard.type('wai');
    await page.getByRole('option', { name: /It ends by waiting/ }).waitFor();
    assert.deepEqual(await findings(page), []);
    await page.keyboard.press('Enter');
    await page.getByText('Fill in {{opens}} before you send it.').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText('Fill in what stands in {{ }} before you send it.').waitFor();
    await page.locator('#field').focus();
    const at = (await page.locator('#field').inputValue()).indexOf('{{opens}}');
    await page.evaluate(`document.getElementById('field').setSelectionRange(${at}, ${at + '{{opens}}'.length})`);
    await page.keyboard.type('tomorrow');
    await page.keyboard.press('Control+Enter');
    const said = await stream.until((one) => String(one.text).includes('opens again by itself: tomorrow'));
    assert.match(String(said.text), /^Hi Ada, |^Hi \w+, /);
    complaints.splice(0, complaints.length, ...complaints.filter((one) => !/status of (?:400|500) /.test(one)));
  });

  it('puts a note between the messages, for agents only', async () => {
    const { ticket } = await askForPerson(product.url);
    await open(ticket);
    await page.keyboard.press('n');
    await page.keyboard.type('Called them back.');
    await page.keyboard.press('Control+Enter');
    const note = page.locator('#log .agents-note');
    await note.getByText('Called them back.').waitFor();
    assert.match(await note.innerText(), /note for agents/);
    assert.match(await page.locator('#log .bot .name').first().innerText(), /\(bot\)|^Bot/);
    assert.deepEqual(await findings(page), []);
  });

  it('reads the error that was pasted as it was, and all of it when asked', async () => {
    const { ticket, chat, stream } = await askForPerson(product.url, 'all-good');
    const pasted = JSON.stringify(
      { error: 'insufficient_scope', request_id: 'req_8fa1b2', list: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] },
      null,
      2,
    );
    await chat.write(`It says\n${pasted}`);
    await stream.until((one) => String(one.text).startsWith('Added to'));
    await open(ticket);
    const block = page.locator('#sections pre').first();
    await block.getByText('"error": "insufficient_scope"').waitFor();
    assert.match(
      await page.evaluate<string>("getComputedStyle(document.querySelector('#sections pre')).fontFamily"),
      /mono/,
    );
    assert.ok(!(await block.innerText()).includes('"g"'));
    await page.locator('#sections summary').getByText('All of it').click();
    await page.locator('#sections pre').getByText('"g"').waitFor();
    assert.equal(await page.locator('#sections pre:visible').innerText(), pasted);
    assert.deepEqual(await findings(page), []);
  });

  it('changes the priority, assigns to a colleague, and merges two tickets of one person', async () => {
    await signIn(product.url);
    const [one, two] = [await askForPerson(product.url, 'viewer'), await askForPerson(product.url, 'viewer')];
    await open(two.ticket);
    await page.keyboard.press('y');
    await page.getByLabel('Priority').selectOption('high');
    await page.locator('#head .high').waitFor();
    await page.getByRole('button', { name: `Merge into ${one.ticket}` }).click();
    await page
      .getByRole('button', { name: `Merge into ${one.ticket}` })
      .last()
      .click();
    await page.locator('#head').getByText('Goes on as').waitFor();
    await page.locator('#head').getByRole('link', { name: one.ticket }).click();
    await page.locator('#head .number').getByText(one.ticket).waitFor();
    await page.locator('#log .name').getByText(`in ${two.ticket}, Web chat`).first().waitFor();
    await page.getByText(`in the conversations of ${one.ticket} (Web chat) and ${two.ticket} (Web chat)`).waitFor();
    assert.equal(await page.locator('#log').getByText('are about one thing').count(), 1);
    await page.setViewportSize({ width: 1280, height: 800 });
    const [field, send] = await Promise.all(
      ['#field', '#composer .primary'].map((one) => page.locator(one).boundingBox()),
    );
    assert.ok(field && send && send.x + send.width <= field.x + field.width, JSON.stringify({ field, send }));
    assert.deepEqual(await findings(page), []);
    await page.keyboard.press('a');
    const people = page.getByLabel('Assign to');
    await people.locator('option').nth(1).waitFor({ state: 'attached' });
    await people.selectOption({ index: 1 });
    await page.locator('#yes').click();
    await page.getByText(/^Assigned to /).waitFor();
  });

  it('sees of an urgent one both that it is and whether it is chosen', async () => {
    const { ticket } = await askForPerson(product.url, 'all-good');
    await page.goto(`${product.url}/console`);
    const row = rowOf(ticket);
    const [mark, box] = await Promise.all([
      row.locator('.high').boundingBox(),
      row.getByRole('checkbox').boundingBox(),
    ]);
    assert.ok(mark && box && mark.y + mark.height <= box.y, JSON.stringify({ mark, box }));
  });

  it('closes several at once, and is told which was not', async () => {
    const [one, two] = [await askForPerson(product.url, 'no-seat'), await askForPerson(product.url, 'no-seat')];
    await page.goto(`${product.url}/console`);
    for (const { ticket } of [one, two]) await rowOf(ticket).getByRole('checkbox').check();
    await page.getByText('2 chosen').waitFor();
    const other = await signIn(product.url);
    // Not before: the list would tell of it.
    await page.route(`**/${two.ticket}/close`, async (route) => {
      await other.act(two.ticket, 'claim', { from: null });
      await route.continue();
    });
    await page.getByLabel('Close as…').selectOption('no-seat');
    await page.locator('#yes').click();
    await page.getByText('1 of 2 done.').waitFor();
    await page.getByText(new RegExp(`${two.ticket}: .+ has it`)).waitFor();
    assert.deepEqual(await findings(page), []);
    complaints.splice(0, complaints.length, ...complaints.filter((said) => !said.includes('409')));
  });

  it('finds tickets by name and words', async () => {
    const { ticket } = await askForPerson(product.url, 'over-limit');
    await page.goto(`${product.url}/console`);
    await page.keyboard.press('/');
    await page.keyboard.type('ada export den');
    await page.keyboard.press('Enter');
    await rowOf(ticket).waitFor();
  });

  it('chooses to be alerted in this browser', async () => {
    await page.goto(`${product.url}/console`);
    await page.getByRole('button', { name: 'Alerts' }).click();
    await page.getByLabel('Sound').check();
    assert.deepEqual(await findings(page), []);
    await page.reload();
    await page.getByRole('button', { name: 'Alerts' }).click();
    assert.equal(await page.getByLabel('Sound').isChecked(), true);
    assert.equal(await page.getByLabel('Browser notification').isChecked(), false);
  });

  it('can be used by everybody, wide and on a phone, light and dark', async () => {
    const { ticket, chat } = await askForPerson(product.url, 'over-limit');
    await open(ticket);
    await page.keyboard.press('n');
    await page.keyboard.type('Raised the limit by hand.');
    await page.keyboard.press('Control+Enter');
    await page.locator('#log .agents-note').waitFor();
    await chat.write('and now?');
    const problem = page.getByText('Export blocked');
    await isForEverybody(page, `${product.url}/console/tickets/${ticket}`, problem);
    await isForEverybody(page, `${product.url}/console`, problem, () => page.getByRole('checkbox').first().check());
  });
});
