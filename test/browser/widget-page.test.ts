import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { lexer, type Tokens } from 'marked';
import type { Browser } from 'playwright-core';
import { sharedSecret } from '../../src/identity/trusted-keys.ts';
import { createVerifier } from '../../src/identity/verify.ts';
import { verifierNeeds } from '../identity/needs.ts';
import { openBrowser } from '../support/browser.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';
import { root } from '../support/sources.ts';
import { frameOf } from '../support/widget.ts';

const text = readFileSync(join(root, 'docs/widget.md'), 'utf8');
const blocks = lexer(text).filter((token): token is Tokens.Code => token.type === 'code');
const sample = (begin: string) => blocks.find((block) => block.text.startsWith(begin))?.text ?? assert.fail(begin);
const secret = 'a secret of thirty-two bytes: ünïcode+/==';
const user = { id: 'usr_7', accountId: 'acct_42', name: 'Zoë' };
const refused = { feature: 'export', code: 'QUOTA', object: 'doc_9' };

/** What the page's middleware makes of a response. */
type Refusing = ServerResponse & { denied: (what: object) => void };
type Middleware = (
  userOf: () => typeof user | null,
) => (_: IncomingMessage, to: ServerResponse, next: () => void) => void;

const identityIn = (page: string) => /data-identity="([^"]*)"/.exec(page)?.[1] ?? assert.fail(page);
async function provedBy(identity: string) {
  const issuer = {
    issuer: 'https://www.example.com',
    audience: 'latchkey',
    keys: [sharedSecret(secret)],
    jwksUrl: null,
  };
  const needs = verifierNeeds({ now: () => Date.now() });
  const tokens = { claimOnce: () => Promise.resolve(true) };
  return createVerifier(issuer, { ...needs, tokens })(identity).catch(() => assert.fail(needs.reasons.join()));
}
async function assertProved(page: string) {
  const { userId, accountId, denial } = await provedBy(identityIn(page));
  assert.deepEqual([userId, accountId], [user.id, user.accountId]);
  const { feature, code, object, requestId, at } = denial ?? {};
  assert.deepEqual({ feature, code, object }, refused);
  assert.ok(requestId && at);
}

describe('docs/widget.md', () => {
  let [product, browser, site, url]: [TestProduct?, Browser?, ReturnType<typeof createServer>?, string?] = [];
  const folder = mkdtempSync(join(tmpdir(), 'widget-'));
  const secretBefore = process.env.IDENTITY_SECRET;
  before(async () => {
    process.env.IDENTITY_SECRET = secret;
    browser = await openBrowser();
    /** What is known once the product listens. */
    const late: { help: string; middleware?: ReturnType<Middleware> } = { help: '' };
    const served: Readonly<Record<string, () => [type: string, text: string]>> = {
      '/': () => ['text/html', `<body><p>Hi</p>${atHelp('<script')}`],
      '/latchkey.js': () => ['text/javascript', sample('// latchkey.js')],
      '/latchkey-identity': () => ['text/plain', 'x.e30.x'],
    };
    const atHelp = (begin: string) => sample(begin).replaceAll('https://help.example.com', late.help);
    site = createServer((request, response) => {
      response.setHeader('content-security-policy', atHelp('script-src').trim());
      const [type = '', body = ''] = served[request.url ?? '']?.() ?? [];
      if (body === '') return late.middleware?.(request, response, () => (response as Refusing).denied(refused));
      response.setHeader('content-type', type);
      response.end(body);
    });
    await new Promise<void>((done) => site?.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    product = await startTestProduct({ allowedOrigins: [url] });
    late.help = product.url;
    const file = join(folder, 'access-denied.mjs');
    writeFileSync(file, atHelp('// access-denied.mjs'));
    const { accessDenied } = (await import(pathToFileURL(file).href)) as { accessDenied: Middleware };
    late.middleware = accessDenied(() => user);
  });
  after(async () => {
    if (secretBefore === undefined) delete process.env.IDENTITY_SECRET;
    else process.env.IDENTITY_SECRET = secretBefore;
    rmSync(folder, { recursive: true });
    await browser?.close();
    await product?.stop();
    site?.close();
  });

  it('has a middleware for Node whose page is a 403 that vouches for who was refused what', async () => {
    const answer = await fetch(`${url}/export`);
    assert.deepEqual([answer.status, answer.headers.get('cache-control')], [403, 'no-store']);
    await assertProved(await answer.text());
  });

  it('has the same in Python', async function () {
    const file = join(folder, 'access_denied.py');
    const call =
      'access_denied({"id": "usr_7", "account_id": "acct_42", "name": "Zoë"}, feature="export", code="QUOTA", object="doc_9")';
    const program = `${sample('# access_denied.py')}\nstatus, headers, page = ${call}\nprint(status, page)\n`;
    writeFileSync(file, program);
    const ran = spawnSync('python3', [file], { encoding: 'utf8' });
    if (ran.error) this.skip();
    assert.equal(ran.status, 0, ran.stderr);
    assert.match(ran.stdout, /^403 <!doctype html>/);
    await assertProved(ran.stdout);
  });

  it('has pages on which the chat is open with that identity, under the policy that it names', async () => {
    assert.ok(browser && url && product);
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    const begun = page.waitForRequest('**/v3/directline/tokens/generate');
    await page.goto(`${url}/export`);
    const { identity = '' } = (await begun).postDataJSON() as { identity?: string };
    assert.equal(identity, identityIn(await page.content()));
    await (await frameOf(page)).getByText('could not confirm to this chat who you are').waitFor();
    assert.deepEqual(errors, []);
    await page.close();
  });

  it('has a way to tell of an API’s 403, and names each call, event and browser', async () => {
    assert.ok(browser && url);
    const page = await browser.newPage();
    await page.goto(url);
    await page.getByRole('button', { name: 'Open help' }).waitFor();
    await page.evaluate(`window.fetch = async () => new Response('{"feature":"export","code":"QUOTA"}', { status: 403, headers: { 'x-request-id': 'req_5' } });
      ${sample('// Where an answer')}; window.told = []; Latchkey.on('open', () => told.push(1)); void asked('/x')`);
    await page.waitForFunction('told.length === 1');
    const calls = await page.evaluate<string[]>('Object.keys(Latchkey)');
    assert.deepEqual(
      calls.filter((name) => !text.includes(`Latchkey.${name}(`)),
      [],
    );
    for (const word of ['`open`', '`unread`', '`outcome`', 'Safari 16', 'Chrome 108', 'Firefox 108'])
      assert.ok(text.includes(word), word);
    await page.close();
  });
});
