import type { Role } from '../domain/agent.ts';
import { anyText, firstSet, group, list, optional, required, type SettingsReader } from '../domain/settings.ts';
import { hasLogin, mayCarrySecrets } from '../domain/web-address.ts';
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
  /** Whether one-time links let somebody in: whoever reads what is printed. */
  readonly oneTimeLinks: boolean;
  readonly roles: RoleSettings;
}

const openId = group({
  issuer: required(
    'OPENID_ISSUER',
    'the address of your OpenID Connect provider, such as https://login.example.com',
    (text) => (isIssuer(URL.parse(text)) ? text : null),
  ),
  clientId: required('OPENID_CLIENT_ID', 'the id of this client at your provider', anyText),
  clientSecret: required('OPENID_CLIENT_SECRET', 'the secret of this client at your provider', anyText),
});
const roleLists = group({
  agent: people('CONSOLE_AGENTS'),
  writer: people('CONSOLE_WRITERS'),
  operator: people('CONSOLE_OPERATORS'),
});

const oneTimeLinks = optional(
  'CONSOLE_ONE_TIME_LINKS',
  '1 to have one-time links beside OpenID Connect, or 0',
  (text) => (['0', '1'].includes(text) ? text : null),
);

/** Reads who may sign in. */
export function readConsole(settings: SettingsReader): ConsoleSettings {
  const roles = roleLists.read(settings) ?? { agent: [], writer: [], operator: [] };
  const isAnyoneListed = firstSet(roleLists, settings) !== undefined;
  if (!isAnyoneListed && firstSet(openId, settings) === undefined) {
    if (oneTimeLinks.read(settings) === '0')
      settings.complain('CONSOLE_ONE_TIME_LINKS', '1, for without OpenID Connect there is no other way to sign in');
    return { openId: null, oneTimeLinks: true, roles };
  }
  if (!isAnyoneListed)
    settings.complain(
      'CONSOLE_AGENTS',
      'who answers tickets, such as "@example.com"; or set CONSOLE_WRITERS or CONSOLE_OPERATORS',
    );
  if (!settings.isSet('PUBLIC_URL'))
    settings.complain('PUBLIC_URL', 'where agents reach this server, for OpenID Connect brings them back there');
  return {
    openId: openId.read(settings) ?? null,
    oneTimeLinks: oneTimeLinks.read(settings) === '1',
    roles,
  };
}

function people(name: string) {
  const shouldBe = 'e-mail addresses separated by spaces, or "@example.com" for everybody there';
  return list(name, shouldBe, (text) => (isAddressOrDomain(text) ? text : null));
}

/** Without a query. */
function isIssuer(url: URL | null): boolean {
  return url?.search === '' && url.hash === '' && !hasLogin(url) && mayCarrySecrets(url);
}
