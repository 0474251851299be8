import { roles, type Role } from '../domain/agent.ts';
import { isAddressOrDomain } from './roles.ts';

/** The OpenID Connect provider that agents sign in with. */
export interface OpenIdSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Who has which role: e-mail addresses, and `@example.com` for everybody there. */
export type RoleSettings = Readonly<Record<Role, readonly string[]>>;

/** Who may sign in to the console; `openId` null: only with the one-time link. */
export interface ConsoleSettings {
  readonly openId: OpenIdSettings | null;
  readonly roles: RoleSettings;
}

type Text = (name: string) => string;
type Must = (name: string, shouldBe: string) => null;

const lists = { agent: 'CONSOLE_AGENTS', writer: 'CONSOLE_WRITERS', operator: 'CONSOLE_OPERATORS' } as const;
const provider = ['OPENID_ISSUER', 'OPENID_CLIENT_ID', 'OPENID_CLIENT_SECRET'] as const;

/** Reads who may sign in. Half a configuration is told through `must`. */
export function readConsole(text: Text, must: Must): ConsoleSettings {
  const list = (role: Role) => readList(lists[role], text, must);
  const settings = { agent: list('agent'), writer: list('writer'), operator: list('operator') };
  const isListed = roles.some((role) => text(lists[role]) !== '');
  if (!isListed && provider.every((name) => text(name) === '')) return { openId: null, roles: settings };
  if (!isListed)
    must(lists.agent, 'who answers tickets, such as "@example.com"; or set CONSOLE_WRITERS or CONSOLE_OPERATORS');
  if (text('PUBLIC_URL') === '')
    must('PUBLIC_URL', 'where agents reach this server, for OpenID Connect brings them back there');
  return { openId: readOpenId(text, must), roles: settings };
}

function readList(name: string, text: Text, must: Must): readonly string[] {
  const listed = text(name)
    .split(/[\s,]+/)
    .filter(Boolean);
  if (!listed.every(isAddressOrDomain))
    must(name, 'e-mail addresses separated by spaces, or "@example.com" for everybody there');
  return listed;
}

function readOpenId(text: Text, must: Must): OpenIdSettings | null {
  const issuer = text('OPENID_ISSUER');
  const isFit = isIssuer(issuer);
  if (!isFit) must('OPENID_ISSUER', 'the address of your OpenID Connect provider, such as https://login.example.com');
  const clientId = text('OPENID_CLIENT_ID') || must('OPENID_CLIENT_ID', 'the id of this client at your provider');
  const clientSecret =
    text('OPENID_CLIENT_SECRET') || must('OPENID_CLIENT_SECRET', 'the secret of this client at your provider');
  return isFit && clientId !== null && clientSecret !== null ? { issuer, clientId, clientSecret } : null;
}

/** Whether a text is an issuer: https, or http on this machine; without a query. */
function isIssuer(value: string): boolean {
  const url = URL.parse(value);
  if (url?.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}

/** Whether an address is on this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
