import { group, list, mapped, optional, readIfSet, required, type Parse, type Setting } from '../../domain/settings.ts';
import { originOf } from '../../domain/web-address.ts';
import { credential, type Credential } from './credential.ts';
import { clouds, type TeamsCloud } from './endpoints.ts';

/** The bot as it is registered with Microsoft, and the organisations that may use it. */
export interface TeamsSettings {
  readonly appId: string;
  readonly credential: Credential;
  /** The tenant in which the bot is registered. */
  readonly tenant: string;
  /** Where it is registered, and Teams is. */
  readonly cloud: TeamsCloud;
  /** The tenants whose people may use it; never empty. */
  readonly tenants: readonly string[];
  /** Of these, the tenants whose members are believed to be who the name that they sign in with says. */
  readonly trustedTenants: readonly string[];
  /** Whether these members' own sign-in proves it, in place of what Teams tells of them. */
  readonly singleSignOn: boolean;
  /** The channel in which agents see tickets, such as `19:…@thread.tacv2`; null: none. */
  readonly escalations: string | null;
  /** Null: none stands before us in Teams. */
  readonly hub: TeamsHub | null;
  /** How customers judge an answer. */
  readonly feedback: FeedbackControl;
}

/** A bot of a live-agent hub whose skill we are: people write to it in Teams, and it passes that on. */
export interface TeamsHub {
  readonly appId: string;
  /** The origin at which it takes our answers. */
  readonly origin: string;
}

const feedbackControls = ['default', 'custom', 'buttons'] as const;
/** Teams' own thumbs with its form (`default`) or with ours (`custom`), or buttons of ours. */
export type FeedbackControl = (typeof feedbackControls)[number];

const guid: Parse<string> = (text) =>
  /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(text) ? text.toLowerCase() : null;
/** By its id, or by the link to it that Teams gives. */
const channel: Parse<string> = (text) =>
  /19:[\w-]+@thread\.(?:tacv2|skype)/.exec(text.replaceAll(/%3A/gi, ':').replaceAll('%40', '@'))?.[0] ?? null;
const feedbackControl: Parse<FeedbackControl> = (text) => feedbackControls.find((one) => one === text) ?? null;
const tenantIds = 'ids of tenants, separated by spaces';
/** Where none is listed, the bot's own is served. */
const served = (tenants: readonly string[], own: string) => (tenants.length > 0 ? tenants : [own]);

const cloud: Parse<TeamsCloud> = (text) => (Object.hasOwn(clouds, text) ? (text as TeamsCloud) : null);

const appId = required('TEAMS_APP_ID', 'the Microsoft app id of the bot, a GUID', guid);
const tenant = required('TEAMS_APP_TENANT', 'the id of the tenant in which the bot is registered, a GUID', guid);
/** What of the settings is the bot's registration alone. */
export const registration = [appId, credential, tenant] as const;

const wholeHub = group({
  appId: required('TEAMS_HUB_APP_ID', 'the Microsoft app id of the hub’s bot, a GUID', guid),
  origin: required('TEAMS_HUB_URL', 'where that bot is, such as https://hub.example.com', (text) =>
    text.startsWith('https:') ? originOf(text) : null,
  ),
});
const hub: Setting<TeamsHub | null> = { names: wholeHub.names, read: (settings) => readIfSet(wholeHub, settings) };

const listed = group(
  {
    bot: group({ appId, credential, tenant }),
    cloud: optional('TEAMS_CLOUD', 'public (the default), gcch or dod', cloud),
    tenants: list('TEAMS_TENANTS', tenantIds, guid),
    trustedTenants: list('TEAMS_TRUSTED_TENANTS', tenantIds, guid),
    feedback: optional('TEAMS_FEEDBACK', feedbackControls.join(', '), feedbackControl),
    singleSignOn: optional('TEAMS_SSO', '1, or not set', (text) => (text === '1' ? true : null)),
    hub,
    escalations: optional('TEAMS_ESCALATIONS', 'the link to a channel, as Teams gives it, or its id', channel),
  },
  ({ bot, hub, tenants, trustedTenants = [], singleSignOn }, settings) => {
    const type = bot?.credential.kind === 'managed-identity' ? 'UserAssignedMSI' : 'SingleTenant';
    if (!['', type.toLowerCase()].includes(settings.text('MicrosoftAppType').toLowerCase()))
      settings.complain('MicrosoftAppType', `${type}, for a bot of another type is not served, or not set`);
    if (bot && tenants && !trustedTenants.every((one) => served(tenants, bot.tenant).includes(one)))
      settings.complain('TEAMS_TRUSTED_TENANTS', 'among TEAMS_TENANTS, for no other tenant is served');
    if (singleSignOn && trustedTenants.length === 0)
      settings.complain('TEAMS_TRUSTED_TENANTS', 'set beside TEAMS_SSO, for only their members are believed');
    if (bot && hub?.appId === bot.appId) settings.complain('TEAMS_HUB_APP_ID', 'of another bot than TEAMS_APP_ID');
  },
);

/** Teams, as the settings have it. */
export const teamsSettings: Setting<TeamsSettings> = mapped(
  listed,
  ({ bot, cloud, tenants, singleSignOn, feedback, ...others }) => ({
    ...bot,
    ...others,
    cloud: cloud ?? 'public',
    singleSignOn: singleSignOn ?? false,
    feedback: feedback ?? 'default',
    tenants: served(tenants, bot.tenant),
  }),
);
