import assert from 'node:assert/strict';
import type { Browser, Frame, Page } from 'playwright-core';
import { languages } from '../../src/web/shared/words/index.ts';
import type { Words } from '../../src/web/shared/words/table.ts';
import { findingsButColours, findingsInBoth, openBrowser, picture } from '../support/browser.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';
import { frameOf, signInAs, write } from '../support/widget.ts';

/** What the chat shows and says of itself: all texts and names but those of the talk and of the company. */
const ownTexts = `(() => {
  const page = document.body.cloneNode(true);
  for (const one of page.querySelectorAll('script, h1, .text, .bubble bdi, #choices > *, .findings, .note, .own .bubble')) one.remove();
  for (const one of page.querySelectorAll('.name, .reply > .spoken')) one.remove();
  const names = [...page.querySelectorAll('[aria-label], [placeholder]')].flatMap((one) => [one.ariaLabel, one.placeholder]);
  return [page.textContent, ...names].join('\\n');
})()`;
const wordsIn = (text: string) => text.toLowerCase().match(/[a-zäöüß’]{3,}/g) ?? [];

async function isGermanAlone(widget: Frame, state: string): Promise<void> {
  const [en, de] = ['en', 'de'].map((one) => languages.find(({ language }) => language === one));
  assert.ok(en && de);
  const german = new Set(wordsIn(JSON.stringify(de) + (await widget.evaluate<string>('document.title'))));
  const english = wordsIn(JSON.stringify(Object.values(en) satisfies Words[keyof Words][])).filter(
    (word) => !german.has(word),
  );
  const shown = wordsIn(await widget.evaluate<string>(ownTexts));
  assert.ok(shown.length > 8, state);
  assert.deepEqual(
    shown.filter((word) => english.includes(word)),
    [],
    state,
  );
}

async function isMirrored(widget: Frame): Promise<void> {
  const middle = async (selector: string) => {
    const box = (await widget.locator(selector).first().boundingBox()) ?? assert.fail(selector);
    return box.x + box.width / 2;
  };
  const whole = await middle('body');
  for (const selector of ['#close', '#menu', '.own .bubble', '#send'])
    assert.ok((await middle(selector)) < whole, selector);
  for (const selector of ['.logo', '.reply > time', '.mark svg', '#choices > :first-child'])
    assert.ok((await middle(selector)) > whole, selector);
  const direction = (selector: string) =>
    widget.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).direction`);
  assert.deepEqual(
    [await direction('.text[dir]'), await direction('.own [dir]'), await direction('#field'), await direction('.mark')],
    ['ltr', 'ltr', 'rtl', 'rtl'],
  );
}

describe('the chat in the browser’s language', () => {
  let [product, browser]: [TestProduct | null, Browser | null] = [null, null];
  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser?.close());
  // Whoever comes back goes on where they were.
  beforeEach(async () => (product = await startTestProduct()));
  afterEach(() => product?.stop());
  const open = async (locale: string): Promise<[Page, Frame]> => {
    assert.ok(product && browser);
    const page = await browser.newPage({ locale, reducedMotion: 'reduce' });
    await page.goto(product.url);
    await signInAs(page, 'over-limit');
    await page.evaluate('Latchkey.open()');
    const widget = await frameOf(page);
    await widget.getByText('automated assistant', { exact: true }).waitFor();
    return [page, widget];
  };
  /** Goes through every state, one after the other, and tells each. */
  async function states(page: Page, widget: Frame, see: (state: string) => Promise<void>) {
    await see('greeting');
    await write(widget, 'I get access denied when I try to export');
    await widget.getByRole('button', { name: 'Check again' }).waitFor();
    await see('verdict');
    await widget.locator('details').first().evaluate('document.querySelector("details").open = true');
    await widget.evaluate('document.querySelector("#scroll").scrollTop = 1e9');
    await see('steps');
    await widget.locator('#menu').click();
    await see('menu');
    await page.keyboard.press('Escape');
    await widget.getByRole('textbox').fill('x'.repeat(4001));
    await see('too long');
    await widget.getByRole('textbox').fill('');
    await widget.getByRole('button', { name: 'Talk to a person' }).click();
    await widget.getByText('Your ticket number is').waitFor();
    await see('ticket');
  }

  /** What is seen in each state besides, of a language. */
  const besides: Readonly<Record<string, (widget: Frame, state: string) => Promise<void>>> = {
    de: isGermanAlone,
    ar: async (widget, state) => {
      if (state === 'verdict') await isMirrored(widget);
    },
    ja: async (widget, state) => {
      if (state !== 'greeting') return;
      const fonts = await widget.evaluate<string>('getComputedStyle(document.querySelector("#field")).fontFamily');
      assert.match(fonts, /^system-ui, "Hiragino Sans", "Yu Gothic UI", "Noto Sans CJK JP"/);
    },
  };
  const says: Readonly<Record<string, string>> = {
    de: ', and nothing is English',
    ar: ', and all but English is mirrored',
    ja: ', and the fonts are Japanese ones before any other that has its letters',
  };
  // No colour depends on the language; what lies over what does on its direction.
  const inColours = ['en', 'ar'];
  for (const words of languages) {
    const isInColours = inColours.includes(words.language);
    it(`${words.language}: axe finds nothing in any state${isInColours ? ', light and dark' : ''}${says[words.language] ?? ''}`, async () => {
      const [page, widget] = await open(words.language === 'de' ? 'de-AT' : words.language);
      await states(page, widget, async (state) => {
        const found = isInColours ? findingsInBoth(page, widget) : findingsButColours(widget);
        assert.deepEqual(await found, [], state);
        await picture(page, `chat-${words.language}-${state.replace(' ', '-')}`);
        await besides[words.language]?.(widget, state);
      });
      const { lang, dir } = await widget.evaluate<{ lang: string; dir: string }>(
        '(({ lang, dir }) => ({ lang, dir }))(document.documentElement)',
      );
      assert.deepEqual([lang, dir], [words.language, words.direction]);
      assert.equal(await widget.locator('.text[dir]').first().getAttribute('lang'), 'en');
      assert.ok(await page.getByRole('button', { name: words.close }).count());
      await page.close();
    });
  }

  it('is the one that the address asks for', async () => {
    assert.ok(product && browser);
    const page = await browser.newPage({ locale: 'en' });
    await page.goto(`${product.url}/widget/?lang=fr`);
    await page.getByPlaceholder('Écrivez un message…').waitFor();
    await page.close();
  });
});
