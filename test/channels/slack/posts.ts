import { signatureOf } from '../../../src/channels/slack/signature.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Slack's own example of a signing secret. */
export const secret = '8f742231b10e8888abcd99yyyzzz85a5';
export const bot = 'U0LATCHKEY';

/** An event of the Events API, for the workspace T1 in which the bot is `bot`. */
export const callbackOf = (event: Fields, over: Fields = {}): Fields => ({
  ...{ token: 'an old one', team_id: 'T1', context_team_id: 'T1', api_app_id: 'A1', type: 'event_callback' },
  ...{ event_id: `Ev${String(event.ts ?? event.event_ts)}`, event_time: 1_795_342_320, is_ext_shared_channel: false },
  authorizations: [{ enterprise_id: null, team_id: 'T1', user_id: bot, is_bot: true, is_enterprise_install: false }],
  event_context: '4-eyJldCI6Im1lc3NhZ2UifQ',
  event,
  ...over,
});

/** A direct message of U1. */
export const directMessage = (text: string, over: Fields = {}): Fields => ({
  ...{ client_msg_id: '8fa1', type: 'message', user: 'U1', text, ts: '1795342320.000100', team: 'T1', channel: 'D1' },
  ...{ event_ts: '1795342320.000100', channel_type: 'im' },
  blocks: [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] }],
  ...over,
});

/** U1 calls the bot in a channel. */
export const mention = (text: string, over: Fields = {}): Fields => ({
  ...{ type: 'app_mention', user: 'U1', text, ts: '1795342320.000200', team: 'T1', channel: 'C1' },
  event_ts: '1795342320.000200',
  ...over,
});

/** U1 presses a button of a message of ours. */
export const pressOf = (value: string | undefined, over: Fields = {}): Fields => ({
  ...{
    type: 'block_actions',
    api_app_id: 'A1',
    token: 'an old one',
    trigger_id: '1.2.3',
    is_enterprise_install: false,
  },
  ...{ team: { id: 'T1', domain: 'acme' }, user: { id: 'U1', username: 'ada', name: 'ada', team_id: 'T1' } },
  container: { type: 'message', message_ts: '1795342321.000100', channel_id: 'D1', is_ephemeral: false },
  channel: { id: 'D1', name: 'directmessage' },
  message: { type: 'message', bot_id: 'B1', app_id: 'A1', user: bot, ts: '1795342321.000100', text: 'Well?' },
  response_url: 'https://hooks.slack.example/actions/1',
  actions: [
    {
      ...{ type: 'button', action_id: 'say-0', block_id: 'x', action_ts: '1795342325.000100', value },
      text: { type: 'plain_text', text: value ?? '' },
    },
  ],
  ...over,
});

/** U1 presses Slack's own control below a message of ours. */
export const ratingOf = (message: Fields, value: string, over: Fields = {}, at = '1795342326.000100'): Fields => ({
  ...pressOf(undefined, { message, channel: { id: message.channel }, trigger_id: '1.2.rate' }),
  actions: [
    {
      ...{ type: 'feedback_buttons', action_id: 'rate-answer', block_id: 'y', action_ts: at, value },
      text: { type: 'plain_text', text: 'No', emoji: false },
    },
  ],
  ...over,
});

/** U1 sends or closes the form that was opened as `view`. */
export const formEndOf = (type: 'view_submission' | 'view_closed', view: Fields, over: Fields = {}): Fields => ({
  ...{ type, api_app_id: 'A1', token: 'an old one', trigger_id: '1.2.4', is_enterprise_install: false },
  ...{ team: { id: 'T1', domain: 'acme' }, user: { id: 'U1', username: 'ada', name: 'ada', team_id: 'T1' } },
  ...(type === 'view_closed' && { is_cleared: false }),
  view: { id: 'V1', team_id: 'T1', app_id: 'A1', hash: '1.abc', root_view_id: 'V1', ...view },
  ...over,
});

/** U1 opens the app's own page. */
export const homeOpened = (over: Fields = {}): Fields => ({
  ...{ type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home', event_ts: '1795342320.000300' },
  ...over,
});

/** U1 presses a button on the app's own page, which was published as `view`. */
export const homePressOf = (value: string, view: Fields, over: Fields = {}): Fields => ({
  ...pressOf(value, { channel: undefined, message: undefined, trigger_id: '1.2.home' }),
  container: { type: 'view', view_id: 'V2' },
  view: { id: 'V2', team_id: 'T1', app_id: 'A1', callback_id: '', state: { values: {} }, ...view },
  ...over,
});

/** U1 gives the command in the channel C1. */
export const commandOf = (text: string, over: Readonly<Record<string, string>> = {}): string =>
  new URLSearchParams({
    ...{ token: 'an old one', command: '/whydenied', text, user_id: 'U1', user_name: 'ada', api_app_id: 'A1' },
    ...{ team_id: 'T1', team_domain: 'acme', channel_id: 'C1', channel_name: 'general', trigger_id: '1.2.command' },
    ...{ response_url: 'https://hooks.slack.com/commands/1', is_enterprise_install: 'false' },
    ...over,
  }).toString();

/** U1 takes the shortcut on somebody's message in the channel C1. */
export const shortcutOf = (text: string, over: Fields = {}): Fields => ({
  ...{ type: 'message_action', callback_id: 'why-refused', api_app_id: 'A1', token: 'an old one' },
  ...{ team: { id: 'T1', domain: 'acme' }, user: { id: 'U1', username: 'ada', name: 'ada', team_id: 'T1' } },
  ...{ trigger_id: '1.2.shortcut', action_ts: '1795342326.000200', message_ts: '1795342300.000100' },
  ...{ channel: { id: 'C1', name: 'general' }, response_url: 'https://hooks.slack.com/app/1' },
  message: { type: 'message', user: 'U7', ts: '1795342300.000100', text },
  ...over,
});

/** A body as it is posted, with the headers that Slack sends with it. */
export interface Post {
  readonly body: string | Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** A post that Slack signed at `now`. */
export function signed(body: string, now: number, headers: Post['headers'] = {}): Post {
  const time = String(Math.floor(now / 1_000));
  const signature = signatureOf(secret, time, body);
  const type = !body.startsWith('{') ? 'application/x-www-form-urlencoded' : 'application/json';
  return {
    body,
    headers: {
      ...{ 'content-type': type, 'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)' },
      ...{ 'x-slack-request-timestamp': time, 'x-slack-signature': signature, ...headers },
    },
  };
}

/** The form of a pressed button. */
export const formOf = (press: Fields): string => `payload=${encodeURIComponent(JSON.stringify(press))}`;
