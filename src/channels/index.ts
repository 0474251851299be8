import type { Channel, ChannelNeeds } from './channel.ts';
import type { SlackNeeds } from './slack/slack.ts';
import { readSlack, type SlackSettings } from './slack/settings.ts';
import type { TeamsNeeds } from './teams/teams.ts';
import { readTeams, type TeamsSettings } from './teams/settings.ts';

/** LIST 3: every channel that we send to by ourselves; null: it is not connected. */
export interface ChannelSettings {
  readonly teams: TeamsSettings | null;
  readonly slack: SlackSettings | null;
}

type Text = (name: string) => string;
type Must = (name: string, shouldBe: string) => null;
type Needs = Omit<ChannelNeeds & TeamsNeeds & SlackNeeds, 'refused'> & {
  readonly refused: (channel: string, why: string) => void;
};

/** Reads the channels' settings; half of one is told through `must`. */
export function readChannels(text: Text, must: Must): ChannelSettings {
  return { teams: readTeams(text, must), slack: readSlack(text, must) };
}

/** The channels that are connected; the others are not even loaded. `refused` counts by channel. */
export async function createChannels({ teams, slack }: ChannelSettings, needs: Needs): Promise<readonly Channel[]> {
  const counting = (channel: string) => ({ ...needs, refused: (why: string) => needs.refused(channel, why) });
  const channels: Channel[] = [];
  if (teams) channels.push((await import('./teams/teams.ts')).createTeams(teams, counting('teams')));
  if (slack) channels.push((await import('./slack/slack.ts')).createSlack(slack, counting('slack')));
  return channels;
}
