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
}

/** A setting’s text, trimmed; empty: not set. */
type Text = (name: string) => string;
/** Notes that a setting is missing or malformed, and what it should be. */
type Must = (name: string, shouldBe: string) => null;

const names = ['TEAMS_APP_ID', 'TEAMS_APP_SECRET', 'TEAMS_APP_TENANT', 'TEAMS_TENANTS', 'TEAMS_ESCALATIONS'];
const guid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/** Teams, as the settings have it; null: not set. Half of it is noted. */
export function readTeams(text: Text, must: Must): TeamsSettings | null {
  if (names.every((name) => text(name) === '')) return null;
  const id = (name: string, shouldBe: string) =>
    guid.test(text(name)) ? text(name).toLowerCase() : must(name, shouldBe);
  const appId = id('TEAMS_APP_ID', 'the Microsoft app id of the bot, a GUID');
  const secret = text('TEAMS_APP_SECRET') || must('TEAMS_APP_SECRET', 'a client secret of that app (its value)');
  const tenant = id('TEAMS_APP_TENANT', 'the id of the tenant in which the bot is registered, a GUID');
  const listed = text('TEAMS_TENANTS')
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((one) => one.toLowerCase());
  if (!listed.every((one) => guid.test(one))) must('TEAMS_TENANTS', 'ids of tenants, separated by spaces');
  const escalations = readChannel(text, must);
  if (!appId || !secret || !tenant) return null;
  return { appId, secret, tenant, tenants: listed.length > 0 ? listed : [tenant], escalations };
}

/** The channel by its id, or by the link to it that Teams gives. */
function readChannel(text: Text, must: Must): string | null {
  const name = 'TEAMS_ESCALATIONS';
  if (text(name) === '') return null;
  const [id = null] =
    /19:[\w-]+@thread\.(?:tacv2|skype)/.exec(text(name).replaceAll(/%3A/gi, ':').replaceAll('%40', '@')) ?? [];
  return id ?? must(name, 'the link to a channel, as Teams gives it, or its id');
}
