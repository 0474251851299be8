import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { codeOf } from '../../src/domain/errors.ts';
import { createWebFiles } from '../../src/http/files.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';
import { rounds } from '../support/rounds.ts';

const assetsOf = (html: string) => [...html.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path = '']) => path);

describe('what browsers are served', () => {
  const files = createWebFiles();
  let product: TestProduct;
  before(async () => (product = await startTestProduct()));
  after(() => product.stop());
  const get = (path: string, headers: Record<string, string> = {}) => fetch(product.url + path, { headers });

  it('is, of the chat, one page with its style sheet and one script, and less than 25 kB', async () => {
    const [loader, page] = [await (await get('/widget.js')).text(), await (await get('/widget/')).text()];
    const [script = '', ...more] = assetsOf(page);
    assert.deepEqual(more, []);
    assert.doesNotMatch(page, /<link|src="\/(?!assets\/)/);
    const code = await (await get(script)).text();
    assert.doesNotMatch(code, /\bimport\b[^.]{0,40}["'/(]/);
    const zipped = (text: string) => gzipSync(text, { level: 9 }).length;
    assert.ok(zipped(loader) <= 2_048, `loader: ${zipped(loader)}`);
    assert.ok(zipped(code) + zipped(page) <= 25_000, `chat: ${zipped(code) + zipped(page)}`);
  });

  it('under a name made of its content is kept forever, what may change is asked for again and not sent twice', async () => {
    const page = await get('/widget/');
    const [script = ''] = assetsOf(await page.text());
    assert.match((await get(script)).headers.get('cache-control') ?? '', /immutable/);
    for (const path of ['/widget/', '/widget.js', '/site.css', '/brand.css']) {
      const first = await get(path);
      const etag = first.headers.get('etag') ?? '';
      assert.match(etag, /^"[\w-]{22}"$/, path);
      for (const known of [etag, `W/${etag}`, `"x", ${etag}`]) {
        const again = await get(path, { 'if-none-match': known });
        assert.deepEqual([again.status, await again.text()], [304, ''], path);
        assert.equal(again.headers.get('content-security-policy'), first.headers.get('content-security-policy'));
      }
      assert.equal((await get(path, { 'if-none-match': '"x"' })).status, 200, path);
    }
  });

  it('is zipped for whoever reads that, and the same without', async () => {
    const [script = ''] = assetsOf(await (await get('/widget/')).text());
    for (const path of [script, '/widget/', '/widget.js']) {
      const plain = await get(path, { 'accept-encoding': 'identity' });
      assert.equal(plain.headers.get('content-encoding'), null);
      const zipped = await get(path, { 'accept-encoding': 'gzip' });
      assert.equal(zipped.headers.get('content-encoding'), 'gzip');
      assert.match(zipped.headers.get('vary') ?? '', /accept-encoding/);
      assert.equal(await zipped.text(), await plain.text());
    }
  });

  it('has one address for each file, whatever is asked for', async () => {
    const piece = fc.constantFrom('widget', 'main', 'main.js', '.css', '-', 'x', '..', '.', '/', '\\', '\0', '%2F');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
        const name = pieces.join('');
        await assert.rejects(files.asset(name), (error) => codeOf(error) === 'not-found', name);
      }),
      { numRuns: rounds(2_000) },
    );
  });
});
