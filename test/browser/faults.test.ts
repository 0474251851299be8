import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { dataFolder, startChild } from '../support/child.ts';
import { chatOf, isBot } from '../support/direct-line.ts';
import { fakeClock } from '../support/fakes.ts';
import { openGate, type Gate } from '../support/gate.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

interface Faulty {
  readonly page: Page;
  readonly gate: Gate;
  readonly clock: ReturnType<typeof fakeClock>;
}

/** The answer to so many posts of a message; then they reach the server. */
async function answerPosts({ page }: Faulty, times: number, status: number, headers: Record<string, string> = {}) {
  const error = { code: 'x', message: 'Please wait.' };
  await page.route(
    '**/activities',
    (route) => route.fulfill({ status, headers, contentType: 'application/json', body: JSON.stringify({ error }) }),
    { times },
  );
}

const reconnecting = 'Reconnecting… your messages are kept.';
const minute = 60_000;

/** What happens between two messages. */
const faults: Readonly<Record<string, (at: Faulty) => unknown>> = {
  'the connection drops': ({ gate }) => gate.cut(),
  'the connection drops, and three upgrades are refused': ({ gate }) => {
    gate.refuseUpgrades(3);
    gate.cut();
  },
  'a post is answered 500 twice': (at) => answerPosts(at, 2, 500),
  'a post is answered 429 with a time to wait': (at) => answerPosts(at, 1, 429, { 'retry-after': '1' }),
  'the answer to a post is lost, though the server took it': ({ page }) =>
    page.route(
      '**/activities',
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    ),
  'the token expires': ({ clock }) => clock.forward(31 * minute),
  'the token expires, and the connection drops': ({ clock, gate }) => {
    clock.forward(31 * minute);
    gate.cut();
  },
  'the tokens are gone for good: the laptop slept for a day': ({ clock, gate }) => {
    clock.forward(25 * 60 * minute);
    gate.cut();
  },
};

describe('the chat, when', () => {
  const clock = fakeClock();
  let product: TestProduct;
  let gate: Gate;
  let browser: Browser;
  let page: Page;

  before(async () => {
    product = await startTestProduct({ clock, limits: { messagesPer10s: 1_000, conversationsPerMinute: 1_000 } });
    gate = await openGate(product.url);
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    gate.close();
    await product.stop();
  });
  beforeEach(async () => {
    page = await browser.newPage({ reducedMotion: 'reduce' });
  });
  afterEach(() => page.close());

  async function open(at: Gate): Promise<void> {
    await page.goto(`${at.url}/widget/`);
    await page.getByText('I’m an automated assistant').waitFor();
  }
  async function write(text: string): Promise<void> {
    await page.getByRole('textbox').fill(text);
    await page.getByRole('textbox').press('Enter');
  }
  /** The customer’s lines in their order, without those that still wait. */
  const own = () => page.locator('#log .own:not(.sending):not(.failed) .bubble').allTextContents();
  /** Until all of this is said, and nothing is amiss; then what was stored is what is shown, each once. */
  async function isWhole(written: readonly string[], server: string): Promise<void> {
    await page
      .locator('#log .own:not(.sending)')
      .nth(written.length - 1)
      .waitFor();
    await page.locator('#trouble:empty').waitFor({ state: 'attached' });
    assert.deepEqual(
      await own(),
      written.map((text) => `You: ${text}`),
    );
    const kept = await page.evaluate<string>("sessionStorage.getItem('latchkey.session')");
    const chat = chatOf(server, JSON.parse(kept) as { conversationId: string; token: string });
    const stored = await chat.activities();
    const said = stored.filter((one) => !isBot(one)).map(({ text }) => text);
    assert.deepEqual(said, written.slice(-said.length));
    const answers = stored.filter(isBot).length;
    await page
      .locator('#log .reply')
      .nth(answers - 1)
      .waitFor();
    const shown = await page.locator('#log .reply').count();
    // Another may have come meanwhile; one that was said before the talk began anew stays above.
    if (said.length === written.length) assert.ok(shown <= (await chat.activities()).filter(isBot).length);
  }

  for (const [name, fault] of Object.entries(faults))
    it(`${name}: recovers by itself, every message once and in order`, async () => {
      await open(gate);
      await write('first');
      await page.locator('#log .own:not(.sending)').first().waitFor();
      await fault({ page, gate, clock });
      await write('second');
      await write('third');
      await isWhole(['first', 'second', 'third'], product.url);
      const note = page.getByText('That conversation has ended. This is a new one.');
      assert.equal(await note.count(), name.includes('for good') ? 1 : 0);
    });

  it('nothing can be reached: says so, keeps what is written, and sends it once it can', async () => {
    await open(gate);
    gate.shut(true);
    await page.getByText(reconnecting).waitFor();
    await write('kept');
    await page.getByText('Sending…').waitFor();
    gate.shut(false);
    await isWhole(['kept'], product.url);
  });

  it('the server is killed and starts again: the talk goes on', async () => {
    const folder = dataFolder();
    let child = await startChild(folder);
    const before = await openGate(child.url);
    try {
      await open(before);
      await write('first');
      await page.locator('#log .own:not(.sending)').first().waitFor();
      child.signal('SIGKILL');
      await child.ended;
      await page.getByText(reconnecting).waitFor();
      await write('second');
      child = await startChild(folder);
      before.leadTo(child.url);
      await write('third');
      await isWhole(['first', 'second', 'third'], child.url);
      assert.equal(await page.getByText('That conversation has ended').count(), 0);
    } finally {
      child.signal('SIGKILL');
      await child.ended;
      before.close();
      rmSync(folder, { recursive: true });
    }
  });
});
