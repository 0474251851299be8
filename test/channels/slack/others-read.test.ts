import type { Wire } from '../../../src/channels/wire.ts';
import { ada, assertOthersReadNothing, type Doing } from '../others-read.ts';
import { createSlackApp, type SlackApp } from './app.ts';
import { startSlackApi } from './far-end.ts';
import { bot, commandOf, directMessage, homeOpened, mention, pressOf, ratingOf, shortcutOf } from './posts.ts';

/** A channel, and the thread in it. */
type Place = readonly [channel: string, thread: string | null];
type Done = Doing<Place>;

/** Everything that somebody can do in Slack, as what is posted to us. */
const kinds = {
  mention: (app: SlackApp, { place: [channel, thread], words, nth }: Done) =>
    app.event(mention(`<@${bot}> ${words}`, { channel, ts: `17953424${nth}.000100`, ...inThread(thread) })),
  group: (app: SlackApp, { words, nth }: Done) => {
    const ts = `17953425${nth}.000100`;
    return app.event(directMessage(`<@${bot}> ${words}`, { channel: 'G1', channel_type: 'mpim', ts }));
  },
  direct: (app: SlackApp, { words, nth }: Done) => app.event(directMessage(words, { ts: `17953426${nth}.000100` })),
  press: (app: SlackApp, doing: Done) =>
    app.press(pressOf(doing.words, { channel: { id: doing.place[0] }, message: messageIn(doing) })),
  rate: (app: SlackApp, doing: Done) =>
    app.press(ratingOf({ ...messageIn(doing), channel: doing.place[0] }, `no ${doing.nth % 8}`)),
  command: (app: SlackApp, { place: [channel], words, nth }: Done) =>
    app.command(commandOf(words, { channel_id: channel, trigger_id: `command ${nth}` })),
  shortcut: (app: SlackApp, { place: [channel], words, nth }: Done) =>
    app.press(shortcutOf(words, { channel: { id: channel }, trigger_id: `shortcut ${nth}` })),
  home: (app: SlackApp) => app.event(homeOpened()),
};
const inThread = (thread: string | null) => thread !== null && { thread_ts: thread };
const messageIn = ({ place: [, thread], nth }: Done): Wire => ({ ts: `17953427${nth}.000100`, ...inThread(thread) });

const places: readonly Place[] = ['C1', 'C2', 'G1'].flatMap((channel) => [
  [channel, null],
  [channel, '1795342300.000100'],
]);

describe('whatever somebody whose account is known does in Slack', () => {
  let api: Awaited<ReturnType<typeof startSlackApi>>;
  before(async () => {
    api = await startSlackApi();
  });
  after(() => api.stop());

  async function start() {
    api.calls.length = 0;
    const app = await createSlackApp(api.url);
    await app.world.change('account of over-limit');
    await app.event(directMessage(await app.codeFor(ada)));
    // Her direct messages, her page and forms are hers.
    const isHers = ({ body }: (typeof api.calls)[number]) =>
      body.channel === 'D1' || body.user_id === 'U1' || body.view !== undefined;
    return {
      async does(kind: keyof typeof kinds, one: Done) {
        const { body } = await kinds[kind](app, one);
        await app.quiet();
        return String(body);
      },
      sent: () => api.calls.map((call) => ({ isHers: isHers(call), json: JSON.stringify(call) })),
      async close() {
        await app.quiet();
        await app.world.close();
      },
    };
  }

  it('tells nobody else anything of the account or the ticket, wherever they do it', () =>
    assertOthersReadNothing(Object.keys(kinds) as (keyof typeof kinds)[], places, start));
});
