import type { Check } from '../domain/check.ts';
import { pushChannels, type PushChannel } from '../domain/channels.ts';
import { readIfSet, type Setting, type SettingsReader, type SettingValue } from '../domain/settings.ts';
import type { AzureNeeds } from './azure/index.ts';
import { azureSettings, type AzureSettings } from './azure/settings.ts';
import type { Channel, ChannelNeeds } from './channel.ts';
import type { LocalNeeds } from './local/index.ts';
import { readLocal, type LocalSettings } from './local/settings.ts';
import type { SlackNeeds } from './slack/index.ts';
import { slackSettings } from './slack/settings.ts';
import type { BotChannel, TeamsNeeds } from './teams/index.ts';
import { teamsSettings, type TeamsSettings } from './teams/settings.ts';

type AllNeeds = ChannelNeeds & TeamsNeeds & SlackNeeds & AzureNeeds;

/** What channels share that are one bot at Microsoft: its registration, and those that post to the address of Teams. */
interface SharedBot {
  readonly teams: TeamsSettings | null;
  readonly others: BotChannel[];
}

type All<Name extends PushChannel, S> = Readonly<Record<Name, S | null>>;

/** A channel: its settings, what loads and makes it of them, and whether they trust it to say whose its members are. */
function channel<Name extends PushChannel, S>(
  name: Name,
  settings: Setting<S>,
  create: (settings: S, needs: AllNeeds, bot: SharedBot) => Promise<Channel | null>,
  trustsMembers: (settings: S) => boolean = () => false,
) {
  return {
    name,
    settings,
    create: async ({ [name]: mine }: All<Name, S>, needs: AllNeeds, bot: SharedBot) =>
      mine === null ? null : create(mine, needs, bot),
    trustsMembers: ({ [name]: mine }: All<Name, S>) => mine !== null && trustsMembers(mine),
  };
}

/** LIST 3: every channel that we send to by ourselves; one that posts to the address of another before that. */
const channels = [
  channel('azure', azureSettings, createAzure),
  channel(
    'teams',
    teamsSettings,
    async (settings, needs, { others }) => (await import('./teams/index.ts')).createTeams(settings, needs, others[0]),
    ({ trustedTenants }) => trustedTenants.length > 0,
  ),
  channel(
    'slack',
    slackSettings,
    async (settings, needs) => (await import('./slack/index.ts')).createSlack(settings, needs),
    ({ trustedTeams }) => trustedTeams.length > 0,
  ),
] as const;

type Entry = (typeof channels)[number];
/** The settings of each channel; null: it is not connected. */
export type ChannelSettings = {
  readonly [Name in Entry['name']]: SettingValue<Extract<Entry, { name: Name }>['settings']> | null;
} & {
  /** Set only in the demo, in the place of Teams, and where nobody else can reach this server. */
  readonly local: LocalSettings | null;
};

/** Reads the channels' settings. `customers`: who may be spoken for without a token. */
export function readChannels(settings: SettingsReader, customers: readonly string[]): ChannelSettings {
  const read = channels.map((one) => [one.name, readIfSet<unknown>(one.settings, settings)]);
  const listed = Object.fromEntries(read) as Omit<ChannelSettings, 'local'>;
  return { ...listed, local: listed.teams ? null : readLocal(settings, customers) };
}

/** The channels in which agents see tickets. */
export function feedChannelsOf(settings: ChannelSettings): readonly PushChannel[] {
  return pushChannels.filter((name) => {
    const mine = settings[name];
    return mine !== null && 'escalations' in mine && mine.escalations !== null;
  });
}

/** Whether any channel is connected in which real customers write. */
export function isAnyConnected(settings: ChannelSettings): boolean {
  return channels.some(({ name }) => settings[name] !== null);
}

/** Whether a channel is trusted to say whose account a member's is, by their e-mail address. */
export function trustsMembers(settings: ChannelSettings): boolean {
  return channels.some((one) => one.trustsMembers(settings));
}

/** What channels need; `refused` counts by channel. */
type Needs = Omit<AllNeeds & LocalNeeds, 'refused'> & { readonly refused: (channel: PushChannel, why: string) => void };

/** A check of every channel that is connected and can be asked. */
export async function channelChecks({ slack, teams }: ChannelSettings): Promise<readonly Check[]> {
  return [
    ...(slack ? [(await import('./slack/check.ts')).checkSlack(slack)] : []),
    ...(teams ? [(await import('./teams/check.ts')).checkTeams(teams)] : []),
  ];
}

/** The channels that are connected; the others are not even loaded. */
export async function createChannels(settings: ChannelSettings, needs: Needs): Promise<readonly Channel[]> {
  const bot: SharedBot = { teams: settings.teams, others: [] };
  const created: Channel[] = [];
  const counting = (name: PushChannel) => ({ ...needs, refused: (why: string) => needs.refused(name, why) });
  for (const { name, create } of channels) {
    const one = await create(settings, counting(name), bot);
    if (one) created.push(one);
  }
  const { customers } = needs;
  if (settings.local && customers) {
    const { createLocal } = await import('./local/index.ts');
    created.push(createLocal(settings.local, { ...counting('local'), customers }));
  }
  return created;
}

/** Azure Direct Line stands beside Teams, and posts to its address. */
async function createAzure(_: AzureSettings, needs: AllNeeds, { teams, others }: SharedBot): Promise<Channel | null> {
  if (!teams) return null;
  const { botChannel, client } = (await import('./azure/index.ts')).createAzure(teams, needs);
  others.push(botChannel);
  return { client, routes: [] };
}
