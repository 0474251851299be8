import type { Channel, ChannelNeeds } from './channel.ts';
import { createSlack, type SlackNeeds } from './slack/slack.ts';
import { readSlack, type SlackSettings } from './slack/settings.ts';
import { createTeams, type TeamsNeeds } from './teams/teams.ts';
import { readTeams, type TeamsSettings } from './teams/settings.ts';

/** LIST 3: every channel that we send to by ourselves; null: it is not connected. */
export interface ChannelSettings {
  readonly teams: TeamsSettings | null;
  readonly slack: SlackSettings | null;
}

type Text = (name: string) => string;
type Must = (name: string, shouldBe: string) => null;

/** Reads the channels' settings; half of one is told through `must`. */
export function readChannels(text: Text, must: Must): ChannelSettings {
  return { teams: readTeams(text, must), slack: readSlack(text, must) };
}

/** The channels that are connected; `refused` counts by channel. */
export function createChannels(
  { teams, slack }: ChannelSettings,
  needs: Omit<ChannelNeeds & TeamsNeeds & SlackNeeds, 'refused'> & {
    readonly refused: (channel: string, why: string) => void;
  },
): readonly Channel[] {
  const counting = (channel: string) => ({ ...needs, refused: (why: string) => needs.refused(channel, why) });
  return [
    ...(teams ? [createTeams(teams, counting('teams'))] : []),
    ...(slack ? [createSlack(slack, counting('slack'))] : []),
  ];
}
