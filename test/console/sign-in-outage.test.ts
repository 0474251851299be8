import assert from 'node:assert/strict';
import { reply } from '../desks/receiver.ts';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBrowser } from './browser.ts';
import { ada, startProvider } from './provider.ts';
import { startSignInServer } from './sign-in-server.ts';

const roles = { agent: ['@example.com'] };

/** What stands where a provider should be: it answers every path with `say`, and nothing at all without a status. */
async function startFarEnd() {
  const said = { status: 0, body: {} as object, asked: 0 };
  const server = createServer((_, response) => {
    said.asked += 1;
    if (said.status > 0)
      reply(response, said.status, JSON.stringify(said.body), { 'content-type': 'application/json' });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const console = await startSignInServer({ openId: { issuer, clientId: 'latchkey', clientSecret: 'secret' }, roles });
  const metadata = (differs: object = {}) => ({ issuer, authorization_endpoint: `${issuer}/auth`, ...differs });
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return {
    ...{ said, issuer, console, metadata },
    stop,
    begin: () => createBrowser().step(`${console.url}/console/sign-in/openid`),
  };
}

describe('a provider that does not do its part', () => {
  let farEnd: Awaited<ReturnType<typeof startFarEnd>>;
  beforeEach(async () => {
    farEnd = await startFarEnd();
  });
  afterEach(() => {
    farEnd.stop();
    farEnd.console.stop();
  });

  async function assertUnavailable(reason: RegExp) {
    const { status, text } = await farEnd.begin();
    assert.equal(status, 503);
    assert.match(text, /The sign-in service cannot be reached\. Please try again in a moment\./);
    const [line, ...others] = farEnd.console.log.lines.splice(0);
    assert.deepEqual(others, []);
    assert.deepEqual([line?.level, line?.message], ['error', 'the sign-in service is unavailable']);
    assert.match((line?.fields as { reason: string }).reason, reason);
    assert.doesNotMatch(text, reason);
  }

  const answers: readonly (readonly [string, number, (issuer: string) => object, RegExp])[] = [
    ['fails', 503, () => ({}), /status 503/],
    ['sends the server elsewhere', 302, () => ({}), /status 302/],
    ['is another one', 200, () => ({ issuer: 'https://evil.example' }), /issuer does not match/],
    ['answers garbage', 200, () => [], /invalid response/],
  ];
  for (const [name, status, body, reason] of answers)
    it(`that ${name} is told on a page and in the log, and asked again at the next sign-in`, async () => {
      Object.assign(farEnd.said, { status, body: body(farEnd.issuer) });
      await assertUnavailable(reason);
      Object.assign(farEnd.said, { status: 200, body: farEnd.metadata() });
      const { status: then, headers } = await farEnd.begin();
      assert.equal(then, 303);
      assert.ok(headers.get('location')?.startsWith(`${farEnd.issuer}/auth?`));
    });

  it('that cannot be connected to is told', async () => {
    farEnd.stop();
    await assertUnavailable(/ECONNREFUSED/);
  });

  it('that lets everybody of every company in is refused: an e-mail address proves nothing there', async () => {
    const console = await startSignInServer({
      openId: { issuer: 'https://login.microsoftonline.com/common/v2.0', clientId: 'latchkey', clientSecret: 'secret' },
      roles,
      fetch: () =>
        Promise.resolve(
          Response.json(farEnd.metadata({ issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0' })),
        ),
    });
    const { status } = await createBrowser().step(`${console.url}/console/sign-in/openid`);
    console.stop();
    assert.equal(status, 503);
    assert.match(JSON.stringify(console.log.lines), /OPENID_ISSUER must name one tenant/);
  });

  it('that says nothing is given up after 5 seconds, and asked once for all who wait', async () => {
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    const given: number[] = [];
    AbortSignal.timeout = (ms) => {
      given.push(ms);
      // Long enough for all three to come.
      return timeout(500);
    };
    const all = await Promise.all([farEnd.begin(), farEnd.begin(), farEnd.begin()]).finally(
      () => (AbortSignal.timeout = timeout),
    );
    assert.deepEqual(given, [5_000]);
    assert.deepEqual(
      all.map(({ status }) => status),
      [503, 503, 503],
    );
    assert.match(JSON.stringify(farEnd.console.log.lines[0]), /timed out/);
    assert.equal(farEnd.said.asked, 1);
  });
});

describe('a provider of another kind', () => {
  it('that writes the address into the id token is not asked for it again', async () => {
    const provider = await startProvider({ conformIdTokenClaims: false });
    const server = await startSignInServer({ openId: provider.settings, roles });
    await provider.open(`${server.url}/console/callback`);
    const { text } = await createBrowser().go(`${server.url}/console/sign-in/openid`);
    server.stop();
    provider.stop();
    assert.match(text, new RegExp(String(ada.email)));
    assert.ok(!provider.paths.includes('/me'));
  });

  for (const [methods, place] of [
    [['client_secret_post', 'client_secret_basic'], 'header'],
    [['client_secret_post'], 'body'],
  ] as const)
    it(`that takes the secret with ${methods.join(' or ')} gets it in the ${place}`, async () => {
      const provider = await startProvider({ clientAuthMethods: [...methods] });
      const server = await startSignInServer({ openId: provider.settings, roles });
      await provider.open(`${server.url}/console/callback`, methods.at(-1));
      const { status } = await createBrowser().go(`${server.url}/console/sign-in/openid`);
      server.stop();
      provider.stop();
      assert.deepEqual([status, provider.state.secretIn], [200, place]);
    });

  it('whose token endpoint fails is told as an outage', async () => {
    const provider = await startProvider();
    const server = await startSignInServer({ openId: provider.settings, roles });
    await provider.open(`${server.url}/console/callback`);
    provider.state.change = () => {
      throw new Error('disk full');
    };
    const { status } = await createBrowser().go(`${server.url}/console/sign-in/openid`);
    server.stop();
    provider.stop();
    assert.equal(status, 503);
    assert.match(JSON.stringify(server.log.lines), /status 500/);
  });
});
