/** The app at Slack, and whom it serves. */
export interface SlackSettings {
  readonly signingSecret: string;
  readonly botToken: string;
  /** Null: any app that signs with our secret. */
  readonly appId: string | null;
  /** The only workspaces that are answered; empty: all that installed the app. */
  readonly teams: readonly string[];
  /** The channel in which agents see tickets; null: none. */
  readonly escalations: string | null;
  /** Workspaces whose members are believed to be who their e-mail address says. */
  readonly trustedTeams: readonly string[];
}

type Text = (name: string) => string;
type Must = (name: string, shouldBe: string) => null;

const names = [
  ...['SLACK_SIGNING_SECRET', 'SLACK_BOT_TOKEN', 'SLACK_APP_ID', 'SLACK_TEAMS', 'SLACK_TRUSTED_TEAMS'],
  'SLACK_ESCALATIONS',
];

/** Reads the app's settings; null: none is set. Half a configuration is told through `must`. */
export function readSlack(text: Text, must: Must): SlackSettings | null {
  if (names.every((name) => text(name) === '')) return null;
  const fit = (name: string, shape: RegExp, shouldBe: string) =>
    shape.test(text(name)) ? text(name) : must(name, shouldBe);
  const signingSecret = fit('SLACK_SIGNING_SECRET', /^[\da-z]{32,128}$/i, 'the signing secret of your Slack app');
  const botToken = fit(
    'SLACK_BOT_TOKEN',
    /^xoxb-[\w-]{10,}$/,
    'the bot token of your Slack app: it begins with "xoxb-"',
  );
  const optional = (name: string, shape: RegExp, shouldBe: string) =>
    text(name) === '' ? null : fit(name, shape, shouldBe);
  const appId = optional('SLACK_APP_ID', /^A[\dA-Z]+$/, 'the app’s id, such as A0123');
  const escalations = optional('SLACK_ESCALATIONS', /^[CG][\dA-Z]+$/, 'the id of a channel, such as C0123');
  const teams = readTeams('SLACK_TEAMS', text, must);
  const trustedTeams = readTeams('SLACK_TRUSTED_TEAMS', text, must);
  if (teams.length > 0 && !trustedTeams.every((team) => teams.includes(team)))
    must('SLACK_TRUSTED_TEAMS', 'among SLACK_TEAMS, for no other workspace is answered');
  return signingSecret && botToken ? { signingSecret, botToken, appId, teams, trustedTeams, escalations } : null;
}

function readTeams(name: string, text: Text, must: Must): readonly string[] {
  const teams = text(name)
    .split(/[\s,]+/)
    .filter(Boolean);
  if (!teams.every((team) => /^T[\dA-Z]+$/.test(team)))
    must(name, 'ids of workspaces, such as T0123, with spaces between');
  return teams;
}
