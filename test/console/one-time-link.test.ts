import assert from 'node:assert/strict';
import { createBrowser } from './browser.ts';
import { startSignInServer, type SignInServer } from './sign-in-server.ts';

const minute = 60_000;

describe('the one-time link', () => {
  let server: SignInServer;
  let link: string;
  beforeEach(async () => {
    server = await startSignInServer();
    link = await server.link();
  });
  afterEach(() => server.stop());

  const refused = async (address: string, sentence = /used before, or is older than 15 minutes/) => {
    const visited = await createBrowser().step(address);
    assert.equal(visited.status, 401);
    assert.match(visited.text, sentence);
    assert.equal(visited.headers.get('set-cookie'), null);
  };

  it('has 43 random characters, others each time', async () => {
    const keys = [link, await server.link()].map((one) => /\?key=([\w-]{43})$/.exec(one)?.[1]);
    assert.ok(keys.every(Boolean));
    assert.notEqual(keys[0], keys[1]);
  });

  it('signs the operator of this machine in with every role, and is taken out of the address', async () => {
    const browser = createBrowser();
    const { status, headers } = await browser.step(link);
    assert.deepEqual([status, headers.get('location'), headers.get('cache-control')], [303, '/console', 'no-store']);
    assert.deepEqual(JSON.parse((await browser.step(`${server.url}/console`)).text), {
      ...{ id: 'operator', name: 'operator on this machine', email: null },
      roles: ['agent', 'writer', 'operator'],
    });
    const entries = await server.audit();
    assert.deepEqual(
      entries.map(({ action, by, detail }) => [action, by.id, detail]),
      [['sign-in', 'operator', 'one-time link']],
    );
  });

  it('goes on to a page of the console where one is named', async () => {
    const { headers } = await createBrowser().step(`${link}&next=/console/tickets/LK-1`);
    assert.equal(headers.get('location'), '/console/tickets/LK-1');
  });

  it('is good once', async () => {
    assert.equal((await createBrowser().step(link)).status, 303);
    await refused(link);
  });

  it('is good for one of two who use it at the same time', async () => {
    const both = await Promise.all([createBrowser().step(link), createBrowser().step(link)]);
    assert.deepEqual(both.map(({ status }) => status).sort(), [303, 401]);
    assert.equal((await server.audit()).length, 1);
  });

  it('is good for 15 minutes', async () => {
    const another = await server.link();
    server.clock.forward(15 * minute - 1);
    assert.equal((await createBrowser().step(link)).status, 303);
    server.clock.forward(1);
    await refused(another);
  });

  const wrong: readonly (readonly [string, (key: string) => string])[] = [
    ['another key', () => 'L'.repeat(43)],
    ['the beginning of the key', (key) => key.slice(0, -1)],
    ['more than the key', (key) => `${key}A`],
    ['the key in capitals', (key) => key.toUpperCase()],
    ['an empty key', () => ''],
    ['a very long key', () => 'K'.repeat(8000)],
  ];
  for (const [name, change] of wrong)
    it(`${name} is refused, and the right one stays good`, async () => {
      await refused(link.replace(/[\w-]{43}$/, change));
      assert.equal((await createBrowser().step(link)).status, 303);
    });

  it('wrong ones are refused without more ado after ten in a minute, and never keep the right one out', async () => {
    const wrongOne = `${server.url}/console/sign-in?key=wrong`;
    for (let i = 0; i < 10; i += 1) await refused(wrongOne);
    const flooding = await createBrowser().step(wrongOne);
    assert.equal(flooding.status, 429);
    assert.ok(Number(flooding.headers.get('retry-after')) > 5);
    assert.equal(server.log.lines.length, 10);
    assert.doesNotMatch(JSON.stringify(server.log.lines), /key=|"wrong"/);
    assert.equal((await createBrowser().step(link)).status, 303);
  });

  describe('asked for on the page', () => {
    const print = () => createBrowser().step(`${server.url}/console/sign-in/print`);

    it('is printed to the terminal, and not on the page', async () => {
      const { status, text } = await print();
      assert.equal(status, 200);
      const [line = ''] = server.printed;
      assert.match(line, /^sign-in {2}http:\/\/127\.0\.0\.1:\d+\/console\/sign-in\?key=[\w-]{43}$/);
      assert.doesNotMatch(text, /key=/);
      assert.equal((await createBrowser().step(line.slice(9))).status, 303);
    });

    it('is printed at most every 30 seconds, and the one before stays good', async () => {
      await print();
      server.clock.forward(29_000);
      const { status, text, headers } = await print();
      assert.deepEqual([status, headers.get('retry-after')], [429, '1']);
      assert.match(text, /in 1 s\./);
      server.clock.forward(1_000);
      assert.equal((await print()).status, 200);
      assert.equal(server.printed.length, 2);
      for (const line of server.printed) assert.equal((await createBrowser().step(line.slice(9))).status, 303);
    });
  });
});

describe('the sign-in page', () => {
  it('without a provider offers the one-time link, without scripts and forms', async () => {
    const server = await startSignInServer();
    const { status, headers, text } = await createBrowser().step(`${server.url}/console/sign-in`);
    server.stop();
    assert.equal(status, 200);
    const policy = headers.get('content-security-policy') ?? '';
    for (const part of ["default-src 'none'", "form-action 'none'", "frame-ancestors 'none'"])
      assert.ok(policy.includes(part), part);
    assert.doesNotMatch(text, /<script|<form|sign-in\/openid/);
    assert.match(text, /href="\/console\/sign-in\/print"/);
  });

  it('with one offers it by its name, on the way to where somebody wanted to go', async () => {
    const openId = { issuer: 'https://login.example.com/realm', clientId: 'c', clientSecret: 's' };
    const server = await startSignInServer({ openId });
    const { text } = await createBrowser().step(`${server.url}/console/sign-in?next=/console/x?a=%26b`);
    server.stop();
    assert.match(
      text,
      /href="\/console\/sign-in\/openid\?next=%2Fconsole%2Fx%3Fa%3D%26b">Sign in with login\.example\.com</,
    );
  });

  it('with one offers and takes no one-time link, and prints none, unless the operator wants them', async () => {
    const openId = { issuer: 'https://login.example.com/realm', clientId: 'c', clientSecret: 's' };
    const offers = async (oneTimeLinks?: boolean) => {
      const server = await startSignInServer({ openId, ...(oneTimeLinks !== undefined && { oneTimeLinks }) });
      const step = async (path: string) => (await createBrowser().step(`${server.url}/console/sign-in${path}`)).status;
      const { text } = await createBrowser().step(`${server.url}/console/sign-in`);
      const told = [text.includes('one-time link'), await step('/print'), server.printed.length, await step('?key=x')];
      const { pathname, search } = new URL(await server.link());
      server.stop();
      return [...told, pathname, search.startsWith('?key=')];
    };
    assert.deepEqual(await offers(), [false, 404, 0, 200, '/console/sign-in', false]);
    assert.deepEqual(await offers(true), [true, 200, 1, 401, '/console/sign-in', true]);
  });

  it('tells who is signed in already, and signs nobody else in', async () => {
    const server = await startSignInServer();
    const browser = createBrowser();
    await browser.step(await server.link());
    const { status, text } = await browser.step(`${server.url}/console/sign-in`);
    server.stop();
    assert.equal(status, 200);
    assert.match(text, /You are signed in as <bdi>operator on this machine<\/bdi>/);
  });
});
