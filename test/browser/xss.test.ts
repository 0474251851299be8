import assert from 'node:assert/strict';
import type { Browser, Frame, Page } from 'playwright-core';
import type { Reply } from '../../src/domain/reply.ts';
import { pagePolicy } from '../../src/http/layout.ts';
import { articlePage } from '../../src/site/article-page.ts';
import { openBrowser } from '../support/browser.ts';
import { askForPerson, signIn, type Console } from '../support/console.ts';
import type { Chat } from '../support/direct-line.ts';
import { savedReplyFacts, type SavedReply } from '../../src/domain/saved-replies.ts';
import { content } from '../support/fakes.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';
import { payloadsAt } from './payloads.ts';

/** Texts of a ticket that the code compares and nobody reads. */
const codes =
  /^(number|conversationId|priority|class|status|cause|kind|type|slug|version|language|source|channel|issuer)$/;

/** The same with a payload in the place of every text; the count goes on from place to place. */
function poisoned(value: unknown, name: string, payloads: readonly string[], at = { next: 0 }): unknown {
  if (typeof value === 'string') return codes.test(name) ? value : payloads[at.next++ % payloads.length];
  if (Array.isArray(value)) return value.map((one: unknown) => poisoned(one, name, payloads, at));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, poisoned(one, key, payloads, at)]));
}

const places = ['words', 'reply', 'note', 'name', 'feature', 'fact', 'article', 'button', 'saved'] as const;
const of = (place: (typeof places)[number]) => payloadsAt(place);

/** Replies with payloads in every text that a client draws. */
function replies(): Reply[] {
  const plain = { text: 'x', actions: [] };
  const readAt = '2026-11-22T10:00:00.000Z';
  return [
    ...of('name').map((name): Reply => ({ ...plain, kind: 'person', name })),
    ...of('feature').map((text): Reply => ({ kind: 'text', text, actions: [] })),
    ...of('fact').map((fact): Reply => {
      const finding = { cause: 'monthly-limit', status: 'proved', source: fact as 'identity', fact, readAt } as const;
      return { ...plain, kind: 'verdict', findings: [finding] };
    }),
    ...of('article').flatMap((bad): Reply[] => [
      { ...plain, kind: 'steps', article: { slug: 'x', title: bad, url: bad } },
      { ...plain, kind: 'steps', article: { slug: 'x', title: 'x', url: bad.replace(/^.*?\((.*)\)$/s, '$1') } },
      { ...plain, kind: 'ticket', ticket: bad },
    ]),
    { ...plain, kind: 'choice', actions: of('button').map((label) => ({ label, means: 'hand-off' })) },
  ];
}

/** Writers’ texts with payloads in all their parts, and with every fact of the ticket, which are payloads themselves. */
function savedReplies(): SavedReply[] {
  const facts = savedReplyFacts.map((fact) => `{{${fact}}}`).join(' ');
  return of('saved').map((bad) => ({ shortcut: bad, name: bad, text: `${bad} ${facts}` }));
}

describe(`${places.length * of('words').length} payloads`, () => {
  let product: TestProduct;
  let browser: Browser;
  let chat: Chat;
  let ticket: string;
  let agent: Console;

  before(async () => {
    product = await startTestProduct({
      limits: { messagesPer10s: 1e6 },
      content: { ...content, savedReplies: savedReplies() },
    });
    browser = await openBrowser();
    const asked = await askForPerson(product.url);
    ({ chat, ticket } = asked);
    await asked.stream.close();
    agent = await signIn(product.url);
    await agent.act(ticket, 'claim', { from: null });
    for (const text of of('words')) assert.equal((await chat.write(text)).status, 200);
    const said = [...of('reply').map((text) => ['reply', text]), ...of('note').map((text) => ['note', text])];
    for (const [i, [action = '', text]] of said.entries()) {
      const { status } = await agent.act(ticket, action, { id: `a${i}`, text });
      assert.ok(status < 300, `${action} ${status}: ${String(text)}`);
    }
    await store();
  });
  after(async () => {
    await browser.close();
    await product.stop();
  });

  /** Puts replies behind the talk, and payloads into the texts of its ticket. */
  async function store() {
    const { db } = product;
    const from = await product.store.lastSeq(chat.id);
    const rows = replies().map((reply, i) => ({
      ...{ conversation_id: chat.id, seq: from + 1 + i, client_id: null, attempts: null, author: null, at: Date.now() },
      activity: JSON.stringify({ type: 'reply', reply }),
    }));
    await db.insertInto('activities').values(rows).execute();
    const last_seq = from + rows.length;
    await db.updateTable('conversations').set({ last_seq }).where('id', '=', chat.id).execute();
    const { body } = await db
      .selectFrom('tickets')
      .select('body')
      .where('number', '=', ticket)
      .executeTakeFirstOrThrow();
    const all = places.flatMap((place) => of(place));
    const changed = JSON.stringify(poisoned(JSON.parse(body), '', all));
    await db.updateTable('tickets').set({ body: changed }).where('number', '=', ticket).execute();
  }

  /** Stands in the chat’s page. */
  const logo = `data:image/svg+xml,${encodeURIComponent(content.brand.logo?.svg ?? '')}`;
  /** A page that tells what ran, opened a dialog, or asked another host. */
  async function watched(bypassCSP: boolean) {
    const context = await browser.newContext({ bypassCSP, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const found: string[] = [];
    await page.exposeFunction('ran', (which: string) => found.push(`ran ${which}`));
    page.on('dialog', (dialog) => {
      found.push(`asked ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(product.url) && request.url() !== logo) found.push(`asked ${request.url()}`);
    });
    return { page, found };
  }
  /** Links that lead to anything but pages and mailboxes. */
  const wrongLinks = async (where: Page | Frame) => {
    const links = await where.evaluate<string[]>(
      `[...document.querySelectorAll('[href],[src],[action]')].flatMap((one) => [one.href, one.src, one.action])
        .filter((link) => typeof link === 'string' && !/^(https?:|mailto:|$)/.test(link))`,
    );
    return links.filter((link) => link !== logo);
  };
  async function isHarmless(page: Page, found: readonly string[]) {
    // Whatever is to run has its turn.
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))');
    assert.deepEqual(await wrongLinks(page), []);
    assert.deepEqual(found, []);
    await page.context().close();
  }

  for (const [how, bypass] of [
    ['under the page’s policy', false],
    ['without any policy: the drawing itself does it', true],
  ] as const)
    describe(how, () => {
      it('run nowhere in the chat', async () => {
        const { page, found } = await watched(bypass);
        const session = { conversationId: chat.id, token: chat.token, expires: Date.now() + 1e6, started: true };
        await page.addInitScript(
          `sessionStorage.setItem('latchkey.session', ${JSON.stringify(JSON.stringify(session))})`,
        );
        await page.goto(`${product.url}/widget/`);
        await page
          .locator('#choices button')
          .nth(of('button').length - 1)
          .waitFor();
        assert.ok((await page.locator('#log > *').count()) > 300);
        await isHarmless(page, found);
      });

      it('run nowhere in the console', async () => {
        const { page, found } = await watched(bypass);
        const [name = '', value = ''] = agent.cookie.split('=');
        await page.context().addCookies([{ name, value, url: product.url }]);
        await page.goto(`${product.url}/console`);
        await page.getByText('In work', { exact: true }).first().click();
        await page.getByText("ran('").first().waitFor();
        await page.goto(`${product.url}/console/tickets/${ticket}`);
        await page.getByText("ran('note-").first().waitFor();
        await page.getByText("ran('reply-").first().waitFor();
        await page.locator('#open-saved').click();
        const saved = page.getByRole('option').filter({ hasText: "ran('saved-" });
        await saved.last().waitFor();
        assert.ok((await saved.count()) > 40);
        await saved.last().click();
        const put = await page.locator('#field').inputValue();
        for (const place of ['saved', 'words']) assert.ok(put.includes(`ran('${place}-`), put);
        await isHarmless(page, found);
      });

      it('run nowhere on an article’s page', async () => {
        const { page, found } = await watched(bypass);
        const known = content.articles.get('access-denied') ?? assert.fail();
        const payloads = of('article');
        const article = {
          ...known,
          title: payloads.join(' '),
          answer: payloads.join(' '),
          markdown: payloads.join('\n\n'),
        };
        const state = { visit: '', said: null, reason: null };
        const body = articlePage(article, content, state, product.url);
        const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': pagePolicy };
        await page.route('**/articles/bad', (route) => route.fulfill({ body, headers }));
        await page.goto(`${product.url}/articles/bad`);
        await isHarmless(page, found);
      });
    });
});
