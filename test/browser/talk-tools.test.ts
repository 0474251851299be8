import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { findings, openBrowser } from '../support/browser.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';
import { complain, frameOf, isInSight, openChatOf, useMenu, write } from '../support/widget.ts';

describe('a talk in the chat', () => {
  let product: TestProduct;
  let browser: Browser;
  let page: Page;
  before(async () => {
    product = await startTestProduct();
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await product.stop();
  });
  afterEach(() => page.context().close());

  const open = async (customer = 'over-limit', options: BrowserContextOptions = {}) => {
    const opened = await openChatOf(browser, product.url, customer, options);
    ({ page } = opened);
    return opened.widget;
  };

  it('says when something was said: today the time, before that the day, too; once a minute', async () => {
    const times = (widget: Frame) => widget.locator('#log > * > time').allInnerTexts();
    const widget = await open('over-limit', { locale: 'en-GB' });
    await complain(widget);
    assert.deepEqual([...new Set(await times(widget))], ['10:12']);
    assert.equal((await times(widget)).length, 3);
    await page.context().clock.setFixedTime(new Date('2026-11-23T09:00:00Z'));
    await page.reload();
    const again = await frameOf(page);
    await again.getByRole('button', { name: 'Check again' }).waitFor();
    assert.deepEqual([...new Set(await times(again))], ['22 Nov, 10:12']);
  });

  it('begins another conversation of the same person, and the one before stays above it', async () => {
    const widget = await open();
    await complain(widget);
    await useMenu(widget, 'New conversation');
    await widget.getByText('A new conversation', { exact: true }).waitFor();
    await widget.getByText('Hi Ada').nth(1).waitFor();
    await complain(widget);
    await widget.getByText('Your monthly limit blocks Export.').nth(1).waitFor();
    assert.ok(!(await isInSight(widget, '#log > :first-child')));
  });

  it('is saved as a file, who said what and when, in which nothing that was written is Markdown', async () => {
    const widget = await open();
    await write(widget, '# *not* <b>bold</b>\n1. [x](y)');
    await complain(widget);
    const saving = page.waitForEvent('download');
    await useMenu(widget, 'Save conversation');
    const saved = await saving;
    const text = readFileSync(await saved.path(), 'utf8');
    assert.match(saved.suggestedFilename(), /\.md$/);
    assert.match(text, /^# Meridian help\n/);
    assert.match(text, /\*\*You\*\* · November 22, 2026 at 10:12/);
    assert.ok(text.includes(String.raw`\# \*not\* \<b\>bold\</b\>`), text);
    assert.match(text, /\*\*Your monthly limit blocks Export\.\*\*/);
  });

  it('is printed whole, with what is folded away and without what is pressed', async () => {
    page = await (await browser.newContext()).newPage();
    await page.goto(`${product.url}/widget/`);
    const widget = page.mainFrame();
    await write(widget, 'I get access denied when I try to export');
    await widget.getByText('What I').first().waitFor();
    await widget.evaluate('window.print = () => (window.printed = true)');
    await useMenu(widget, 'Print');
    assert.equal(await widget.evaluate('window.printed'), true);
    await page.emulateMedia({ media: 'print' });
    const cut = await widget.evaluate<boolean>(
      "(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight)(document.querySelector('#scroll'))",
    );
    assert.ok(!cut);
    assert.ok(await widget.locator('details[open] .findings').first().isVisible());
    for (const name of ['Check again', 'Menu', 'Send', 'Copy message'])
      assert.equal(await widget.getByRole('button', { name }).count(), 0, name);
  });

  it('keeps the steps that were ticked, over a reload, and for nobody else', async () => {
    const widget = await open('wrong-plan');
    await write(widget, 'why is the API locked');
    const step = (where: Frame) => where.getByRole('checkbox', { name: 'Step 1 done' }).first();
    await step(widget).check();
    const sent: string[] = [];
    page.on('request', (request) => void sent.push(request.postData() ?? ''));
    await page.reload();
    const again = await frameOf(page);
    await step(again).waitFor();
    assert.ok(await step(again).isChecked());
    assert.deepEqual(await findings(again), []);
    assert.ok(!sent.some((body) => body.includes('ticks')));
    await page.evaluate('Latchkey.logout()');
    await again.waitForFunction("sessionStorage.getItem('latchkey.ticks') === null");
  });

  it('refuses a file that is pasted or dropped, and says what to do; text that comes with one is taken', async () => {
    const widget = await open();
    const transfer = (event: string, type: string, text = '') => `{
      const data = new DataTransfer();
      data.items.add(new File(['x'], 'error.png', { type: 'image/png' }));
      if (${JSON.stringify(text)}) data.setData('text/plain', ${JSON.stringify(text)});
      const event = new ${event}('${type}', { bubbles: true, cancelable: true, ${type === 'paste' ? 'clipboardData' : 'dataTransfer'}: data });
      document.querySelector('#field').dispatchEvent(event);
      window.stopped = event.defaultPrevented;
    }`;
    const hint = widget.locator('#hint');
    await widget.evaluate(transfer('ClipboardEvent', 'paste', 'a cell'));
    assert.equal(await hint.innerText(), '');
    await widget.evaluate(transfer('ClipboardEvent', 'paste'));
    assert.match(await hint.innerText(), /Files can’t be sent here/);
    assert.deepEqual(await findings(widget), []);
    await widget.getByRole('textbox').fill('it says E-403');
    assert.equal(await hint.innerText(), '');
    await widget.evaluate(transfer('DragEvent', 'dragover'));
    assert.equal(await widget.evaluate('window.stopped'), true);
    await widget.evaluate(transfer('DragEvent', 'drop'));
    assert.equal(await widget.evaluate('window.stopped'), true);
    assert.match(await hint.innerText(), /ask for a person/);
  });
});
