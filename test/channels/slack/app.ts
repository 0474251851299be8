import { conversationIdOf } from '../../../src/channels/inbound.ts';
import type { Channel } from '../../../src/channels/channel.ts';
import { createSlack } from '../../../src/channels/slack/index.ts';
import type { SlackSettings } from '../../../src/channels/slack/settings.ts';
import type { Wire } from '../../../src/channels/wire.ts';
import { createEvents } from '../../../src/domain/events.ts';
import type { SubjectFields } from '../../../src/domain/subject.ts';
import { content, countingRandom, fakeClock, keptLog } from '../../support/fakes.ts';
import { testParts } from '../../support/parts.ts';
import { written } from '../../support/store.ts';
import { createWorld } from '../../support/world.ts';
import { needsAlone } from '../alone.ts';
import { callRoute, metricsKey, quiet, refusalsOf, takeUp } from '../served.ts';
import { createSlackApi, slackAt } from './far-end.ts';
import { callbackOf, formOf, secret, signed, type Post } from './posts.ts';
import { noChannels } from '../../support/settings.ts';

export type SlackApp = Awaited<ReturnType<typeof createSlackApp>>;

/** How a test's app differs. */
export interface Differences {
  readonly settings?: Partial<SlackSettings>;
  /** False: what is stored is left unanswered. */
  readonly answers?: boolean;
}

/** Posted to, and no more than it needs. */
export const usual: SlackSettings = {
  ...{
    signingSecret: secret,
    botToken: 'xoxb-1-secret-token',
    appToken: null,
    appId: null,
    teams: [],
    trustedTeams: [],
  },
  escalations: null,
};

/** Heard over a socket. */
export const overSocket = { appToken: 'xapp-1-A1-not-a-real-token' };

/** The channel by itself: what is posted to it leads to nothing. */
export function createSlackAlone(apiUrl: string, settings: Partial<SlackSettings>): Channel {
  return createSlack({ ...usual, ...settings }, { ...needsAlone(), fetch: slackAt(apiUrl) });
}

/** The whole product, connected with Slack, whose Web API is at `apiUrl`. */
export async function createSlackApp(apiUrl: string, differs: Differences = {}) {
  const { config } = testParts({ clock: fakeClock(), random: countingRandom(), log: keptLog() });
  const channels = { ...noChannels, slack: { ...usual, ...differs.settings } };
  const prompts = ['I get access denied', 'How much have I used?'];
  const world = await createWorld('nobody', undefined, undefined, {
    config: { ...config, channels, metricsKey },
    content: { ...content, replies: { ...content.replies, prompts } },
    fetch: slackAt(apiUrl),
    // Of what these tell, the store knows nothing.
    ...(differs.answers === false && { events: createEvents() }),
  });
  const { store, clock, log, product } = world;
  const post = (path: string, sent: Post) => callRoute(product, path, sent);

  return {
    ...{ world, store, clock, log, product, post },
    event: (event: Wire, over: Wire = {}) =>
      post('/slack/events', signed(JSON.stringify(callbackOf(event, over)), clock.now())),
    command: (form: string) => post('/slack/commands', signed(form, clock.now())),
    press: (press: Wire) => post('/slack/actions', signed(formOf(press), clock.now())),
    quiet: () => quiet(product),
    takeUp: () => takeUp(product),
    /** Why posts were refused. */
    refused: () => refusalsOf(product, 'slack'),
    /** What is stored of the talk at a place. */
    stored: (place = 'T1|D1') => store.activitiesAfter(conversationIdOf('slack', place), 0, 1_000),
    /** A code that links to an account, as the chat on the site gives it. */
    async codeFor(subject: SubjectFields): Promise<string> {
      const id = `web ${subject.userId}`;
      await store.open({ id, channel: 'direct-line', userId: 'u', subject, locale: 'en', shared: false });
      await store.receive(id, written('connect Slack'));
      await quiet(product);
      const code = /LINK-[0-9A-Z]{10}/.exec(JSON.stringify(await store.activitiesAfter(id, 0, 100)));
      if (!code) throw new Error('no code was given');
      return code[0];
    },
  };
}

/** Slack's end for the tests of a block, and a product in each that is connected with it: `open` gives it, `end` ends it before the test does. */
export function slackInTests() {
  const api = createSlackApi();
  const apps: SlackApp[] = [];
  async function end() {
    for (const app of apps.splice(0)) {
      await app.quiet();
      await app.world.close();
    }
    api.forget();
  }
  async function open(differs?: Differences): Promise<SlackApp> {
    const app = await createSlackApp(api.url, differs);
    apps.push(app);
    return app;
  }
  before(() => api.start());
  after(() => api.stop());
  afterEach(end);
  return { api, open, end };
}
