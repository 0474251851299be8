import type { DeskSettings } from './index.ts';
import { isAddress } from './verified-person.ts';
import { webhookKey, webhookUrl } from './webhook.ts';

/** A setting’s text, trimmed; empty: not set. */
export type Text = (name: string) => string;
/** Notes that a setting is missing or malformed, and what it should be. */
export type Must = (name: string, shouldBe: string) => null;

type Read = (text: Text, must: Must) => DeskSettings | null;

/** Each desk’s settings, in the order in which they are asked for. */
const names: Readonly<Record<DeskSettings['name'], readonly string[]>> = {
  webhook: ['WEBHOOK_URL', 'WEBHOOK_SECRET'],
  zendesk: ['ZENDESK_URL', 'ZENDESK_EMAIL', 'ZENDESK_TOKEN', 'ZENDESK_WEBHOOK_SECRET'],
  freshdesk: ['FRESHDESK_URL', 'FRESHDESK_KEY', 'FRESHDESK_REQUESTER', 'FRESHDESK_FIELD'],
  jira: ['JIRA_URL', 'JIRA_EMAIL', 'JIRA_TOKEN', 'JIRA_SERVICE_DESK', 'JIRA_REQUEST_TYPE'],
  email: ['SMTP_URL', 'EMAIL_FROM', 'EMAIL_TO'],
};

/** The desk that is set, null: none. Half a desk and a second one are noted. */
export function readDesk(text: Text, must: Must): DeskSettings | null {
  const set = Object.entries(names).flatMap(([desk, all]) => {
    const first = all.find((name) => text(name) !== '');
    return first === undefined ? [] : [{ desk: desk as DeskSettings['name'], first }];
  });
  const [one, ...more] = set;
  for (const { first } of more) must(first, `left out, for tickets go to one desk and ${one?.first ?? ''} is set too`);
  return one ? readers[one.desk](text, must) : null;
}

const readWebhook: Read = (text, must) => {
  const url =
    webhookUrl(text('WEBHOOK_URL')) ?? must('WEBHOOK_URL', 'an address such as https://desk.example.com/tickets');
  const key =
    webhookKey(text('WEBHOOK_SECRET')) ?? must('WEBHOOK_SECRET', '"whsec_" and the base64 of 24 to 64 random bytes');
  return url && key && { name: 'webhook', url, key };
};

const readZendesk: Read = (text, must) => {
  const url = originOf(text('ZENDESK_URL')) ?? must('ZENDESK_URL', 'the address such as https://acme.zendesk.com');
  const email = address(text, must, 'ZENDESK_EMAIL', 'the e-mail address of the agent whose API token it is');
  const token = text('ZENDESK_TOKEN') || must('ZENDESK_TOKEN', 'an API token of your Zendesk');
  const webhookSecret = text('ZENDESK_WEBHOOK_SECRET') || null;
  return url && email && token ? { name: 'zendesk', url, email, token, webhookSecret } : null;
};

const readFreshdesk: Read = (text, must) => {
  const url =
    originOf(text('FRESHDESK_URL')) ?? must('FRESHDESK_URL', 'the address such as https://acme.freshdesk.com');
  const key = text('FRESHDESK_KEY') || must('FRESHDESK_KEY', 'the API key of an agent');
  const whose = 'an address of your own, which stands for customers whose identity was not proved';
  const requester = address(text, must, 'FRESHDESK_REQUESTER', whose);
  const field = text('FRESHDESK_FIELD') || 'cf_latchkey';
  if (!/^cf_[a-z0-9_]+$/i.test(field)) must('FRESHDESK_FIELD', 'the API name of a text field, such as cf_latchkey');
  return url && key && requester ? { name: 'freshdesk', url, key, requester, field } : null;
};

const readJira: Read = (text, must) => {
  const url = originOf(text('JIRA_URL')) ?? must('JIRA_URL', 'the address such as https://acme.atlassian.net');
  const email = address(text, must, 'JIRA_EMAIL', 'the e-mail address of the account whose API token it is');
  const token = text('JIRA_TOKEN') || must('JIRA_TOKEN', 'an API token of that account');
  const serviceDesk = text('JIRA_SERVICE_DESK') || must('JIRA_SERVICE_DESK', 'the id of the service desk, such as 3');
  const requestType = text('JIRA_REQUEST_TYPE') || must('JIRA_REQUEST_TYPE', 'the id of a request type, such as 27');
  if (!url || !email || !token || !serviceDesk || !requestType) return null;
  return { name: 'jira', url, email, token, serviceDesk, requestType };
};

const readEmail: Read = (text, must) => {
  const server = smtpOf(text('SMTP_URL')) ?? must('SMTP_URL', 'smtp(s)://user:password@host:port, both URL-encoded');
  const from = address(text, must, 'EMAIL_FROM', 'the one address that tickets come from');
  const to = address(text, must, 'EMAIL_TO', 'the one address that tickets go to');
  return server && from && to ? { name: 'email', ...server, from, to } : null;
};

const readers: Readonly<Record<DeskSettings['name'], Read>> = {
  webhook: readWebhook,
  zendesk: readZendesk,
  freshdesk: readFreshdesk,
  jira: readJira,
  email: readEmail,
};

function address(text: Text, must: Must, name: string, shouldBe: string): string | null {
  return isAddress(text(name)) ? text(name) : must(name, shouldBe);
}

/** A password goes to another machine by https only. */
function originOf(value: string): URL | null {
  const url = URL.parse(value);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isHere(url.hostname));
  return isSafe && url.username === '' && url.password === '' ? new URL(url.origin) : null;
}

function isHere(host: string): boolean {
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]';
}

function smtpOf(value: string) {
  const url = URL.parse(value);
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '') return null;
  const secure = url.protocol === 'smtps:';
  const [user, pass] = [plain(url.username), plain(url.password)];
  if (user === null || pass === null || (user === '') !== (pass === '')) return null;
  const host = url.hostname.replaceAll(/[[\]]/g, '');
  return { host, port: Number(url.port) || (secure ? 465 : 587), secure, login: user === '' ? null : { user, pass } };
}

function plain(encoded: string): string | null {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}
