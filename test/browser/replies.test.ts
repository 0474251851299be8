import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

/** What those hear who do not see it, of replies one after the other, as the widget draws them. */
const heard = (replies: readonly object[]) => `(() => {
  const { drawReply, speakerOf, en } = drawing;
  let speaker;
  return ${JSON.stringify(replies)}.map((activity) => {
    const text = drawReply(activity, speaker, en).textContent;
    speaker = speakerOf(activity);
    return text;
  });
})()`;
/** The drawing of messages as the global `drawing`. */
async function drawingScript(): Promise<string> {
  const shared = resolve(import.meta.dirname, '../../src/web/shared');
  const contents = `export * from './message.ts'; export { en } from './words/en.ts';`;
  const options = { bundle: true, write: false, format: 'iife', globalName: 'drawing' } as const;
  const { outputFiles } = await build({ ...options, stdin: { contents, resolveDir: shared } });
  return outputFiles[0]?.text ?? '';
}
const bot = { id: 'latchkey', name: 'Latchkey', role: 'bot' };
const finding = (status: string) => ({
  ...{ cause: 'role-lacks-permission', status, fact: 'Your role allows it.' },
  ...{ source: 'account-api', readAt: '2026-11-22T10:00:00.000Z' },
});
const verdict = (status: string) => ({
  ...{ type: 'message', from: bot, text: 'No cause found in your account.' },
  channelData: { latchkey: { kind: 'verdict', verdict: [finding(status)] } },
});

describe('a reply in the widget', () => {
  let product: TestProduct;
  let browser: Browser;
  let page: Page;
  before(async () => {
    product = await startTestProduct();
    browser = await openBrowser();
    page = await browser.newPage();
    await page.goto(`${product.url}/widget/`);
    await page.evaluate(`${await drawingScript()};globalThis.drawing=drawing`);
  });
  after(async () => {
    await browser.close();
    await product.stop();
  });
  const texts = (replies: readonly object[]) => page.evaluate<string[]>(heard(replies));

  it('is from the company’s help, and not from Latchkey; only a person has another name', async () => {
    const ada = { id: 'person', name: 'Ada', role: 'bot' };
    const said = (from: object, text: string, kind: string) => {
      return { type: 'message', from, text, channelData: { latchkey: { kind } } };
    };
    const told = [said(bot, 'Hi', 'text'), said(ada, 'Hello', 'person'), said(bot, 'Back', 'person-left')];
    const title = await page.title();
    assert.notEqual(title, 'Latchkey');
    assert.deepEqual(await texts(told), [`${title}: Hi`, 'Ada · a personHello', `${title}Back`]);
  });

  it('does not say the same twice where nothing was found, nor count what it did not check', async () => {
    const [found = '', unread = ''] = await texts([verdict('ruled-out'), verdict('unknown')]);
    assert.equal(found.match(/No cause found in your account/g)?.length, 1, found);
    assert.match(found, /What I checked \(1\)/);
    assert.match(unread, /What I could not check \(1\)/);
  });

  it('in Japanese is marked so, whatever language the chat is in, and no other one is', async () => {
    const langs = await page.evaluate<string[]>(`['エクスポートできません', 'Hello', '拒绝访问'].map((text) =>
      drawing.drawReply({ type: 'message', from: {}, text }, undefined, drawing.en).querySelector('.text[dir]').lang)`);
    assert.deepEqual(langs, ['ja', '', '']);
  });

  it('has links to pages and mailboxes alone, whatever a server says', async () => {
    const links = ['https://a.example/', 'http://a.example/', 'mailto:a@b.example'];
    const others = [
      'javascript:alert(1)',
      'JAVASCRIPT:alert(1)',
      ' javascript:alert(1)',
      'data:text/html,x',
      'blob:x',
      '/x',
      '//x',
      'x',
      '',
    ];
    const blocks = [...links, ...others].map((href) => ({ inlines: [{ text: `to ${href}`, href }] }));
    const activity = { type: 'message', from: bot, text: '', channelData: { latchkey: { kind: 'text', blocks } } };
    const drawn = `[...drawing.drawReply(${JSON.stringify(activity)}, undefined, drawing.en).querySelectorAll('a')].map((a) => a.href)`;
    assert.deepEqual(await page.evaluate<string[]>(drawn), links);
  });
});
