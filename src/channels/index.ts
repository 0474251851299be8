import type { BoardChannel } from '../domain/escalation.ts';
import type { AzureNeeds } from './azure/azure.ts';
import { readAzure, type AzureSettings } from './azure/settings.ts';
import type { Channel, ChannelNeeds } from './channel.ts';
import type { SlackNeeds } from './slack/slack.ts';
import { readSlack, type SlackSettings } from './slack/settings.ts';
import type { TeamsNeeds } from './teams/teams.ts';
import { readTeams, type TeamsSettings } from './teams/settings.ts';

/** LIST 3: every channel that we send to by ourselves; null: it is not connected. */
export interface ChannelSettings {
  readonly teams: TeamsSettings | null;
  readonly slack: SlackSettings | null;
  /** Set only beside Teams, with whose registration it posts. */
  readonly azure: AzureSettings | null;
}

/** The channels in which agents see tickets. */
export function boardsOf({ teams, slack }: ChannelSettings): readonly BoardChannel[] {
  return [...(teams?.escalations ? (['teams'] as const) : []), ...(slack?.escalations ? (['slack'] as const) : [])];
}

type Text = (name: string) => string;
type Must = (name: string, shouldBe: string) => null;
type Needs = Omit<ChannelNeeds & TeamsNeeds & SlackNeeds & AzureNeeds, 'refused'> & {
  readonly refused: (channel: string, why: string) => void;
};

/** Reads the channels' settings; half of one is told through `must`. */
export function readChannels(text: Text, must: Must): ChannelSettings {
  const teams = readTeams(text, must);
  return { teams, slack: readSlack(text, must), azure: readAzure(text, must, teams) };
}

/** The channels that are connected; the others are not even loaded. `refused` counts by channel. */
export async function createChannels(settings: ChannelSettings, needs: Needs): Promise<readonly Channel[]> {
  const { teams, slack } = settings;
  const counting = (channel: string) => ({ ...needs, refused: (why: string) => needs.refused(channel, why) });
  const channels: Channel[] = [];
  if (teams) {
    const azure = settings.azure && (await import('./azure/azure.ts')).createAzure(teams, counting('azure'));
    const { createTeams } = await import('./teams/teams.ts');
    channels.push(createTeams(teams, counting('teams'), azure?.guest));
    if (azure) channels.push({ carrier: azure.carrier, routes: [] });
  }
  if (slack) channels.push((await import('./slack/slack.ts')).createSlack(slack, counting('slack')));
  return channels;
}
