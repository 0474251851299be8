import assert from 'node:assert/strict';
import type { Agent } from '../../src/domain/agent.ts';
import { createBrowser } from './browser.ts';
import { startSignInServer, type SignInServer } from './sign-in-server.ts';

const embedder = 'https://www.example.com';

describe('a session', () => {
  let server: SignInServer;
  beforeEach(async () => {
    server = await startSignInServer();
  });
  afterEach(() => server.stop());

  const post = (path: string, cookie: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(server.url + path, {
      method: 'POST',
      body: '{}',
      headers: { cookie, 'content-type': 'application/json', ...headers },
    });
  const statusWith = async (cookie: string) => (await fetch(`${server.url}/console`, { headers: { cookie } })).status;
  const enter = async () => {
    const browser = createBrowser();
    await browser.step(await server.link());
    return browser.cookiesFor(`${server.url}/console`);
  };

  it('is a cookie that scripts do not see, for the console only, for 12 hours', async () => {
    const { headers } = await createBrowser().step(await server.link());
    assert.match(
      headers.get('set-cookie') ?? '',
      /^latchkey_console=[\w-]{43}; Path=\/console; Max-Age=43200; HttpOnly; SameSite=Lax$/,
    );
  });

  it('is for https only where customers reach the server so', async () => {
    const secure = await startSignInServer({ publicUrl: 'https://help.example.com' });
    const { headers } = await createBrowser().step(await secure.link());
    secure.stop();
    assert.match(
      headers.get('set-cookie') ?? '',
      /^__Secure-latchkey_console=[\w-]{43}; .*; HttpOnly; SameSite=Lax; Secure$/,
    );
  });

  it('ends after 12 hours', async () => {
    const cookie = await enter();
    server.clock.forward(43_200_000 - 1);
    assert.equal(await statusWith(cookie), 200);
    server.clock.forward(1);
    assert.equal(await statusWith(cookie), 401);
  });

  it('is a new one at each sign-in, whatever cookie was there before; the one before ends', async () => {
    const browser = createBrowser();
    await browser.step(await server.link());
    const first = browser.cookiesFor(`${server.url}/console`);
    await browser.step(await server.link());
    assert.notEqual(browser.cookiesFor(`${server.url}/console`), first);
    assert.equal(await statusWith(first), 401);
    const planted = `latchkey_console=${'p'.repeat(43)}`;
    const { headers } = await createBrowser().step(await server.link(), { headers: { cookie: planted } });
    assert.ok(!headers.get('set-cookie')?.startsWith(planted));
    assert.equal(await statusWith(planted), 401);
    const told = (await server.audit()).map(({ action, detail }) => `${action} ${detail ?? ''}`).sort();
    assert.deepEqual(told, [
      'sign-in one-time link',
      'sign-in one-time link',
      'sign-in one-time link',
      'sign-out signed in anew',
    ]);
  });

  it('cannot be read out of the store', async () => {
    const cookie = await enter();
    const stored = JSON.stringify(await server.db.selectFrom('agent_sessions').selectAll().execute());
    assert.ok(!stored.includes(cookie.split('=')[1] ?? ''));
  });

  it('ends with the sign-out, in the store as well', async () => {
    const cookie = await enter();
    const answer = await post('/console/sign-out', cookie, { origin: server.url });
    assert.deepEqual([answer.status, await answer.json()], [200, { next: '/console/sign-in' }]);
    assert.match(answer.headers.get('set-cookie') ?? '', /^latchkey_console=; Path=\/console; Max-Age=0;/);
    assert.equal(await statusWith(cookie), 401);
    assert.deepEqual(await server.db.selectFrom('agent_sessions').selectAll().execute(), []);
    assert.deepEqual((await server.audit()).map(({ action, by }) => [action, by.id]).sort(), [
      ['sign-in', 'operator'],
      ['sign-out', 'operator'],
    ]);
    assert.equal((await post('/console/sign-out', cookie, { origin: server.url })).status, 401);
  });

  for (const [name, headers] of [
    ['no origin', {}],
    ['an embedding site', { origin: embedder }],
  ] as const)
    it(`cannot be used or ended by a POST from ${name}`, async () => {
      const cookie = await enter();
      for (const path of ['/console', '/console/sign-out'])
        assert.equal((await post(path, cookie, headers)).status, 403);
      assert.equal(await statusWith(cookie), 200);
    });

  it('is over after a restart that no longer lists its agent, and has the roles of the new settings', async () => {
    const cookie = await enter();
    await server.db
      .updateTable('agent_sessions')
      .set({ agent: JSON.stringify({ id: 'idp|ada', name: 'Ada', email: 'ada@example.com', roles: ['agent'] }) })
      .execute();
    for (const [listed, status] of [
      [{ writer: ['@example.com'] }, 200],
      [{ writer: ['eve@example.com'] }, 401],
    ] as const) {
      const restarted = await startSignInServer({ restarted: server, roles: listed });
      const answer = await fetch(`${restarted.url}/console`, { headers: { cookie } });
      restarted.stop();
      assert.equal(answer.status, status);
      if (status === 200) assert.deepEqual(((await answer.json()) as Agent).roles, ['writer']);
    }
  });
});

describe('the demo', () => {
  it('signs each browser in at once, as somebody else, with every role', async () => {
    const server = await startSignInServer({ demo: true });
    const browsers = [createBrowser(), createBrowser(), createBrowser()];
    const agents: Agent[] = [];
    for (const browser of browsers) {
      const { url, text } = await browser.go(`${await server.link()}?next=/console/for/writer`);
      assert.equal(url, `${server.url}/console/for/writer`);
      agents.push(JSON.parse(text) as Agent);
    }
    const again = await browsers[0]?.go(await server.link());
    server.stop();
    assert.deepEqual(JSON.parse(again?.text ?? ''), agents[0], 'who is in stays who they are');
    assert.equal(new Set(agents.map(({ id }) => id)).size, 3);
    assert.equal(new Set(agents.map(({ name }) => name)).size, 3);
    for (const { name, roles } of agents) {
      assert.match(name, / \(demo\)$/);
      assert.deepEqual(roles, ['agent', 'writer', 'operator']);
    }
    assert.equal((await server.audit()).length, 3);
  });

  it('has no other way in, and with a provider no free one', async () => {
    const server = await startSignInServer({ demo: true });
    const paths = server.routes.map(([method, path]) => `${method} ${path}`);
    server.stop();
    assert.deepEqual(paths, ['get /console/sign-in', 'post /console/sign-out']);
    const openId = { issuer: 'https://login.example.com', clientId: 'c', clientSecret: 's' };
    const guarded = await startSignInServer({ demo: true, openId });
    const { status, text } = await createBrowser().step(`${guarded.url}/console/sign-in`);
    guarded.stop();
    assert.equal(status, 200);
    assert.match(text, /Sign in with login\.example\.com/);
  });

  it('leaves no session behind for a company that starts with its data', async () => {
    const server = await startSignInServer({ demo: true });
    const browser = createBrowser();
    await browser.step(await server.link());
    const cookie = browser.cookiesFor(`${server.url}/console`);
    const company = await startSignInServer({ restarted: server });
    const { status } = await fetch(`${company.url}/console`, { headers: { cookie } });
    company.stop();
    server.stop();
    assert.equal(status, 401);
  });
});
