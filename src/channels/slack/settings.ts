import { group, list, optional, required, shaped, type Setting } from '../../domain/settings.ts';

/** The app at Slack, and whom it serves. */
export interface SlackSettings {
  readonly signingSecret: string;
  readonly botToken: string;
  /** Null: any app that signs with our secret. */
  readonly appId: string | null;
  /** The only workspaces that are answered; empty: all that installed the app. */
  readonly teams: readonly string[];
  /** Workspaces whose members are believed to be who their e-mail address says. */
  readonly trustedTeams: readonly string[];
  /** The channel in which agents see tickets; null: none. */
  readonly escalations: string | null;
}

const team = shaped(/^T[\dA-Z]+$/);
const teamIds = 'ids of workspaces, such as T0123, with spaces between';

/** Slack, as the settings have it. */
export const slackSettings: Setting<SlackSettings> = group(
  {
    signingSecret: required(
      'SLACK_SIGNING_SECRET',
      'the signing secret of your Slack app',
      shaped(/^[\da-z]{32,128}$/i),
    ),
    botToken: required(
      'SLACK_BOT_TOKEN',
      'the bot token of your Slack app: it begins with "xoxb-"',
      shaped(/^xoxb-[\w-]{10,}$/),
    ),
    appId: optional('SLACK_APP_ID', 'the app’s id, such as A0123', shaped(/^A[\dA-Z]+$/)),
    teams: list('SLACK_TEAMS', teamIds, team),
    trustedTeams: list('SLACK_TRUSTED_TEAMS', teamIds, team),
    escalations: optional('SLACK_ESCALATIONS', 'the id of a channel, such as C0123', shaped(/^[CG][\dA-Z]+$/)),
  },
  ({ teams = [], trustedTeams = [] }, settings) => {
    if (teams.length > 0 && !trustedTeams.every((one) => teams.includes(one)))
      settings.complain('SLACK_TRUSTED_TEAMS', 'among SLACK_TEAMS, for no other workspace is answered');
  },
);
