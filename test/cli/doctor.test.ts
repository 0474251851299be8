import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChecks, toText } from '../../src/cli/checks/index.ts';
import { judgeClock } from '../../src/cli/checks/clock.ts';
import { readConfig } from '../../src/config.ts';
import { startMailServer, login } from '../desks/mail-server.ts';
import { isFrom, startFarEnd, type Asked, type Told } from '../desks/far-end.ts';
import { keyNamed, startKeyServer } from '../identity/key-server.ts';
import { countingRandom } from '../support/fakes.ts';
import { root } from '../support/sources.ts';

type Env = Readonly<Record<string, string>>;
const whsec = `whsec_${'A'.repeat(32)}`;
const identity: Env = {
  ...{ IDENTITY_ISSUER: 'https://www.example.com', IDENTITY_AUDIENCE: 'latchkey' },
  IDENTITY_SECRET: 'an-identity-secret-of-32-bytes-and-more',
};

/** Hosts of vendors, which are found on this machine. */
const vendors = ['api.stripe.com', 'slack.com', 'login.microsoftonline.com'];
function fetchFinding(at: URL): typeof fetch {
  return (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (vendors.includes(url.hostname)) return fetch(new URL(url.pathname + url.search, at), init);
    return fetch(input, init);
  };
}

type FarEnd = Awaited<ReturnType<typeof startFarEnd>>;
const jsonOf = (status: number, body: unknown = {}): Told => ({ status, body });

/** What is checked: its settings, what a far end that is well answers, and what others answer, with what is told then. */
interface Checked {
  readonly line: string;
  readonly env: (url: string) => Env;
  readonly well: (asked: Asked) => Told;
  readonly says: RegExp;
  readonly broken: Readonly<Record<string, readonly [answer: (asked: Asked) => Told, told: RegExp]>>;
}
const tenant = '72f988bf-86f1-41af-91ab-000000000002';
const noSuchAccount = jsonOf(404, { error: { code: 'account_not_found' } });
const checked: readonly Checked[] = [
  {
    line: 'account API',
    env: (url) => ({ ACCOUNT_API_URL: `${url}/base/`, ACCOUNT_API_KEY: 'the-account-key' }),
    well: ({ path, headers }) =>
      headers.authorization !== 'Bearer the-account-key'
        ? jsonOf(401)
        : path.startsWith('/base/v1/accounts/')
          ? noSuchAccount
          : jsonOf(404),
    says: /^ok .+ answers as its contract says$/,
    broken: {
      'it refuses the key': [() => jsonOf(403), /^fail .+refused our key \(403\); set ACCOUNT_API_KEY/],
      'its path is another': [() => jsonOf(404, 'no'), /^fail .+check the path in ACCOUNT_API_URL/],
      'it knows everybody': [() => jsonOf(200), /^warn .+account that nobody has; let it answer 404/],
      'it is broken': [() => jsonOf(500), /^fail .+answered 500/],
    },
  },
  {
    line: 'Stripe',
    env: () => ({ STRIPE_KEY: 'rk_live_the-stripe-key' }),
    well: ({ headers }) => jsonOf(headers.authorization === 'Bearer rk_live_the-stripe-key' ? 200 : 401),
    says: /^ok .+takes the key$/,
    broken: {
      'the key is revoked': [() => jsonOf(401), /^fail .+set STRIPE_KEY/],
      'the key may not read': [() => jsonOf(403), /^fail .+docs\/stripe\.md/],
      'it is broken': [() => jsonOf(503), /^fail .+503/],
    },
  },
  {
    line: 'status page',
    env: (url) => ({ STATUS_PAGE_URL: url }),
    well: ({ path }) => (path === '/api/v2/summary.json' ? jsonOf(200, { page: { id: 'p' } }) : jsonOf(404)),
    says: /^ok .+tells its state$/,
    broken: {
      'it is another site': [() => jsonOf(200, 'hello'), /^fail .+no summary; set STATUS_PAGE_URL/],
      'there is none': [() => jsonOf(404), /^fail .+404; set STATUS_PAGE_URL/],
    },
  },
  {
    line: 'zendesk',
    env: (url) => ({ ZENDESK_URL: url, ZENDESK_EMAIL: 'bot@acme.example', ZENDESK_TOKEN: 'the-zendesk-token' }),
    well: (asked) =>
      jsonOf(200, {
        user: { id: 1, role: isFrom('bot@acme.example/token', 'the-zendesk-token', asked) ? 'agent' : 'end-user' },
      }),
    says: /^ok .+knows us as an agent$/,
    broken: {
      'it takes us for a stranger': [
        () => jsonOf(200, { user: { id: null, role: 'end-user' } }),
        /^fail .+check ZENDESK_EMAIL and ZENDESK_TOKEN/,
      ],
      'it refuses the token': [() => jsonOf(401), /^fail .+ZENDESK_TOKEN/],
      'it is no Zendesk': [() => jsonOf(404), /^fail .+404; check ZENDESK_URL/],
    },
  },
  {
    line: 'freshdesk',
    env: (url) => ({ FRESHDESK_URL: url, FRESHDESK_KEY: 'the-fresh-key', FRESHDESK_REQUESTER: 'chat@acme.example' }),
    well: (asked) => jsonOf(isFrom('the-fresh-key', 'X', asked) && asked.path === '/api/v2/agents/me' ? 200 : 401),
    says: /^ok .+knows us as an agent$/,
    broken: {
      'it refuses the key': [() => jsonOf(401), /^fail .+check FRESHDESK_KEY/],
      'it is no Freshdesk': [() => jsonOf(404), /^fail .+404; check FRESHDESK_URL/],
    },
  },
  {
    line: 'jira',
    env: (url) => ({
      ...{ JIRA_URL: url, JIRA_EMAIL: 'bot@acme.example', JIRA_TOKEN: 'the-jira-token' },
      ...{ JIRA_SERVICE_DESK: '3', JIRA_REQUEST_TYPE: '27' },
    }),
    well: (asked) =>
      jsonOf(
        isFrom('bot@acme.example', 'the-jira-token', asked)
          ? /myself|3\/requesttype\/27$/.test(asked.path)
            ? 200
            : 404
          : 401,
      ),
    says: /^ok .+knows us, and the request type$/,
    broken: {
      'it refuses the token': [() => jsonOf(401), /^fail .+check JIRA_EMAIL and JIRA_TOKEN/],
      'there is no such request type': [
        ({ path }) => jsonOf(path.endsWith('myself') ? 200 : 404),
        /^fail .+404 for the request type; check JIRA_SERVICE_DESK and JIRA_REQUEST_TYPE/,
      ],
      'it is no Jira': [() => jsonOf(404), /^fail .+404; check JIRA_URL/],
    },
  },
  {
    line: 'webhook',
    env: (url) => ({ WEBHOOK_URL: `${url}/tickets`, WEBHOOK_SECRET: whsec }),
    well: ({ method }) => (method === 'HEAD' ? { status: 405 } : assert.fail(method)),
    says: /^ok .+answers; whether it knows WEBHOOK_SECRET the first ticket tells$/,
    broken: {
      'there may be nothing': [() => ({ status: 404 }), /^warn .+check the path in WEBHOOK_URL/],
      'it is broken': [() => ({ status: 502 }), /^fail .+502/],
    },
  },
  {
    line: 'Slack',
    env: () => ({ SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdef', SLACK_BOT_TOKEN: 'xoxb-the-bot-token' }),
    well: ({ path }) => jsonOf(200, { ok: path === '/api/auth.test' }),
    says: /^ok .+takes the bot token/,
    broken: {
      'it refuses the token': [
        () => jsonOf(200, { ok: false, error: 'invalid_auth' }),
        /^fail .+invalid_auth; check SLACK_BOT_TOKEN/,
      ],
      'it is broken': [() => jsonOf(500), /^fail .+status 500/],
    },
  },
  {
    line: 'Teams',
    env: () => ({
      TEAMS_APP_ID: '8f14e45f-ceea-4a2b-9c1d-000000000001',
      ...{ TEAMS_APP_SECRET: 'the-teams-secret', TEAMS_APP_TENANT: tenant },
    }),
    well: ({ path }) =>
      path.endsWith('/token')
        ? jsonOf(200, { token_type: 'Bearer', expires_in: 3_600, access_token: 'a-token' })
        : jsonOf(200, {
            ...{
              issuer: `https://login.microsoftonline.com/${tenant}/v2.0`,
              jwks_uri: 'https://login.microsoftonline.com/k',
            },
            token_endpoint: `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`,
            authorization_endpoint: `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/authorize`,
            ...{
              metadata: [],
              tenant_discovery_endpoint: `https://login.microsoftonline.com/${tenant}/v2.0/.well-known/openid-configuration`,
            },
          }),
    says: /^ok .+gives the bot its token$/,
    broken: { 'it gives none': [() => jsonOf(401, { error: 'invalid_client' }), /^fail .+TEAMS_APP_SECRET/] },
  },
];

describe('npm run doctor', () => {
  let folder: string;
  let farEnd: FarEnd;
  let answer: (asked: Asked) => Told = () => jsonOf(404);
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'doctor-'));
    chmodSync(folder, 0o700);
    farEnd = await startFarEnd((asked) => answer(asked));
  });
  afterEach(() => {
    farEnd.close();
    rmSync(folder, { recursive: true });
  });

  /** The lines of settings, checked with far ends on this machine. */
  async function linesOf(env: Env, { deadlineMs = 12_000, now = () => Date.now() } = {}): Promise<string[]> {
    const config = readConfig({ DEMO: '1', PORT: '0', DATA_DIR: folder, ...env });
    const needs = { fetch: fetchFinding(farEnd.url), clock: { now }, random: countingRandom() };
    const lines = (await runChecks(config, needs, deadlineMs)).map(toText);
    const secrets = Object.entries(env).filter(([name]) => /KEY|TOKEN|SECRET|SMTP_URL/.test(name));
    const held = secrets.flatMap(([, value]) => [value, value.slice(6)]).filter(({ length }) => length > 6);
    for (const line of lines) for (const secret of held) assert.ok(!line.includes(secret), 'no secret is told');
    return lines;
  }
  const lineOf = async (name: string, env: Env, options?: Parameters<typeof linesOf>[1]) =>
    (await linesOf(env, options)).find((line) => line.slice(6).startsWith(`${name}: `)) ?? assert.fail(name);
  const byOthers = (text: string) => text.replace(/^(ok|warn|fail) +[^:]+: /, '$1 ');

  for (const { line, env, well, says, broken } of checked) {
    it(`${line} is ok where it takes us`, async () => {
      answer = well;
      assert.match(byOthers(await lineOf(line, env(farEnd.url.origin))), says);
      assert.ok(
        farEnd.asked.every(({ method }) => method !== 'PUT'),
        'nothing is changed',
      );
    });
    for (const [name, [told, sentence]] of Object.entries(broken))
      it(`${line} says what to do where ${name}`, async () => {
        answer = told;
        assert.match(byOthers(await lineOf(line, env(farEnd.url.origin))), sentence);
      });
    it(`${line} fails where nobody answers`, async () => {
      farEnd.close();
      assert.match(await lineOf(line, env(farEnd.url.origin)), /^fail/);
    });
    it(`${line} fails in time where there is no end to waiting`, async () => {
      farEnd.fault = 'late';
      assert.match(await lineOf(line, env(farEnd.url.origin), { deadlineMs: 200 }), /^fail .+no answer within/);
    });
  }

  it('only reads: what it asks of each far end is a question', async () => {
    for (const { env, well } of checked) {
      answer = well;
      await linesOf(env(farEnd.url.origin));
    }
    const posted = farEnd.asked.filter(({ method }) => !['GET', 'HEAD'].includes(method)).map(({ path }) => path);
    assert.deepEqual([...new Set(posted)], ['/api/auth.test', `/${tenant}/oauth2/v2.0/token`]);
  });

  it('a key of Stripe’s for tests is a warning', async () => {
    answer = () => jsonOf(200);
    assert.match(
      await lineOf('Stripe', { STRIPE_KEY: 'rk_test_the-stripe-key' }),
      /^warn .+set STRIPE_KEY to a live key/,
    );
  });

  it('the mail server is signed in to, and gets no mail', async () => {
    const mail = await startMailServer();
    const env = (pass: string) => ({
      SMTP_URL: `smtp://${login.user}:${pass}@127.0.0.1:${mail.port}`,
      ...{ EMAIL_FROM: 'a@b.example', EMAIL_TO: 'c@d.example' },
    });
    try {
      assert.match(await lineOf('email', env(login.pass)), /^ok .+takes the login$/);
      assert.match(
        await lineOf('email', env('another-pass')),
        /^fail .+answered 535; check host, port, user and password/,
      );
      assert.deepEqual(mail.mails, []);
    } finally {
      mail.close();
    }
    assert.match(await lineOf('email', env(login.pass)), /^fail .+; check host/);
  });

  it('the OpenID Connect provider is discovered', async () => {
    const env = {
      OPENID_ISSUER: farEnd.url.origin,
      OPENID_CLIENT_ID: 'latchkey',
      OPENID_CLIENT_SECRET: 'the-client-secret',
    };
    const all = { ...env, CONSOLE_AGENTS: '@example.com', PUBLIC_URL: farEnd.url.origin };
    const at = farEnd.url.origin;
    const metadata = { issuer: at, authorization_endpoint: `${at}/a`, token_endpoint: `${at}/t`, jwks_uri: `${at}/k` };
    answer = () => jsonOf(200, metadata);
    assert.match(await lineOf('OpenID Connect', all), /^ok .+is found/);
    answer = () => jsonOf(200, { ...metadata, issuer: 'https://other.example.com' });
    assert.match(await lineOf('OpenID Connect', all), /^fail .+check OPENID_ISSUER/);
    farEnd.close();
    assert.match(await lineOf('OpenID Connect', all), /^fail .+check OPENID_ISSUER/);
  });

  it('the keys of identities are read', async () => {
    const server = await startKeyServer(keyNamed('a', 'RS256').jwk, keyNamed('b', 'EdDSA').jwk);
    const env = {
      ...identity,
      IDENTITY_SECRET: '',
      IDENTITY_JWKS_URL: server.url,
      DEMO: '0',
      STRIPE_KEY: 'rk_live_1234567',
    };
    assert.match(await lineOf('identity keys', env), /^ok .+has 2 of them: RS256, EdDSA$/);
    server.keys = [];
    assert.match(await lineOf('identity keys', env), /^fail .+no key that can be used; publish/);
    server.body = '<html>';
    assert.match(await lineOf('identity keys', env), /^fail .+no JWK set; check IDENTITY_JWKS_URL/);
    server.close();
    assert.match(await lineOf('identity keys', env), /^fail/);
  });

  it('the public address leads to Latchkey, or is said not to', async () => {
    const env = { PUBLIC_URL: farEnd.url.origin };
    answer = ({ path }) => jsonOf(200, path === '/health' ? { status: 'ok' } : {});
    assert.match(await lineOf('PUBLIC_URL', env), /^ok .+leads to Latchkey$/);
    answer = () => jsonOf(502);
    assert.match(await lineOf('PUBLIC_URL', env), /^warn .+answers 502.+start it and look again/);
    farEnd.close();
    assert.match(await lineOf('PUBLIC_URL', env), /^warn .+does not answer: [A-Z_]+; start it/);
    assert.match(await lineOf('PUBLIC_URL', { PUBLIC_URL: 'http://help.example.com' }), /^warn .+without TLS/);
  });

  it('sites without TLS, and TLS without a trusted proxy, are warnings', async () => {
    const sites = { ALLOWED_ORIGINS: 'https://www.example.com http://old.example.com' };
    assert.match(await lineOf('origins', sites), /^warn .+http:\/\/old\.example\.com is without TLS/);
    assert.match(await lineOf('origins', { ALLOWED_ORIGINS: 'https://www.example.com' }), /^ok/);
    farEnd.close();
    const behind = { PUBLIC_URL: 'https://127.0.0.1:9' };
    assert.match(await lineOf('proxies', behind), /^warn .+set TRUSTED_PROXIES/);
    assert.match(await lineOf('proxies', { ...behind, TRUSTED_PROXIES: '127.0.0.1' }), /^ok/);
  });

  it('the notices of a start are lines, too', async () => {
    const lines = await linesOf({ ...identity, DEMO: '0', STRIPE_KEY: 'rk_live_1234567', METRIC_KEY: 'a' });
    const told = lines.filter((line) => line.startsWith('warn  settings: '));
    assert.deepEqual(
      told.map((line) => /[A-Z_]{6,}/.exec(line)?.[0]),
      ['METRIC_KEY', 'PUBLIC_URL', 'ALLOWED_ORIGINS'],
    );
    assert.match(told[1] ?? '', /; set it to the address/);
  });

  it('the disk is looked at and left as it is', async () => {
    assert.match(await lineOf('disk', {}), /^ok .+can be written to, \d+ MB are free$/);
    const below = join(folder, 'not', 'yet');
    assert.match(await lineOf('disk', { DATA_DIR: below }), /^ok .+can be made$/);
    assert.deepEqual(readdirSync(folder), []);
    const file = join(folder, 'file');
    writeFileSync(file, '');
    assert.match(await lineOf('disk', { DATA_DIR: file }), /^fail .+is no folder; set DATA_DIR/);
    const open = join(folder, 'open');
    mkdirSync(open);
    chmodSync(open, 0o755);
    assert.match(await lineOf('disk', { DATA_DIR: open }), /^warn .+may look into .+; chmod 700/);
    assert.match(await lineOf('disk', { DATA_DIR: '/proc/latchkey' }), /^fail/);
  });

  it('a port is free, ours already, or taken', async () => {
    assert.match(await lineOf('port', {}), /^ok .+is free$/);
    const PORT = farEnd.url.port;
    answer = () => jsonOf(200, { status: 'ok' });
    assert.match(await lineOf('port', { PORT }), /^ok .+Latchkey answers on it already/);
    answer = () => jsonOf(200, {});
    assert.match(await lineOf('port', { PORT }), /^fail .+taken by something else; end that/);
    const silent = createServer((socket) => void socket.destroy()).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const taken = await lineOf('port', { PORT: String((silent.address() as AddressInfo).port) });
    silent.close();
    assert.match(taken, /^fail/);
    assert.match(await lineOf('port', { HOST: '203.0.113.1' }), /^fail .+cannot be used: EADDRNOTAVAIL/);
  });

  it('the clock is compared with those who answer', async () => {
    answer = () => jsonOf(200, { page: { id: 'p' } });
    const env = { STATUS_PAGE_URL: farEnd.url.origin };
    const off = (ms: number) => lineOf('clock', env, { now: () => Date.now() + ms });
    assert.match(await off(0), /^ok .+agrees with 1 other$/);
    assert.match(await off(10_000), /^warn .+ahead of the others; set it by NTP$/);
    assert.match(await off(-60_000), /^fail .+behind the others; set it by NTP: identities are refused/);
    assert.match(await lineOf('clock', {}), /^ok .+was not compared$/);
    assert.equal(judgeClock([0, 86_400_000, 100]).status, 'ok', 'one that is wrong does not count');
  });

  const run = (env: Env) => {
    const args = ['--disable-warning=ExperimentalWarning', join(root, 'src/cli/doctor.ts')];
    const base = { PATH: process.env.PATH, DATA_DIR: folder, PORT: '0' };
    return spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env: { ...base, ...env } });
  };

  it('ends with 0 for the demo, which has nothing to warn of', () => {
    const { status, stdout, stderr } = run({});
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^(ok {4}[^\n]+\n){4}$/);
  });

  it('ends with 1 where something does not work', () => {
    const { status, stdout } = run({ DEMO: '1', STATUS_PAGE_URL: 'http://127.0.0.1:9' });
    assert.equal(status, 1);
    assert.match(stdout, /^fail {2}status page: 127\.0\.0\.1:9 does not answer: [A-Za-z]+; check the address/m);
  });

  it('tells each setting that is missing or malformed, and ends with 1', () => {
    const { status, stdout } = run({ DEMO: '0', IDENTITY_SECRET: 'too-short-a-secret', IDENTITY_ISSUER: 'a' });
    assert.equal(status, 1);
    assert.match(stdout, /^fail {2}settings: IDENTITY_SECRET is not valid: it should be/m);
    assert.match(stdout, /^fail {2}settings: ACCOUNT_API_URL is missing/m);
    assert.doesNotMatch(stdout, /too-short/);
  });
});
