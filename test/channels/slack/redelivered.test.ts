import assert from 'node:assert/strict';
import type { Wire } from '../../../src/channels/wire.ts';
import { createSlackApp, overSocket, type SlackApp } from './app.ts';
import { startSlackApi, type SlackApi } from './far-end.ts';
import {
  bot,
  callbackOf,
  commandOf,
  directMessage,
  formEndOf,
  formOf,
  homeOpened,
  homePressOf,
  mention,
  pressOf,
  ratingOf,
  shortcutOf,
  signed,
} from './posts.ts';
import { startSlackSockets, until } from './socket-end.ts';

/** What Slack delivers, to which path or as which type of envelope. */
interface Delivery {
  readonly path: string;
  readonly body: string;
  readonly type: string;
  readonly payload: unknown;
}
/** Makes a delivery, after what had happened before. */
type Prepare = (app: SlackApp, api: SlackApi) => Delivery | Promise<Delivery>;

function event(told: Wire): Delivery {
  const payload = callbackOf(told);
  return { path: '/slack/events', body: JSON.stringify(payload), type: 'events_api', payload };
}
function done(payload: Wire): Delivery {
  return { path: '/slack/actions', body: formOf(payload), type: 'interactive', payload };
}
function command(body: string): Delivery {
  const payload = Object.fromEntries(new URLSearchParams(body));
  return { path: '/slack/commands', body, type: 'slash_commands', payload };
}
const ts = '1795342320.000100';
const change = (subtype: string, over: Wire): Wire => ({
  ...{ type: 'message', subtype, hidden: true, channel: 'D1', channel_type: 'im', ts: '1795342390.000900' },
  previous_message: { type: 'message', user: 'U1', ts, text: 'exprots' },
  ...over,
});

/** An answer that can be judged, and how Slack tells that it is. */
async function judged(app: SlackApp, api: SlackApi, said: 'yes' | 'no'): Promise<Wire> {
  await app.event(directMessage('how do I get an API key?'));
  await app.quiet();
  const nth = api.calls.findIndex(({ body }) => JSON.stringify(body.blocks ?? '').includes('"feedback_buttons"'));
  const seq = (await app.stored()).at(-1)?.seq;
  const message = { ts: api.tsOf(nth + 1), channel: 'D1', metadata: api.calls[nth]?.body.metadata };
  return ratingOf(message, `${said} ${seq}`);
}
const ended =
  (type: 'view_submission' | 'view_closed'): Prepare =>
  async (app, api) => {
    await app.press(await judged(app, api, 'no'));
    await app.quiet();
    const state = { values: { reason: { reason: { selected_option: { value: 'why-steps' } } } } };
    return done(formEndOf(type, { ...(api.of('views.open')[0]?.body.view as Wire), state }));
  };

const deliveries: Readonly<Record<string, Prepare>> = {
  'a direct message': () => event(directMessage('I get access denied')),
  'a mention': () => event(mention(`<@${bot}> how do I get an API key?`)),
  'a mention that is answered in private': () => event(mention(`<@${bot}> I get access denied`)),
  'an edit': () => {
    const message = {
      type: 'message',
      user: 'U1',
      ts,
      text: 'exports',
      edited: { user: 'U1', ts: '1795342390.000000' },
    };
    return event(change('message_changed', { message }));
  },
  'a deletion': () => event(change('message_deleted', { deleted_ts: ts })),
  'the opened page': () => event({ type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'messages', event_ts: ts }),
  'a thread of an assistant': () => {
    const thread = { user_id: 'U1', channel_id: 'D1', thread_ts: '1795342300.000100', context: {} };
    return event({ type: 'assistant_thread_started', assistant_thread: thread, event_ts: ts });
  },
  'a command': () => command(commandOf('exports')),
  'a shortcut on a message': () => done(shortcutOf('You have no access to exports.')),
  'the opened page of an account': () => event(homeOpened()),
  'a button on that page': async (app, api) => {
    await app.event(homeOpened());
    await app.quiet();
    return done(homePressOf('What plan am I on?', api.of('views.publish')[0]?.body.view as Wire));
  },
  'a pressed button': () => done(pressOf('Talk to a person')),
  'a yes to an answer': async (app, api) => done(await judged(app, api, 'yes')),
  'a no to an answer': async (app, api) => done(await judged(app, api, 'no')),
  'a form that was sent': ended('view_submission'),
  'a form that was closed': ended('view_closed'),
};

/** Delivers it so many times at once; resolves when each is acknowledged, and all that comes of them has come. */
type Deliver = (app: SlackApp, api: SlackApi, what: Delivery, times: number) => Promise<void>;
const ways: Readonly<Record<string, Deliver>> = {
  async 'posted to us'(app, _, { path, body }, times) {
    const post = () => app.post(path, signed(body, app.clock.now()));
    const answers = await Promise.all(Array.from({ length: times }, post));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
    await app.quiet();
  },
  async 'over a socket'(app, api, { type, payload }, times) {
    const slack = await startSlackSockets(api);
    app.product.start();
    await until(() => slack.open() > 0);
    await Promise.all(Array.from({ length: times }, () => slack.deliver(type, payload)));
    await app.quiet();
    slack.stop();
  },
};

describe('what Slack delivers ten times at once', () => {
  /** All that came of so many deliveries: what is stored, and what Slack was asked for. */
  async function effects(prepare: Prepare, deliver: Deliver, times: number) {
    const api = await startSlackApi();
    const app = await createSlackApp(api.url, { settings: overSocket });
    try {
      await deliver(app, api, await prepare(app, api), times);
      const [activities, feedback, tickets] = await Promise.all(
        (['activities', 'feedback', 'tickets'] as const).map((table) =>
          app.world.db.selectFrom(table).selectAll().execute(),
        ),
      );
      const asked = api.calls.map(({ method, body }) => `${method} ${String(body.text)}`).sort();
      return { activities, feedback, tickets, asked };
    } finally {
      await app.world.close();
      api.stop();
    }
  }

  for (const [way, deliver] of Object.entries(ways))
    for (const [what, prepare] of Object.entries(deliveries))
      it(`has one effect: ${what}, ${way}`, async () => {
        const [once, often] = [await effects(prepare, deliver, 1), await effects(prepare, deliver, 10)];
        assert.ok(once.activities?.length);
        assert.deepEqual(often, once);
      });
});
