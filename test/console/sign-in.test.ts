import assert from 'node:assert/strict';
import { createBrowser, type Browser, type Visited } from './browser.ts';
import { ada, startProvider, type TestProvider } from './provider.ts';
import { startSignInServer, type SignInServer } from './sign-in-server.ts';

const roles = { agent: ['@example.com'], operator: ['ada@example.com'] };
const begin = '/console/sign-in/openid';

describe('the sign-in with OpenID Connect', () => {
  let provider: TestProvider;
  let server: SignInServer;
  let browser: Browser;
  beforeEach(async () => {
    provider = await startProvider();
    server = await startSignInServer({ openId: provider.settings, roles });
    await provider.open(`${server.url}/console/callback`);
    browser = createBrowser();
  });
  afterEach(() => {
    server.stop();
    provider.stop();
  });

  /** Goes as far as the provider's answer, and returns the address to which it sends the browser back. */
  const untilCallback = async (by: Browser, change: (url: URL) => void = () => undefined) => {
    const asked = new URL((await by.step(server.url + begin)).headers.get('location') ?? '');
    change(asked);
    return new URL((await by.go(asked.href, `${server.url}/console/callback`)).url);
  };
  const asksOf = (path: string) => provider.paths.filter((one) => one === path).length;

  /** Refused on a page, with the reason in the log and nobody signed in. */
  const assertFailed = async (visited: Visited, reason: RegExp, status = 401) => {
    assert.equal(visited.status, status, visited.text);
    assert.match(visited.text, status === 503 ? /cannot be reached/ : /could not be signed in/);
    assert.match(visited.text, /href="\/console\/sign-in"/);
    const { fields } = server.log.lines.at(-1) ?? { fields: {} };
    assert.match((fields as { reason: string }).reason, reason);
    assert.equal((await browser.step(`${server.url}/console`)).status, 401);
    assert.deepEqual(await server.audit(), []);
  };

  it('lets in whoever is listed, and goes on to where they wanted', async () => {
    const { status, url, text } = await browser.go(`${server.url + begin}?next=/console/for/agent`);
    assert.deepEqual([status, url], [200, `${server.url}/console/for/agent`]);
    const id = `${provider.issuer}|ada`;
    const agent = { id, name: 'Ada Lovelace', email: 'Ada@Example.com', roles: ['agent', 'operator'] };
    assert.deepEqual(JSON.parse(text), agent);
    const [entry, ...others] = await server.audit();
    assert.deepEqual(others, []);
    assert.deepEqual(entry, {
      ...{ id: entry?.id, at: server.clock.now(), by: { id, name: 'Ada Lovelace' } },
      ...{ action: 'sign-in', ticket: null, detail: 'OpenID Connect' },
    });
    assert.deepEqual(server.log.lines, []);
  });

  it('asks with PKCE, a state and a nonce, and checks the signature of the answer', async () => {
    const asked = new URL((await browser.step(server.url + begin)).headers.get('location') ?? '');
    const { state, nonce, code_challenge, ...rest } = Object.fromEntries(asked.searchParams);
    for (const random of [state, nonce, code_challenge]) assert.match(random ?? '', /^[\w-]{43}$/);
    assert.equal(new Set([state, nonce, code_challenge]).size, 3);
    assert.deepEqual(rest, {
      ...{ client_id: 'latchkey', response_type: 'code', scope: 'openid profile email' },
      ...{ redirect_uri: `${server.url}/console/callback`, code_challenge_method: 'S256' },
    });
    await browser.go(asked.href);
    assert.equal(asksOf('/jwks'), 1);
  });

  it('keeps what it needs to finish in a cookie that tells nothing and is for the callback only', async () => {
    const { headers } = await browser.step(server.url + begin);
    const asked = new URL(headers.get('location') ?? '');
    const cookie = headers.get('set-cookie') ?? '';
    assert.match(cookie, /^latchkey_sign_in=[\w.-]+; Path=\/console\/callback; Max-Age=600; HttpOnly; SameSite=Lax$/);
    for (const part of (/=([^;]+)/.exec(cookie)?.[1] ?? '').split('.'))
      assert.doesNotMatch(Buffer.from(part, 'base64url').toString(), new RegExp(asked.searchParams.get('nonce') ?? ''));
  });

  const people: readonly (readonly [string, object, number, RegExp])[] = [
    [
      'an address that is listed nowhere',
      { email: 'eve@evil.example' },
      403,
      /<bdi>eve@evil\.example<\/bdi> but have no role here/,
    ],
    [
      'an address that is not verified',
      { email_verified: false },
      403,
      /<bdi>Ada Lovelace<\/bdi>, but the sign-in service does not vouch/,
    ],
    ['an address that is not verified, as a text', { email_verified: 'false' }, 403, /does not vouch/],
    ['no address', { email: undefined }, 403, /does not vouch/],
    ['a name that is a script', { name: '<script>', email_verified: false }, 403, /<bdi>&lt;script&gt;<\/bdi>/],
    ['an address of which nothing else is said', { email_verified: undefined }, 200, /"agent"/],
    ['no name', { name: undefined }, 200, /"name":"Agent"/],
    ['a name with a line feed', { name: 'Ada\nLovelace' }, 200, /"name":"AdaLovelace"/],
  ];
  for (const [name, claims, status, told] of people)
    it(`somebody with ${name} ${status === 200 ? 'gets in' : 'is told so, and is not signed in'}`, async () => {
      provider.state.person = { ...ada, ...claims };
      const visited = await browser.go(server.url + begin);
      assert.equal(visited.status, status);
      assert.match(visited.text, told);
      assert.equal((await browser.step(`${server.url}/console`)).status, status === 200 ? 200 : 401);
      assert.equal((await server.audit()).length, status === 200 ? 1 : 0);
      assert.equal(
        server.log.lines.some(({ message }) => message === 'someone without a role'),
        status === 403,
      );
    });

  it('another nonce is refused', async () => {
    const callback = await untilCallback(browser, (url) => url.searchParams.set('nonce', 'n'.repeat(43)));
    await assertFailed(await browser.go(callback.href), /nonce/);
  });

  it('another state is refused before the provider is asked', async () => {
    const callback = await untilCallback(browser);
    callback.searchParams.set('state', 's'.repeat(43));
    await assertFailed(await browser.go(callback.href), /not begun in this browser/);
    assert.equal(asksOf('/token'), 0);
  });

  it('what another browser began is refused, whether this one began something or not', async () => {
    const callback = await untilCallback(createBrowser());
    await assertFailed(await browser.go(callback.href), /not begun in this browser/);
    await untilCallback(browser);
    await assertFailed(await browser.go(callback.href), /not begun in this browser/);
    assert.equal(asksOf('/token'), 0);
  });

  it('another browser’s code under one’s own state is refused by the provider, for the verifier is not its own', async () => {
    const [theirs, own] = [await untilCallback(createBrowser()), await untilCallback(browser)];
    own.searchParams.set('code', theirs.searchParams.get('code') ?? '');
    await assertFailed(await browser.go(own.href), /invalid_grant/);
  });

  it('a callback is good once, also when it comes twice at the same time', async () => {
    const callback = await untilCallback(browser);
    const both = await Promise.all([browser.step(callback.href), browser.step(callback.href)]);
    assert.deepEqual(both.map(({ status }) => status).sort(), [303, 401]);
    assert.equal((await browser.step(callback.href)).status, 401);
    assert.equal(asksOf('/token'), 1);
    assert.equal((await server.audit()).length, 1);
  });

  it('a code that was used before is refused under a new state', async () => {
    const used = await untilCallback(browser);
    assert.equal((await browser.step(used.href)).status, 303);
    const again = await untilCallback(browser);
    again.searchParams.set('code', used.searchParams.get('code') ?? '');
    assert.equal((await browser.step(again.href)).status, 401);
    assert.equal(asksOf('/token'), 2);
    assert.equal((await server.audit()).length, 1);
  });

  it('what was begun over ten minutes ago cannot be finished', async () => {
    const callback = await untilCallback(browser);
    server.clock.forward(600_001);
    await assertFailed(await browser.go(callback.href), /within the last 10 minutes/);
  });

  it('a refusal at the provider is told, and so is its reason in the log', async () => {
    const callback = await untilCallback(browser);
    const state = callback.searchParams.get('state') ?? '';
    const refused = `${server.url}/console/callback?error=access_denied&error_description=not%20today&state=${state}&iss=${provider.issuer}`;
    await assertFailed(await browser.go(refused), /access_denied not today/);
  });

  const forged: readonly (readonly [string, (token: string) => string, RegExp])[] = [
    ['another signature', (token) => token.slice(0, -342) + 'A'.repeat(342), /signature/],
    ['another person', (token) => withClaims(token, { sub: 'eve' }), /signature/],
    ['another audience', (token) => withClaims(token, { aud: 'another' }), /aud/],
    ['another issuer', (token) => withClaims(token, { iss: 'https://evil.example' }), /iss/],
    [
      'no signature',
      (token) => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1] ?? ''}.`,
      /alg/,
    ],
  ];
  for (const [name, forge, reason] of forged)
    it(`an id token with ${name} is refused`, async () => {
      provider.state.change = (body) => {
        body.id_token = forge(body.id_token ?? '');
      };
      await assertFailed(await browser.go(server.url + begin), reason);
    });

  it('without an id token nobody is signed in', async () => {
    provider.state.change = (body) => {
      delete body.id_token;
    };
    await assertFailed(await browser.go(server.url + begin), /id_token/);
  });
});

/** The token with other claims under the same signature. */
function withClaims(token: string, claims: object): string {
  const [header = '', body = '', signature = ''] = token.split('.');
  const before = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
  return [header, Buffer.from(JSON.stringify({ ...before, ...claims })).toString('base64url'), signature].join('.');
}
