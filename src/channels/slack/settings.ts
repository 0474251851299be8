import { group, list, optional, required, shaped, type Setting } from '../../domain/settings.ts';

/** The app at Slack, and whom it serves. */
export interface SlackSettings {
  /** Null: nothing is posted to us, for Slack is heard over a socket. */
  readonly signingSecret: string | null;
  readonly botToken: string;
  /** With which sockets are opened; null: Slack posts to us. */
  readonly appToken: string | null;
  /** Null: any app that signs with our secret, or that our token opens a socket for. */
  readonly appId: string | null;
  /** The only workspaces that are answered; empty: all that installed the app. */
  readonly teams: readonly string[];
  /** Workspaces whose members are believed to be who their e-mail address says. */
  readonly trustedTeams: readonly string[];
  /** The channel in which agents see tickets; null: none. */
  readonly escalations: string | null;
}

const team = shaped(/^T[\dA-Z]+$/);
const aSecret = 'the signing secret of your Slack app';
const teamIds = 'ids of workspaces, such as T0123, with spaces between';

/** Slack, as the settings have it. */
export const slackSettings: Setting<SlackSettings> = group(
  {
    signingSecret: optional('SLACK_SIGNING_SECRET', aSecret, shaped(/^[\da-z]{32,128}$/i)),
    botToken: required(
      'SLACK_BOT_TOKEN',
      'the bot token of your Slack app: it begins with "xoxb-"',
      shaped(/^xoxb-[\w-]{10,}$/),
    ),
    appToken: optional(
      'SLACK_APP_TOKEN',
      'an app-level token of your Slack app: it begins with "xapp-"',
      shaped(/^xapp-[\w-]{10,}$/),
    ),
    appId: optional('SLACK_APP_ID', 'the app’s id, such as A0123', shaped(/^A[\dA-Z]+$/)),
    teams: list('SLACK_TEAMS', teamIds, team),
    trustedTeams: list('SLACK_TRUSTED_TEAMS', teamIds, team),
    escalations: optional('SLACK_ESCALATIONS', 'the id of a channel, such as C0123', shaped(/^[CG][\dA-Z]+$/)),
  },
  ({ signingSecret, appToken, teams = [], trustedTeams = [] }, settings) => {
    if (signingSecret === null && appToken === null)
      settings.complain('SLACK_SIGNING_SECRET', `${aSecret}, or SLACK_APP_TOKEN set instead`);
    if (teams.length > 0 && !trustedTeams.every((one) => teams.includes(one)))
      settings.complain('SLACK_TRUSTED_TEAMS', 'among SLACK_TEAMS, for no other workspace is answered');
  },
);
