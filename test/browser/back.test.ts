import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { findings, openBrowser, picture } from '../support/browser.ts';
import { signIn } from '../support/console.ts';
import { isBot, openChat } from '../support/direct-line.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';
import { frameOf, signInAs, widgetOf, write } from '../support/widget.ts';
import { startMailServer, login } from '../desks/mail-server.ts';
import { fakeClock } from '../support/fakes.ts';

describe('somebody who comes back, in a real browser', () => {
  const clock = fakeClock(Date.now());
  let mail: Awaited<ReturnType<typeof startMailServer>>;
  let product: TestProduct;
  let browser: Browser;
  before(async () => {
    mail = await startMailServer();
    const replyMail = {
      host: '127.0.0.1',
      port: mail.port,
      secure: false,
      login,
      from: 'help@acme.example',
      afterMinutes: 10,
    };
    product = await startTestProduct({ clock, replyMail });
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await product.stop();
    mail.close();
  });
  const opened: BrowserContext[] = [];
  afterEach(async () => {
    for (const context of opened.splice(0)) await context.close();
    assert.deepEqual(product.faults(), []);
  });

  /** Another device: nothing of the others is there. */
  const device = async (options: object = {}): Promise<Page> => {
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
    opened.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(8_000);
    await page.goto(product.url);
    return page;
  };
  /** A customer with a ticket that an agent has. */
  const withTicket = async (page: Page) => {
    const widget = await widgetOf(page);
    await write(widget, 'I get access denied when I try to export');
    await widget.getByRole('button', { name: 'Talk to a person' }).click();
    const ticket = /LK-[0-9A-Z]{8}/.exec(await widget.getByText('Your ticket number is').innerText())?.[0] ?? '';
    const agent = await signIn(product.url);
    await agent.act(ticket, 'claim', { from: null });
    return { widget, ticket, agent };
  };
  const badge = (page: Page, count: number) => page.getByRole('button', { name: `Open help (${count})` }).waitFor();

  it('reads the list of their conversations without what belongs to the one that is open', async () => {
    const page = await device();
    await signInAs(page, 'no-seat');
    const widget = await widgetOf(page);
    await write(widget, 'I get access denied when I try to export');
    await widget.getByRole('button', { name: 'Check again' }).waitFor();
    await widget.getByRole('button', { name: 'Past conversations' }).click();
    await widget.locator('#talks li').waitFor();
    for (const hidden of ['#choices', '#below', '#composer', '#log'])
      assert.equal(await widget.locator(hidden).isVisible(), false, hidden);
    await page.keyboard.press('Escape');
    assert.ok(await widget.getByRole('button', { name: 'Check again' }).isVisible());
    await page.route(/\/conversations$/, async (route) => {
      const answer = (await (await route.fetch()).json()) as object;
      await route.fulfill({ json: { ...answer, next: 'older' } });
    });
    const told = {
      id: 'old',
      at: '2020-01-01T00:00:00.000Z',
      words: 'Long ago',
      unread: 0,
      person: null,
      ticket: null,
    };
    await page.route(/\/conversations\?before=older$/, (route) =>
      route.fulfill({ json: { conversations: [told], unread: 0, next: null } }),
    );
    await widget.getByRole('button', { name: 'Past conversations' }).click();
    await widget.getByRole('button', { name: 'Older conversations' }).click();
    await widget
      .getByRole('button', { name: /Long ago/ })
      .and(widget.locator(':focus'))
      .waitFor();
    assert.equal(await widget.getByRole('button', { name: 'Older conversations' }).count(), 0);
    assert.deepEqual(await findings(page), []);
    await picture(page, 'older');
    await page.close();
  });

  it('finds the answer on another device: what is unread in all conversations before the chat was opened, no more after it was read', async () => {
    const first = await device();
    await signInAs(first, 'over-limit');
    const { widget, ticket, agent } = await withTicket(first);
    await widget.locator('#who', { hasText: 'you are waiting for a person' }).waitFor();
    await until(async () => (await unreadOf(ticket)) === 0);
    await first.close();
    const other = await openChat(product.url, 'over-limit');
    await (await other.listen()).until(isBot);
    clock.forward(1_000);
    await agent.act(ticket, 'reply', { id: `a ${ticket}`, text: 'I raised your limit.' });

    const second = await device({ viewport: { width: 390, height: 800 }, colorScheme: 'dark' });
    await signInAs(second, 'over-limit');
    await badge(second, 2);
    assert.match(await second.title(), /^\(2\) /);
    await picture(second, 'unread');
    const again = await widgetOf(second);
    await again.getByText('I raised your limit.').waitFor();
    await until(async () => (await unreadOf(ticket)) === 1);
    assert.doesNotMatch(await second.title(), /^\(/);
    await again.getByRole('button', { name: 'Past conversations' }).click();
    await again.getByRole('button', { name: /I raised your limit/ }).waitFor();
    assert.deepEqual(await findings(again), []);
    await picture(second, 'past');
    await again.getByRole('button', { name: /I raised your limit/ }).click();
    await again.getByText('I raised your limit.').waitFor();
  });

  const unreadOf = async (ticket: string) => {
    const filed = await product.store.tickets.find(ticket);
    const person = filed?.ticket.who.subject;
    const talks = person ? await product.store.reading.talksOf(person, 9) : [];
    return talks.reduce((sum, { unread }) => sum + unread, 0);
  };

  it('sees the person type, and the agent sees them come, type, read and go', async () => {
    const customer = await device();
    await signInAs(customer, 'no-seat');
    const { widget, ticket, agent } = await withTicket(customer);
    await agent.act(ticket, 'reply', { id: `a ${ticket}`, text: 'Let me look.' });
    await widget.getByText('Let me look.').waitFor();
    const desk = await device({ viewport: { width: 1440, height: 900 } });
    await desk
      .context()
      .addCookies([
        { name: agent.cookie.split('=')[0] ?? '', value: agent.cookie.split('=')[1] ?? '', url: product.url },
      ]);
    await desk.goto(`${product.url}/console/tickets/${ticket}`);
    await desk.getByText('Customer is here · Seen').waitFor();
    await desk.getByPlaceholder('Write to the customer').pressSequentially('One moment');
    await widget.getByText('is typing', { exact: false }).and(widget.locator('#typist:not(.spoken)')).waitFor();
    await picture(customer, 'typing');
    await widget.getByRole('textbox').pressSequentially('And');
    await desk.getByText('Customer is typing…').waitFor();
    await picture(desk, 'presence');
    assert.deepEqual(await findings(desk), []);
    await customer.close();
    await desk.getByText(/Customer left/).waitFor();
  });

  it('comes by the link in a mail: once, and only to that conversation', async () => {
    const customer = await device();
    const widget = await widgetOf(customer);
    await write(widget, 'Talk to a person');
    const ticket = /LK-[0-9A-Z]{8}/.exec(await widget.getByText('Your ticket number is').innerText())?.[0] ?? '';
    await widget.getByRole('button', { name: 'Not sure' }).click();
    await widget.getByText('How can we reach you').waitFor();
    await write(widget, 'tom@acme.example');
    await until(async () => (await product.store.tickets.find(ticket))?.ticket.who.unverifiedContact !== undefined);
    await customer.close();
    const agent = await signIn(product.url);
    await agent.act(ticket, 'claim', { from: null });
    await agent.act(ticket, 'reply', { id: `a ${ticket}`, text: 'I found it.' });
    clock.forward(11 * 60_000);
    await until(() => Promise.resolve(mail.mails.length > 0));
    const [link = ''] = /http\S+#back=\S+/.exec(mail.mails[0]?.parsed.text ?? '') ?? [];
    for (const [i, sentence] of ['I found it.', 'This link is over'].entries()) {
      const phone = await device({ viewport: { width: 390, height: 800 } });
      await phone.goto(link.replace('localhost', '127.0.0.1'));
      assert.ok(!phone.url().includes('back='));
      await picture(phone, `link-${i}`);
      await phone.getByRole('button', { name: 'Open the conversation' }).click();
      await phone.getByText(sentence).waitFor();
      await picture(phone, `link-${i}-opened`);
      assert.equal(await phone.getByRole('button', { name: 'Past conversations' }).isVisible(), false);
      assert.deepEqual(await findings(phone), []);
    }
  });

  it('with an identity as text sees what is unread where there was a chat before', async () => {
    const identify = `fetch('/demo/identity', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"customer":"viewer"}',
    }).then((answer) => answer.json()).then(({ identity }) => Latchkey.identify(identity))`;
    const page = await device();
    await page.evaluate(identify);
    const { ticket, agent } = await withTicket(page);
    const tab = await page.context().newPage();
    await page.close();
    await agent.act(ticket, 'reply', { id: `text ${ticket}`, text: 'You are an editor now.' });
    await tab.goto(product.url);
    await tab.evaluate(identify);
    await tab.getByRole('button', { name: /^Open help \(\d+\)$/ }).waitFor();
    await (await widgetOf(tab)).getByText('You are an editor now.').waitFor();
  });

  it('who was nobody finds the talk in another tab, and whoever signed out finds nothing', async () => {
    const page = await device();
    await write(await widgetOf(page), 'nobody asked this');
    await (await frameOf(page)).getByText('nobody asked this').waitFor();
    const tab = await page.context().newPage();
    const agent = await signIn(product.url);
    await write(await frameOf(page), 'Talk to a person');
    const number = /LK-[0-9A-Z]{8}/.exec(await (await frameOf(page)).getByText('Your ticket number is').innerText());
    const [ticket = ''] = number ?? [];
    await agent.act(ticket, 'claim', { from: null });
    await page.close();
    await agent.act(ticket, 'reply', { id: 'a', text: 'I found it.' });
    await tab.goto(product.url);
    // Before the chat is opened.
    await badge(tab, 1);
    const here = await widgetOf(tab);
    await here.getByText('I found it.').waitFor();
    await here.getByText('nobody asked this').waitFor();
    await signInAs(tab, 'all-good');
    const widget = await frameOf(tab);
    await write(widget, 'a secret of mine');
    await widget.getByText('a secret of mine').waitFor();
    await signInAs(tab, '');
    await tab.evaluate('Latchkey.close();Latchkey.logout()');
    const other = await tab.context().newPage();
    await other.goto(product.url);
    await other.getByRole('button', { name: 'Open help' }).waitFor();
    assert.equal(await other.locator('iframe').count(), 0, 'whoever has no conversation asks for nothing');
    const anew = await widgetOf(other);
    await anew.getByText('automated assistant', { exact: true }).waitFor();
    assert.equal(await anew.getByText('a secret of mine').count(), 0);
    assert.equal(await anew.getByText('nobody asked this').count(), 0);
  });
});

/** Asks again and again, for as long as the test may take. */
async function until(is: () => Promise<boolean>): Promise<void> {
  while (!(await is())) await new Promise((resolve) => setTimeout(resolve, 20));
}
