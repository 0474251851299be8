import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { textOf } from '../../support/store.ts';
import { createSlackApp, overSocket, type SlackApp } from './app.ts';
import { startSlackApi } from './far-end.ts';
import {
  bot,
  callbackOf,
  commandOf,
  directMessage,
  formEndOf,
  formOf,
  mention,
  pressOf,
  ratingOf,
  secret,
  shortcutOf,
  signed,
  type Post,
} from './posts.ts';
import { startSlackSockets } from './socket-end.ts';

/** Slack's own framework says which posts are Slack's, and what they say. */
describe('Slack’s own framework', () => {
  let server: Server;
  let app: SlackApp;
  const heard: string[] = [];
  before(async () => {
    const receiver = new HTTPReceiver({
      signingSecret: secret,
      endpoints: ['/slack/events', '/slack/actions', '/slack/commands'],
      logLevel: LogLevel.ERROR,
    });
    const authorize = () => Promise.resolve({ botToken: 'xoxb-1', botId: 'B1', botUserId: bot });
    const bolt = new App({ receiver, authorize, logLevel: LogLevel.ERROR });
    bolt.message(
      async ({ message }) =>
        void heard.push(await Promise.resolve(`message ${String('text' in message && message.text)}`)),
    );
    bolt.event('app_mention', async ({ event }) => void heard.push(await Promise.resolve(`mention ${event.text}`)));
    bolt.action(/^say-/, async ({ ack, action }) => {
      await ack();
      heard.push(`press ${'value' in action ? String(action.value) : ''}`);
    });
    bolt.action({ type: 'block_actions', action_id: 'rate-answer' }, async ({ ack, action }) => {
      await ack();
      heard.push(`rate ${'value' in action ? String(action.value) : ''}`);
    });
    bolt.command('/whydenied', async ({ ack, command }) => {
      await ack();
      heard.push(`command ${command.text}`);
    });
    bolt.shortcut({ type: 'message_action', callback_id: 'why-refused' }, async ({ ack, shortcut }) => {
      await ack();
      heard.push(`shortcut ${'message' in shortcut ? String(shortcut.message.text) : ''}`);
    });
    for (const type of ['view_submission', 'view_closed'] as const)
      bolt.view({ type, callback_id: 'why' }, async ({ ack, view }) => {
        await ack();
        heard.push(`${type} ${view.private_metadata}`);
      });
    server = await receiver.start({ port: 0, host: '127.0.0.1' });
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  beforeEach(async () => {
    app = await createSlackApp('http://127.0.0.1:1/api/', { answers: false });
    // Bolt looks at the machine's clock.
    app.clock.forward(Date.now() - app.clock.now());
    heard.length = 0;
  });
  afterEach(() => app.world.close());

  async function both(path: string, { body, headers }: Post): Promise<readonly [ours: number, bolts: number]> {
    const port = (server.address() as AddressInfo).port;
    const bolts = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: String(body), headers });
    return [(await app.post(path, { body, headers })).status, bolts.status];
  }
  const event = (fields: Readonly<Record<string, unknown>>) => JSON.stringify(callbackOf(fields));

  it('takes the same events and buttons, and hears the same words', async () => {
    assert.deepEqual(await both('/slack/events', signed(event(directMessage('hello')), app.clock.now())), [200, 200]);
    assert.deepEqual(await both('/slack/events', signed(event(mention('hi')), app.clock.now())), [200, 200]);
    assert.deepEqual(await both('/slack/actions', signed(formOf(pressOf('Yes & no')), app.clock.now())), [200, 200]);
    const said = [...(await app.stored()), ...(await app.stored('T1|C1|1795342320.000200'))].map(textOf);
    assert.deepEqual(said, ['hello', 'Yes & no', 'hi']);
    assert.deepEqual([...heard].sort(), ['mention hi', 'message hello', 'press Yes & no']);
  });

  it('takes the same judgements and forms', async () => {
    const message = { ts: '1.2', channel: 'D1' };
    const view = { type: 'modal', callback_id: 'why', private_metadata: '{}', state: { values: {} } };
    for (const told of [ratingOf(message, 'no 4'), formEndOf('view_submission', view), formEndOf('view_closed', view)])
      assert.deepEqual(await both('/slack/actions', signed(formOf(told), app.clock.now())), [200, 200]);
    assert.deepEqual(heard.toSorted(), ['rate no 4', 'view_closed {}', 'view_submission {}']);
    assert.deepEqual(await app.refused(), Array(3).fill('slack-rating'));
  });

  it('takes the same commands and shortcuts', async () => {
    const now = app.clock.now();
    assert.deepEqual(await both('/slack/commands', signed(commandOf('exports'), now)), [200, 200]);
    assert.deepEqual(await both('/slack/actions', signed(formOf(shortcutOf('Refused')), now)), [200, 200]);
    assert.deepEqual(heard.toSorted(), ['command exports', 'shortcut Refused']);
  });

  it('refuses what is changed or old; what is signed in the future only we do', async () => {
    const good = signed(event(directMessage('hello')), app.clock.now());
    assert.deepEqual(
      await both('/slack/events', { ...good, body: String(good.body).replace('hello', 'jello') }),
      [401, 401],
    );
    const old = signed(String(good.body), app.clock.now() - 302_000);
    assert.deepEqual(await both('/slack/events', old), [401, 401]);
    const future = signed(String(good.body), app.clock.now() + 302_000);
    assert.deepEqual(await both('/slack/events', future), [401, 200]);
  });
});

/** Our socket is tried against an end of Slack's of our own: that one speaks as Slack does, if Slack's own client understands it. */
describe('Slack’s end of Socket Mode on this machine', () => {
  it('is understood by Slack’s own framework: greeting, events, presses, and what an acknowledgement holds', async () => {
    const api = await startSlackApi();
    const slack = await startSlackSockets(api);
    const clientOptions = { slackApiUrl: api.url };
    const nothing = () => undefined;
    // It calls it an error that its own socket ends.
    const logger = {
      ...{ debug: nothing, info: nothing, warn: nothing, error: nothing, setLevel: nothing, setName: nothing },
      getLevel: () => LogLevel.ERROR,
    };
    const receiver = new SocketModeReceiver({
      ...{ appToken: overSocket.appToken, logger, installerOptions: { clientOptions } },
    });
    const authorize = () => Promise.resolve({ botToken: 'xoxb-1', botId: 'B1', botUserId: bot });
    const bolt = new App({ receiver, authorize, logLevel: LogLevel.ERROR });
    const heard: string[] = [];
    bolt.message(
      async ({ message }) => void heard.push(await Promise.resolve('text' in message ? String(message.text) : '')),
    );
    bolt.action(/^say-/, async ({ ack }) => ack());
    bolt.command('/try', async ({ ack, command }) => ack({ text: `only you read ${command.text}` }));
    await bolt.start();
    assert.deepEqual(await slack.deliver('events_api', callbackOf(directMessage('hello'))), {});
    await slack.deliver('interactive', pressOf('Yes'));
    const command = { command: '/try', text: 'this', user_id: 'U1', team_id: 'T1', channel_id: 'D1', api_app_id: 'A1' };
    assert.deepEqual(await slack.deliver('slash_commands', command), { text: 'only you read this' });
    assert.deepEqual([heard, slack.state.greeted], [['hello'], 1]);
    await bolt.stop();
    slack.stop();
    api.stop();
  });
});
