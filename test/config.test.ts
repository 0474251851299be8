import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readConfig } from '../src/config.ts';
import type { DeskSettings } from '../src/desks/index.ts';
import { codeOf } from '../src/domain/errors.ts';

type Env = Readonly<Record<string, string>>;
const pemOf = (namedCurve: string) =>
  generateKeyPairSync('ec', { namedCurve }).publicKey.export({ type: 'spki', format: 'pem' }).toString();
const company: Env = {
  DEMO: '0',
  ACCOUNT_API_URL: 'https://api.example.com',
  ACCOUNT_API_KEY: 'key',
  IDENTITY_ISSUER: 'https://www.example.com',
  IDENTITY_AUDIENCE: 'latchkey',
  IDENTITY_SECRET: 's'.repeat(32),
};
const openId: Env = {
  PUBLIC_URL: 'https://help.example.com',
  OPENID_ISSUER: 'https://login.example.com/realms/staff',
  OPENID_CLIENT_ID: 'latchkey',
  OPENID_CLIENT_SECRET: 'secret',
  CONSOLE_AGENTS: '@example.com',
};
const withStripe: Env = { ...company, ACCOUNT_API_URL: '', ACCOUNT_API_KEY: '', STRIPE_KEY: 'rk_test_1' };
const tenant = '72f988bf-86f1-41af-91ab-000000000002';
const teams: Env = {
  TEAMS_APP_ID: '8f14e45f-ceea-4a2b-9c1d-000000000001',
  ...{ TEAMS_APP_SECRET: 'value', TEAMS_APP_TENANT: tenant },
};
const directLineSecret = 'RCurR_XV9ZA.cwA.BKA.iaJrC8xpy8qbOF5xnR2vtCX7CZj0LdjA';
const forgotten: Env = { DEMO: '' };
const withApi: Env = { ACCOUNT_API_URL: 'https://api.example.com', ACCOUNT_API_KEY: 'key' };
const keyed = (pem: string): Env => ({ ...company, IDENTITY_SECRET: '', IDENTITY_PUBLIC_KEY: pem });

const webhook: Env = { WEBHOOK_URL: 'https://desk.example.com/t', WEBHOOK_SECRET: `whsec_${'A'.repeat(32)}` };
const zendesk: Env = {
  ...{ ZENDESK_URL: 'https://acme.zendesk.com', ZENDESK_EMAIL: 'bot@acme.example', ZENDESK_TOKEN: 'token' },
};
const freshdesk: Env = {
  ...{ FRESHDESK_URL: 'https://acme.freshdesk.com', FRESHDESK_KEY: 'key', FRESHDESK_REQUESTER: 'chat@acme.example' },
};
const jira: Env = {
  ...{ JIRA_URL: 'https://acme.atlassian.net', JIRA_EMAIL: 'bot@acme.example', JIRA_TOKEN: 'token' },
  ...{ JIRA_SERVICE_DESK: '3', JIRA_REQUEST_TYPE: '27' },
};
const email: Env = {
  SMTP_URL: 'smtps://us%40er:p%3A%2Fss@mail.example.com',
  ...{ EMAIL_FROM: 'latchkey@acme.example', EMAIL_TO: 'support@acme.example' },
};
const desks: Readonly<Record<DeskSettings['name'], Env>> = { webhook, zendesk, freshdesk, jira, email };
/** Each desk without each of what it must have. */
const halfDesks = Object.values(desks).flatMap((desk) =>
  Object.keys(desk).map((name) => [`a desk without ${name}`, { ...desk, [name]: '' }, name] as const),
);

/** The lines of the error that a settings mistake is told with; none: the settings are fine. */
function complaints(env: Env): string[] {
  try {
    readConfig({ DEMO: '1', ...env });
    return [];
  } catch (error) {
    assert.equal(codeOf(error), 'config-invalid');
    return (error as Error).message.split('\n');
  }
}

describe('settings', () => {
  it('without any, the demo runs on this machine only', () => {
    const { host, port, dataDir, demo, sources, identity, publicUrl, allowedOrigins } = readConfig({});
    assert.deepEqual([host, port, dataDir, demo], ['127.0.0.1', 3978, 'data', true]);
    assert.deepEqual([identity, publicUrl, allowedOrigins], [null, null, []]);
    assert.deepEqual(sources, { accountApi: null, stripe: null, statusPage: null });
  });

  it('an address is cut down to its origin, and a list may have commas', () => {
    const { publicUrl, allowedOrigins } = readConfig({
      DEMO: '1',
      PUBLIC_URL: 'https://help.example.com/',
      ALLOWED_ORIGINS: 'https://a.example.com/, https://b.example.com',
    });
    assert.equal(publicUrl, 'https://help.example.com');
    assert.deepEqual(allowedOrigins, ['https://a.example.com', 'https://b.example.com']);
  });

  const fine: readonly (readonly [string, Env])[] = [
    ['a company’s, with a secret', company],
    ['a company’s, with a key', keyed(pemOf('P-256'))],
    ['a key on one line', keyed(pemOf('P-256').replaceAll('\n', '\\n'))],
    ['port 0', { PORT: '0' }],
    ['a webhook', { WEBHOOK_URL: 'https://desk.example.com/t', WEBHOOK_SECRET: `whsec_${'A'.repeat(32)}` }],
    ['Zendesk', zendesk],
    ['Zendesk whose agents answer in the chat', { ...zendesk, ZENDESK_WEBHOOK_SECRET: 'secret' }],
    ['Freshdesk', freshdesk],
    ['Jira', jira],
    ['e-mail', email],
    ['e-mail without a password, to a server on this machine', { ...email, SMTP_URL: 'smtp://127.0.0.1:25' }],
    ['a status page beside the account API', { ...company, STATUS_PAGE_URL: 'https://status.example.com/' }],
    ['Stripe instead of the account API', withStripe],
    ['an encoder in process', { ENCODER: 'use-lite' }],
    ['an encoder behind an API', { ENCODER: 'https://api.example.com/v1/embeddings', ENCODER_MODEL: 'small' }],
    ['OpenID Connect', openId],
    ['OpenID Connect on this machine', { ...openId, OPENID_ISSUER: 'http://127.0.0.1:8080' }],
    ['OpenID Connect for operators only', { ...openId, CONSOLE_AGENTS: '', CONSOLE_OPERATORS: 'ada@example.com' }],
    ['Azure Direct Line beside Teams', { ...teams, DIRECT_LINE_SECRET: directLineSecret }],
    ['trusted members beside an account API', { ...company, ...teams, TEAMS_TRUSTED_TENANTS: tenant }],
    ['trusted members in the demo', { ...teams, TEAMS_TRUSTED_TENANTS: tenant }],
    ['empty ones, as if they were not there', { PORT: '', HOST: ' ', PUBLIC_URL: '' }],
  ];
  for (const [name, env] of fine) it(`fine: ${name}`, () => assert.deepEqual(complaints(env), []));

  const wrong: readonly (readonly [string, Env, string])[] = [
    ['PORT as text', { PORT: 'http' }, 'PORT'],
    ['PORT below', { PORT: '-1' }, 'PORT'],
    ['a webhook without its secret', { WEBHOOK_URL: 'https://desk.example.com/t' }, 'WEBHOOK_SECRET'],
    [
      'a webhook with a short secret',
      { WEBHOOK_URL: 'https://d.example', WEBHOOK_SECRET: 'whsec_QUJD' },
      'WEBHOOK_SECRET',
    ],
    ['a webhook with a user in its address', { ...webhook, WEBHOOK_URL: 'https://u:p@d.example' }, 'WEBHOOK_URL'],
    ...halfDesks,
    ['Zendesk without https', { ...zendesk, ZENDESK_URL: 'http://acme.zendesk.com' }, 'ZENDESK_URL'],
    ['Zendesk with a name for an address', { ...zendesk, ZENDESK_EMAIL: 'Ada <a@b.example>' }, 'ZENDESK_EMAIL'],
    [
      'only a webhook secret of Zendesk',
      { ...zendesk, ZENDESK_TOKEN: '', ZENDESK_WEBHOOK_SECRET: 's' },
      'ZENDESK_TOKEN',
    ],
    ['Freshdesk with two requesters', { ...freshdesk, FRESHDESK_REQUESTER: 'a@b.c, d@e.f' }, 'FRESHDESK_REQUESTER'],
    ['a Freshdesk field that is none', { ...freshdesk, FRESHDESK_FIELD: "x:'1' OR y" }, 'FRESHDESK_FIELD'],
    ['a mail server that is a site', { ...email, SMTP_URL: 'https://mail.example.com' }, 'SMTP_URL'],
    ['a mail user without a password', { ...email, SMTP_URL: 'smtp://u@mail.example.com' }, 'SMTP_URL'],
    ['a mail password with a bare %', { ...email, SMTP_URL: 'smtp://u:100%@mail.example.com' }, 'SMTP_URL'],
    ['two recipients', { ...email, EMAIL_TO: 'a@b.example,c@d.example' }, 'EMAIL_TO'],
    ['two desks', { ...webhook, ...zendesk }, 'ZENDESK_URL'],
    ['one desk and a piece of another', { ...zendesk, JIRA_TOKEN: 't' }, 'JIRA_TOKEN'],
    ['a Stripe key that may write', { STRIPE_KEY: 'sk_live_1' }, 'STRIPE_KEY'],
    ['a status page without an address', { STATUS_PAGE_URL: 'status' }, 'STATUS_PAGE_URL'],
    ['OpenID Connect without its issuer', { ...openId, OPENID_ISSUER: '' }, 'OPENID_ISSUER'],
    ['OpenID Connect over http', { ...openId, OPENID_ISSUER: 'http://login.example.com' }, 'OPENID_ISSUER'],
    ['an OpenID Connect issuer with a query', { ...openId, OPENID_ISSUER: 'https://a.example/?b' }, 'OPENID_ISSUER'],
    ['OpenID Connect without its client', { ...openId, OPENID_CLIENT_ID: '' }, 'OPENID_CLIENT_ID'],
    ['OpenID Connect without its secret', { ...openId, OPENID_CLIENT_SECRET: '' }, 'OPENID_CLIENT_SECRET'],
    ['OpenID Connect that cannot bring anybody back', { ...openId, PUBLIC_URL: '' }, 'PUBLIC_URL'],
    ['OpenID Connect for nobody', { ...openId, CONSOLE_AGENTS: '' }, 'CONSOLE_AGENTS'],
    ['an agent without an address', { ...openId, CONSOLE_AGENTS: '@example.com Ada' }, 'CONSOLE_AGENTS'],
    ['a writer that is a list', { ...openId, CONSOLE_WRITERS: 'ada@b@example.com' }, 'CONSOLE_WRITERS'],
    ['an operator that is a wildcard', { ...openId, CONSOLE_OPERATORS: '*' }, 'CONSOLE_OPERATORS'],
    ['an encoder nobody knows', { ENCODER: 'bert' }, 'ENCODER'],
    ['an encoder’s API without its model', { ENCODER: 'https://api.example.com/v1' }, 'ENCODER_MODEL'],
    ['Azure Direct Line without its bot', { DIRECT_LINE_SECRET: directLineSecret }, 'DIRECT_LINE_SECRET'],
    ['a Direct Line secret of two words', { ...teams, DIRECT_LINE_SECRET: 'one two' }, 'DIRECT_LINE_SECRET'],
    [
      'trusted members, and nobody who knows their addresses',
      { ...withStripe, ...teams, TEAMS_TRUSTED_TENANTS: tenant },
      'ACCOUNT_API_URL',
    ],
    ['PUBLIC_URL with a path', { PUBLIC_URL: 'https://example.com/help' }, 'PUBLIC_URL'],
    ['PUBLIC_URL with a query', { PUBLIC_URL: 'https://example.com/?a' }, 'PUBLIC_URL'],
    ['PUBLIC_URL with a login', { PUBLIC_URL: 'https://u:p@example.com' }, 'PUBLIC_URL'],
    ['a status page with a path', { STATUS_PAGE_URL: 'https://example.com/status' }, 'STATUS_PAGE_URL'],
    ['an origin with a path', { ALLOWED_ORIGINS: 'https://a.example.com/shop' }, 'ALLOWED_ORIGINS'],
    ['a wildcard among the origins', { ALLOWED_ORIGINS: 'https://*.example.com' }, 'ALLOWED_ORIGINS'],
    ...['false', 'no', 'off', 'true', '00', 'O'].map((word) => [`DEMO=${word}`, { DEMO: word }, 'DEMO'] as const),
    ['a forgotten DEMO beside a public address', { ...forgotten, PUBLIC_URL: 'https://help.example.com' }, 'DEMO'],
    ['a forgotten DEMO beside an account API', { ...forgotten, ...withApi }, 'DEMO'],
    ['a forgotten DEMO beside Stripe', { ...forgotten, STRIPE_KEY: 'rk_test_1' }, 'DEMO'],
    ['a forgotten DEMO beside a status page', { ...forgotten, STATUS_PAGE_URL: 'https://status.example.com' }, 'DEMO'],
    ['a forgotten DEMO beside an issuer', { ...company, ...forgotten }, 'DEMO'],
    ['a forgotten DEMO beside Teams', { ...forgotten, ...teams }, 'DEMO'],
    ...Object.entries(desks).map(
      ([name, desk]) => [`a forgotten DEMO beside ${name}`, { ...forgotten, ...desk }, 'DEMO'] as const,
    ),
    ['PORT above', { PORT: '65536' }, 'PORT'],
    ['PORT with a fraction', { PORT: '80.5' }, 'PORT'],
    ['PUBLIC_URL without https', { PUBLIC_URL: 'help.example.com' }, 'PUBLIC_URL'],
    ['PUBLIC_URL as a script', { PUBLIC_URL: 'javascript:alert(1)' }, 'PUBLIC_URL'],
    ['one bad origin of two', { ALLOWED_ORIGINS: 'https://a.example.com *' }, 'ALLOWED_ORIGINS'],
    ['no account API', { ...company, ACCOUNT_API_URL: '' }, 'ACCOUNT_API_URL'],
    ['an account API that is a file', { ...company, ACCOUNT_API_URL: 'file:///etc' }, 'ACCOUNT_API_URL'],
    ['no key for it', { ...company, ACCOUNT_API_KEY: '' }, 'ACCOUNT_API_KEY'],
    ['no key for it in the demo either', { ACCOUNT_API_URL: 'https://api.example.com' }, 'ACCOUNT_API_KEY'],
    ['no issuer', { ...company, IDENTITY_ISSUER: '' }, 'IDENTITY_ISSUER'],
    ['no audience', { ...company, IDENTITY_AUDIENCE: ' ' }, 'IDENTITY_AUDIENCE'],
    ['neither secret nor key', { ...company, IDENTITY_SECRET: '' }, 'IDENTITY_SECRET'],
    ['secret and key', { ...company, IDENTITY_PUBLIC_KEY: pemOf('P-256') }, 'IDENTITY_SECRET'],
    ['a secret of 31 bytes', { ...company, IDENTITY_SECRET: 's'.repeat(31) }, 'IDENTITY_SECRET'],
    ['a key that is none', keyed('-----BEGIN PUBLIC KEY-----'), 'IDENTITY_PUBLIC_KEY'],
    ['a key of another curve', keyed(pemOf('P-384')), 'IDENTITY_PUBLIC_KEY'],
  ];
  for (const [name, env, variable] of wrong)
    it(`wrong: ${name}. The one line names ${variable}, and what it should be`, () => {
      const lines = complaints(env);
      assert.equal(lines.length, 1, lines.join('\n'));
      assert.match(lines[0] ?? '', new RegExp(`^${variable} is (missing|not valid): it should be .{10}`));
    });

  it('the desk that is set is the one that tickets go to; without any it is the built-in one', () => {
    assert.equal(readConfig({}).desk, null);
    for (const [name, env] of Object.entries(desks)) assert.equal(readConfig({ DEMO: '1', ...env }).desk?.name, name);
    assert.deepEqual(readConfig({ DEMO: '1', ...email, SMTP_URL: 'smtp://mail.example.com' }).desk, {
      ...{ name: 'email', host: 'mail.example.com', port: 587, secure: false, login: null },
      ...{ from: 'latchkey@acme.example', to: 'support@acme.example' },
    });
    const { desk } = readConfig({ DEMO: '1', ...email });
    assert.deepEqual(desk?.name === 'email' && [desk.port, desk.secure, desk.login], [
      ...[465, true],
      { user: 'us@er', pass: 'p:/ss' },
    ]);
  });

  it('outside the demo each missing one is told, all at once', () => {
    const named = complaints({ DEMO: '0' }).map((line) => line.split(' ')[0]);
    assert.deepEqual(named, [
      'ACCOUNT_API_URL',
      'ACCOUNT_API_KEY',
      'IDENTITY_ISSUER',
      'IDENTITY_AUDIENCE',
      'IDENTITY_SECRET',
    ]);
  });

  it('people without a way to sign in are told which settings are missing', () => {
    const named = complaints({ CONSOLE_AGENTS: '@example.com' }).map((line) => line.split(' ')[0]);
    assert.deepEqual(named, ['PUBLIC_URL', 'OPENID_ISSUER', 'OPENID_CLIENT_ID', 'OPENID_CLIENT_SECRET']);
  });

  it('who may sign in to the console is a list of addresses and domains', () => {
    const lists = { CONSOLE_WRITERS: 'ada@example.com,sam@example.com', CONSOLE_OPERATORS: '' };
    assert.deepEqual(readConfig({ DEMO: '1', ...openId, ...lists }).console, {
      openId: { issuer: openId.OPENID_ISSUER, clientId: 'latchkey', clientSecret: 'secret' },
      oneTimeLinks: false,
      roles: { agent: ['@example.com'], writer: ['ada@example.com', 'sam@example.com'], operator: [] },
    });
    const roles = { agent: [], writer: [], operator: [] };
    assert.deepEqual(readConfig({}).console, { openId: null, oneTimeLinks: true, roles });
    assert.ok(readConfig({ DEMO: '1', ...openId, CONSOLE_ONE_TIME_LINKS: '1' }).console.oneTimeLinks);
    assert.match(complaints({ CONSOLE_ONE_TIME_LINKS: '0' }).join(), /there is no other way to sign in/);
  });

  it('no complaint repeats a secret', () => {
    const lines = complaints({ ...company, IDENTITY_SECRET: 'hunter2', PORT: 'x' });
    assert.doesNotMatch(lines.join(), /hunter2/);
  });
});
