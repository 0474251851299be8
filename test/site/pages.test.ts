import assert from 'node:assert/strict';
import fc from 'fast-check';
import { startTestProduct, type TestProduct } from '../support/product.ts';

const browser = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const person = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'user-agent': browser };

describe('the help center’s pages', () => {
  let product: TestProduct;
  beforeEach(async () => (product = await startTestProduct()));
  afterEach(() => product.stop());
  const get = (path: string, headers: Record<string, string> = person) =>
    fetch(product.url + path, { headers, redirect: 'manual' });
  const text = async (path: string) => (await get(path)).text();
  const visitIn = (html: string) => /name="visit" value="([\w-]{22})"/.exec(html)?.[1] ?? assert.fail('no visit');
  const rate = (form: Record<string, string>, differs: { slug?: string; headers?: Record<string, string> } = {}) =>
    fetch(`${product.url}/articles/${differs.slug ?? 'seats'}/feedback`, {
      method: 'POST',
      redirect: 'manual',
      headers: { ...person, ...differs.headers },
      body: new URLSearchParams(form),
    });
  const rows = () => product.db.selectFrom('article_feedback').selectAll().execute();
  const viewsOf = async () => {
    const rowsOf = () => product.db.selectFrom('article_views').select(['article', 'count']).execute();
    return Object.fromEntries((await rowsOf()).map(({ article, count }) => [article, count]));
  };

  describe('an article', () => {
    it('ends as the original does: the question, its two answers, and the way to a person', async () => {
      const html = await text('/articles/seats');
      assert.match(html, /Did this answer your question\?/);
      assert.match(html, /name="answered" value="yes"[^>]*>\s*Yes\s*</);
      assert.match(html, /name="answered" value="no"[^>]*>\s*No\s*</);
      assert.match(html, /Still need help\? <a href="\/widget\/\?article=seats">Contact Us</);
      assert.doesNotMatch(html, /Thanks for the feedback|There was a problem|<script/);
    });

    it('keeps a yes with its version, and thanks', async () => {
      const visit = visitIn(await text('/articles/seats'));
      const answer = await rate({ visit, answered: 'yes' });
      assert.equal(answer.status, 303);
      assert.match(await text(answer.headers.get('location') ?? ''), /Thanks for the feedback/);
      const [row, ...others] = await rows();
      assert.deepEqual(others, []);
      const { channel, article, version, answered } = row ?? assert.fail();
      assert.deepEqual({ channel, article, answered }, { channel: 'page', article: 'seats', answered: 1 });
      assert.match(version ?? '', /^[\da-f]{8}$/);
    });

    it('asks one tap for why after a no, and takes any change of mind in place of what was said', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.constantFrom('yes', 'no', 'why-steps', 'why-unclear', 'yes yes'), { minLength: 1, maxLength: 4 }),
          async (said) => {
            await product.db.deleteFrom('article_feedback').execute();
            let page = await text('/articles/seats');
            for (const one of said) {
              const form: Record<string, string> = one.startsWith('why-')
                ? { answered: 'no', reason: one }
                : { answered: one.slice(0, 3).trim() };
              const times = one === 'yes yes' ? 2 : 1;
              const sent = await Promise.all(
                Array.from({ length: times }, () => rate({ visit: visitIn(page), ...form })),
              );
              page = await text(sent[0]?.headers.get('location') ?? '');
              assert.equal(page.includes('What was missing?'), form.answered === 'no');
            }
            const last = said.at(-1) ?? '';
            const [row, ...others] = await rows();
            assert.deepEqual(others, []);
            assert.equal(row?.answered, last.startsWith('yes') ? 1 : 0);
            assert.equal(row.reason, last.startsWith('why-') ? last : null);
          },
        ),
        { numRuns: 6 },
      );
    });

    it('keeps no words of anybody’s own, and nothing that is no answer', async () => {
      const visit = visitIn(await text('/articles/seats'));
      await rate({ visit, answered: 'no', reason: 'I am Ada' });
      assert.equal((await rows())[0]?.reason, null);
      const wrong: Record<string, string>[] = [
        {},
        { visit },
        { visit, answered: 'maybe' },
        { visit: 'x', answered: 'yes' },
        { answered: 'no' },
      ];
      for (const form of wrong) assert.equal((await rate(form)).status, 400);
      assert.equal((await rate({ visit, answered: 'yes' }, { slug: 'nothing' })).status, 404);
      assert.equal((await rate({ visit, answered: 'yes', more: 'x'.repeat(3_000) })).status, 413);
      assert.equal((await rows()).length, 1);
    });

    it('says that there was a problem only when nothing was stored', async () => {
      const visit = visitIn(await text('/articles/seats'));
      await product.db.schema.alterTable('article_feedback').renameTo('gone').execute();
      const answer = await rate({ visit, answered: 'yes' });
      await product.db.schema.alterTable('gone').renameTo('article_feedback').execute();
      assert.equal(answer.status, 303);
      const page = await text(answer.headers.get('location') ?? '');
      assert.match(page, /There was a problem submitting your feedback\. Please try again later\./);
      assert.doesNotMatch(page, /Thanks/);
      assert.equal(visitIn(page), visit);
    });

    it('takes nothing that another site’s form sends, and not endlessly much of one sender', async () => {
      const visit = visitIn(await text('/articles/seats'));
      for (const origin of ['https://evil.example', 'null'])
        assert.equal((await rate({ visit, answered: 'yes' }, { headers: { origin } })).status, 403);
      assert.deepEqual(await rows(), []);
      assert.equal((await get('/articles/seats')).headers.get('referrer-policy'), 'same-origin');
      const own = await rate({ visit, answered: 'yes' }, { headers: { origin: product.url } });
      assert.match(own.headers.get('location') ?? '', /said=yes/);
      const many = Array.from({ length: 40 }, (_, i) => rate({ visit: String(i).padStart(22, 'x'), answered: 'yes' }));
      const told = (await Promise.all(many)).map(({ headers }) => headers.get('location') ?? '');
      assert.ok(told.some((one) => one.includes('said=failed')));
      assert.ok((await rows()).length <= 31);
    });

    it('is not sent again to whoever has it, and is when its words or its state are others', async () => {
      const first = await get('/articles/seats');
      const etag = first.headers.get('etag') ?? '';
      assert.match(first.headers.get('cache-control') ?? '', /no-cache/);
      const again = await get('/articles/seats', { ...person, 'if-none-match': `"x", ${etag}` });
      assert.deepEqual([again.status, await again.text()], [304, '']);
      assert.equal((await get('/articles/rate-limits', { ...person, 'if-none-match': etag })).status, 200);
      const visit = visitIn(await first.text());
      const thanked = await get(`/articles/seats?said=yes&visit=${visit}`, { ...person, 'if-none-match': etag });
      assert.equal(thanked.status, 200);
    });

    it('tells search engines and messengers what it is', async () => {
      const html = await text('/articles/seats');
      const address = `${product.url}/articles/seats`;
      assert.ok(html.includes(`<link rel="canonical" href="${address}" />`));
      assert.ok(html.includes(`<meta property="og:url" content="${address}" />`));
      assert.match(html, /<meta name="description" content="Every person who works in the account takes one seat\./);
      assert.match(html, /<title>Seats, and who has one · /);
    });

    it('is there as Markdown, without the marks of its steps', async () => {
      const answer = await get('/articles/seats.md', {});
      assert.match(answer.headers.get('content-type') ?? '', /^text\/markdown/);
      const markdown = await answer.text();
      assert.match(markdown, /^# Seats, and who has one\n\nEvery person/);
      assert.doesNotMatch(markdown, /\{#/);
      assert.equal((await get('/articles/nothing.md', {})).status, 404);
    });
  });

  describe('the list of articles', () => {
    it('has each of them once, below its heading', async () => {
      const html = await text('/articles');
      const { articles } = (await import('../support/fakes.ts')).content;
      for (const { slug, group } of articles.values()) {
        assert.equal(html.split(`href="/articles/${slug}"`).length, 2, slug);
        if (group) assert.ok(html.includes(`<h2>${group}</h2>`));
      }
    });

    it('finds what the bot would, with slips of the pen, and says so where nothing fits', async () => {
      const found = await text('/articles?q=how+do+I+invite+a+teamate');
      const [first = ''] = /href="\/articles\/[\w-]+"/.exec(found.slice(found.indexOf('class="results"'))) ?? [];
      assert.equal(first, 'href="/articles/invite-a-teammate"');
      const none = await text('/articles?q=xylophone');
      assert.match(none, /No article has these words/);
      assert.ok(none.includes('href="/articles/seats"'));
    });

    it('shows what was looked for as the text that it is', async () => {
      for (const query of ['"><script>alert(1)</script>', '{{company}}', '&lt;', 'x'.repeat(5_000)]) {
        const answer = await get(`/articles?q=${encodeURIComponent(query)}`);
        assert.equal(answer.status, 200);
        assert.doesNotMatch(await answer.text(), /<script/);
      }
    });
  });

  describe('for programs', () => {
    it('llms.txt, the sitemap and robots.txt name every article by its whole address', async () => {
      const { articles } = (await import('../support/fakes.ts')).content;
      const [llms, map, robots] = await Promise.all(['/llms.txt', '/sitemap.xml', '/robots.txt'].map(text));
      for (const slug of articles.keys()) {
        assert.ok(llms?.includes(`](${product.url}/articles/${slug}.md)`), slug);
        assert.ok(map?.includes(`<loc>${product.url}/articles/${slug}</loc>`), slug);
      }
      assert.ok(robots?.includes(`Sitemap: ${product.url}/sitemap.xml`));
    });
  });

  describe('views', () => {
    const counted = async (until: Record<string, number>) => {
      // The product stores what was counted with its round of work.
      for (let i = 0; i < 200 && JSON.stringify(await viewsOf()) !== JSON.stringify(until); i += 1)
        await new Promise((resolve) => setTimeout(resolve, 20));
      assert.deepEqual(await viewsOf(), until);
    };

    it('are counted by article, of people alone, and once however the page was rated', async () => {
      const bots = ['Googlebot/2.1 (+http://www.google.com/bot.html)', 'curl/8.5.0', 'Slackbot-LinkExpanding 1.0', ''];
      for (const agent of bots)
        await (await get('/articles/seats', { accept: 'text/html', 'user-agent': agent })).text();
      await get('/articles/seats', { ...person, 'sec-purpose': 'prefetch' });
      await fetch(`${product.url}/articles/seats`, { method: 'HEAD', headers: person });
      await get('/articles/nothing');
      await get('/articles/seats.md');
      const { headers } = await get('/articles/seats');
      await get('/articles/seats', { ...person, 'if-none-match': headers.get('etag') ?? '' });
      const rated = await rate({ visit: visitIn(await text('/articles/rate-limits')), answered: 'yes' });
      await text(rated.headers.get('location') ?? '');
      await counted({ 'rate-limits': 1, seats: 2 });
    });
  });
});
