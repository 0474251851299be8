import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { newContent } from '../../src/cli/new-content.ts';
import { contentFolder } from '../../src/config.ts';
import { readLayers } from '../../src/knowledge/layers.ts';
import { leftoversIn } from '../../src/knowledge/leftovers.ts';
import { modelFile, saveModel } from '../../src/language/model-file.ts';
import { ticketAdf } from '../../src/tickets/ticket-adf.ts';
import { ticketHtml } from '../../src/tickets/ticket-html.ts';
import { ticketJson } from '../../src/tickets/ticket-json.ts';
import { ticketText } from '../../src/tickets/ticket-text.ts';
import { observe } from '../support/chat.ts';
import { dataFolder, programArgs, startChild, type Child } from '../support/child.ts';
import { call, newChat } from '../support/direct-line.ts';
import { createWebFiles } from '../../src/http/files.ts';
import { createWorld } from '../support/world.ts';
import { accountKey, startAccountApi } from './account-api.ts';
import { filesIn, followTheGuide } from './build.ts';
import { northwind, ownFolder } from './company.ts';
import { identityOf, identitySettings } from './identity.ts';

const talks = join(import.meta.dirname, 'talks');
const update = process.env.UPDATE === '1';

const source = join(import.meta.dirname, '../../src');
const filesOf = (folder: string) =>
  readdirSync(join(source, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => statSync(join(source, file)).isFile());

/** What the product of another company serves to browsers, but for its articles and bundles. */
const paths = [
  '/widget.js',
  '/widget/',
  '/site.css',
  '/brand.css',
  '/brand/logo.svg',
  '/console',
  '/console/sign-in',
  '/nothing',
];

describe('another company', () => {
  it('gets its words by docs/make-it-yours.md alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-guide-'));
    followTheGuide(folder);
    const built = filesIn(folder);
    rmSync(folder, { recursive: true });
    if (update) {
      rmSync(ownFolder, { recursive: true, force: true });
      followTheGuide(ownFolder);
    }
    assert.deepEqual(built, filesIn(ownFolder));
    assert.ok(Object.keys(built).length > 20);
  });

  it('is told that its words are fine, with nothing left of our demo', () => {
    const script = join(import.meta.dirname, '../../src/cli/check-content.ts');
    const { content, model } = northwind();
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
    saveModel(modelFile(content.intents, join(folder, 'data')), model);
    const args = programArgs(script, ownFolder);
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    assert.equal(stderr, '');
    assert.match(stdout, /^content is fine: 23 articles, \d+ causes, \d+ utterances\n$/);
    assert.equal(status, 0);
  });

  it('begins with articles that name none of our meters, and is told of those that do', () => {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-new-'));
    newContent(folder, 'Tidal');
    const told = () =>
      leftoversIn(readLayers([contentFolder, folder])).map(({ file, message }) => `${basename(file)} ${message}`);
    const before = told();
    writeFileSync(join(folder, 'articles/seats.md'), '---\ntitle: Seats\n---\nA seat has 5,000 tokens a month.\n');
    const after = told();
    rmSync(folder, { recursive: true });
    assert.deepEqual(before, ['get-an-api-key.md “API access” is no feature in your catalog']);
    assert.deepEqual(after, [...before, 'seats.md “tokens” is nothing that your catalog counts']);
  });

  it('is promised what everybody is, in talks about its own product', async () => {
    const { customers, content, recognizer } = northwind();
    for (const file of readdirSync(talks).sort()) {
      const path = join(talks, file);
      const expected = readFileSync(path, 'utf8');
      const observed = await observe(expected, undefined, { customers, content, recognizer });
      if (update) writeFileSync(path, observed);
      else assert.equal(observed, expected, file);
      assert.doesNotMatch(observed, /Meridian|Starter|Settings,/);
    }
  });
});

describe('a ticket of another company’s customer', () => {
  it('tells agents of its own product alone, in every form', async () => {
    const { customers, content, recognizer } = northwind();
    for (const { name, says } of customers) {
      const world = await createWorld(name, undefined, {}, { customers, content, recognizer });
      await world.begin();
      await world.write(says);
      await world.write('talk to a person');
      const [filed] = await world.store.tickets.newest(1);
      await world.close();
      assert.ok(filed, name);
      const { ticket } = filed;
      const forms = [ticketText(ticket), ticketHtml(ticket), JSON.stringify([ticketAdf(ticket), ticketJson(ticket)])];
      for (const form of forms) assert.doesNotMatch(form, /Meridian|Starter|Settings, /, name);
    }
  });
});

describe('what another company’s product serves', () => {
  let child: Child;
  let api: Awaited<ReturnType<typeof startAccountApi>>;
  let folder = '';
  const { content, model } = northwind();
  const get = async (path: string) => {
    const response = await fetch(child.url + path);
    return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() };
  };

  before(async () => {
    api = await startAccountApi();
    folder = dataFolder();
    saveModel(modelFile(content.intents, folder), model);
    child = await startChild(folder, {
      DEMO: '0',
      CONTENT_DIR: ownFolder,
      ACCOUNT_API_URL: api.url,
      ACCOUNT_API_KEY: accountKey,
      ...identitySettings,
    });
  });
  after(async () => {
    child.signal('SIGKILL');
    await child.ended;
    api.close();
    rmSync(folder, { recursive: true });
  });

  it('has no word of our demo company', async () => {
    const articles = [...content.articles.keys()].map((slug) => `/articles/${slug}`);
    const files = createWebFiles();
    const html = [await files.page('widget/index.html', {}), await files.page('console/index.html', {})].join('');
    const assets = [...html.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path = '']) => path);
    assert.equal(assets.length, 3);
    for (const path of [...paths, ...assets, ...articles]) {
      const { status, text } = await get(path);
      assert.ok(status === 200 || path === '/nothing', `${path}: ${status}`);
      assert.doesNotMatch(text, /meridian/i, path);
    }
  });

  it('has its name, its colour, its corner and its logo', async () => {
    const [loader, widget, style, logo, article] = await Promise.all(
      ['/widget.js', '/widget/', '/brand.css', '/brand/logo.svg', '/articles/seats'].map(get),
    );
    assert.match(
      loader?.text ?? '',
      /^\{const brand=\{"title":"Northwind help","launcher":"Ask Northwind","position":"left","accent":"#7a2e8d"\};/,
    );
    assert.match(
      widget?.text ?? '',
      /<title>Northwind help<\/title>[^]*<img class="logo" src="data:image\/svg\+xml,%3Csvg[^"]*" alt="" \/>[^]*<h1>Northwind help<\/h1>/,
    );
    assert.match(
      style?.text ?? '',
      /^:root\{--accent:#7a2e8d;--on-accent:#ffffff;--tint:#f2eaf4\}@media \(prefers-color-scheme:dark\)/,
    );
    assert.equal(logo?.type, 'image/svg+xml');
    assert.match(
      article?.text ?? '',
      /<title>Seats, and who has one · Northwind help<\/title>[^]*alt="" \/>Northwind help</,
    );
  });

  it('serves its logo as an image that can run nothing', async () => {
    const { headers } = await fetch(`${child.url}/brand/logo.svg`);
    assert.equal(headers.get('content-type'), 'image/svg+xml');
    assert.equal(headers.get('content-security-policy'), "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  });

  it('has nothing of the demo', async () => {
    for (const path of ['/demo', '/demo/customers', '/demo/identity', '/demo/index.html', '/articles/export-your-data'])
      assert.equal((await get(path)).status, 404, path);
    assert.equal((await call(`${child.url}/demo/identity`, 'POST', { customer: 'over-limit' })).status, 404);
  });

  it('answers a signed customer from the company’s own account API', async () => {
    const chat = await newChat(child.url, await identityOf('collector'));
    const stream = await chat.listen();
    await chat.write('Web Clipper says access denied');
    const told = await stream.until((one) => String(one.text).includes('monthly limit'));
    assert.match(String(told.text), /50 of 50 uploads are used/);
    await stream.close();
  });
});

describe('the code', () => {
  it('has no word of the demo company but in src/demo', () => {
    const named = filesOf('.').filter((file) => /meridian/i.test(readFileSync(join(source, file), 'utf8')));
    assert.deepEqual(
      named.filter((file) => !file.startsWith('demo/')),
      [],
    );
  });
});
