/** The bot as it is registered with Microsoft, and the organisations that may use it. */
export interface TeamsSettings {
  readonly appId: string;
  readonly secret: string;
  /** The tenant in which the bot is registered. */
  readonly tenant: string;
  /** The tenants whose people may use it; never empty. */
  readonly tenants: readonly string[];
  /** The channel in which agents see tickets, such as `19:…@thread.tacv2`; null: none. */
  readonly escalations: string | null;
  /** Of these, the tenants whose members are believed to be who the name that they sign in with says. */
  readonly trustedTenants: readonly string[];
}

/** A setting’s text, trimmed; empty: not set. */
type Text = (name: string) => string;
/** Notes that a setting is missing or malformed, and what it should be. */
type Must = (name: string, shouldBe: string) => null;

const names = [
  ...['TEAMS_APP_ID', 'TEAMS_APP_SECRET', 'TEAMS_APP_TENANT', 'TEAMS_TENANTS', 'TEAMS_TRUSTED_TENANTS'],
  'TEAMS_ESCALATIONS',
];
const guid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/** Teams, as the settings have it; null: not set. Half of it is noted. */
export function readTeams(text: Text, must: Must): TeamsSettings | null {
  if (names.every((name) => text(name) === '')) return null;
  const id = (name: string, shouldBe: string) =>
    guid.test(text(name)) ? text(name).toLowerCase() : must(name, shouldBe);
  const appId = id('TEAMS_APP_ID', 'the Microsoft app id of the bot, a GUID');
  const secret = text('TEAMS_APP_SECRET') || must('TEAMS_APP_SECRET', 'a client secret of that app (its value)');
  const tenant = id('TEAMS_APP_TENANT', 'the id of the tenant in which the bot is registered, a GUID');
  const listed = readTenants('TEAMS_TENANTS', text, must);
  const trustedTenants = readTenants('TEAMS_TRUSTED_TENANTS', text, must);
  const escalations = readChannel(text, must);
  if (!appId || !secret || !tenant) return null;
  const tenants = listed.length > 0 ? listed : [tenant];
  if (!trustedTenants.every((one) => tenants.includes(one)))
    must('TEAMS_TRUSTED_TENANTS', 'among TEAMS_TENANTS, for no other tenant is served');
  return { appId, secret, tenant, tenants, trustedTenants, escalations };
}

function readTenants(name: string, text: Text, must: Must): readonly string[] {
  const listed = text(name)
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((one) => one.toLowerCase());
  if (listed.every((one) => guid.test(one))) return listed;
  must(name, 'ids of tenants, separated by spaces');
  return [];
}

/** The channel by its id, or by the link to it that Teams gives. */
function readChannel(text: Text, must: Must): string | null {
  const name = 'TEAMS_ESCALATIONS';
  if (text(name) === '') return null;
  const [id = null] =
    /19:[\w-]+@thread\.(?:tacv2|skype)/.exec(text(name).replaceAll(/%3A/gi, ':').replaceAll('%40', '@')) ?? [];
  return id ?? must(name, 'the link to a channel, as Teams gives it, or its id');
}
