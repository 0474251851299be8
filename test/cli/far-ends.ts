import assert from 'node:assert/strict';
import { isFrom, type Asked, type Told } from '../desks/far-end.ts';
import type { Env } from './examined.ts';

const whsec = `whsec_${'A'.repeat(32)}`;
/** An answer of JSON. */
export const jsonOf = (status: number, body: unknown = {}): Told => ({ status, body });

/** What is checked: its settings, what a far end that is well answers, and what others answer, with what is told then. */
export interface Checked {
  readonly line: string;
  readonly env: (url: string) => Env;
  readonly well: (asked: Asked) => Told;
  readonly says: RegExp;
  readonly broken: Readonly<Record<string, readonly [answer: (asked: Asked) => Told, told: RegExp]>>;
}
/** The tenant of the bot. */
export const tenant = '72f988bf-86f1-41af-91ab-000000000002';
const noSuchAccount = jsonOf(404, { error: { code: 'account_not_found' } });
/** Every far end that answers over HTTP by itself. */
export const checked: readonly Checked[] = [
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
    line: 'Slack',
    env: () => ({ SLACK_APP_TOKEN: 'xapp-the-app-token', SLACK_BOT_TOKEN: 'xoxb-the-bot-token' }),
    well: ({ path, headers }) =>
      jsonOf(200, { ok: path === '/api/auth.test' || headers.authorization === 'Bearer xapp-the-app-token' }),
    says: /^ok .+and gives a socket$/,
    broken: {
      'Socket Mode is off': [
        ({ path }) =>
          jsonOf(200, path === '/api/auth.test' ? { ok: true } : { ok: false, error: 'not_allowed_token_type' }),
        /^fail .+gives no socket: not_allowed_token_type; check SLACK_APP_TOKEN/,
      ],
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
