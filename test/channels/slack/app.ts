import { Readable } from 'node:stream';
import { createCourier } from '../../../src/channels/courier.ts';
import { conversationIdOf, createInbox } from '../../../src/channels/inbox.ts';
import type { SlackSettings } from '../../../src/channels/slack/settings.ts';
import { createSlack, type SlackNeeds } from '../../../src/channels/slack/slack.ts';
import type { Wire } from '../../../src/domain/ports.ts';
import type { SubjectFields } from '../../../src/domain/subject.ts';
import { errorAnswer, type Answer } from '../../../src/http/answer.ts';
import type { Call } from '../../../src/http/route.ts';
import { countingRandom, nobodyClaims } from '../../support/fakes.ts';
import { createWorld } from '../../support/world.ts';
import { callbackOf, formOf, secret, signed, type Post } from './posts.ts';

export type SlackApp = Awaited<ReturnType<typeof createSlackApp>>;

/** How a test's app differs. */
export interface Differences {
  readonly settings?: Partial<SlackSettings>;
  readonly needs?: Partial<SlackNeeds>;
  /** False: what is stored is left unanswered. */
  readonly answers?: boolean;
}

/** The Slack channel with the real inbox, turns, courier and store; its Web API is at `apiUrl`. */
export async function createSlackApp(apiUrl: string, { settings, needs, answers = true }: Differences = {}) {
  const world = await createWorld('nobody');
  const { store, clock, queue, log } = world;
  const [random, refused] = [countingRandom(), [] as string[]];
  const inbox = createInbox({
    ...{ conversations: store, addresses: store.addresses, links: store.links, clock, messagesPer10s: 1e6 },
    answer: (id) => void (answers && queue.answer(id).then(() => courier.wake(id))),
    typing: (id) => void courier.typing(id),
  });
  const channel = createSlack(
    {
      signingSecret: secret,
      botToken: 'xoxb-1-secret-token',
      appId: null,
      teams: [],
      trustedTeams: [],
      escalations: null,
      ...settings,
    },
    {
      ...{ inbox, clock, random, log, fetch, apiUrl, refused: (why) => void refused.push(why) },
      ...{ prompts: ['I get access denied', 'How much have I used?'], claim: nobodyClaims, ...needs },
    },
  );
  const courier = createCourier({
    ...{ addresses: store.addresses, conversations: store, carriers: [channel.carrier], clock, random, log },
  });

  async function post(path: string, { body, headers }: Post): Promise<Answer> {
    const handler = channel.routes.find(([, at]) => at === path)?.[2];
    if (!handler) throw new Error(`nothing is at ${path}`);
    try {
      return await handler(Object.assign(Readable.from([Buffer.from(body)]), { headers }) as unknown as Call);
    } catch (error) {
      return errorAnswer(error);
    }
  }

  return {
    ...{ world, store, clock, log, channel, courier, refused, post },
    event: (event: Wire, over: Wire = {}) =>
      post('/slack/events', signed(JSON.stringify(callbackOf(event, over)), clock.now())),
    press: (press: Wire) => post('/slack/actions', signed(formOf(press), clock.now())),
    async quiet() {
      // The courier is woken when the turns are done.
      for (let i = 0; i < 3; i += 1) {
        await queue.idle();
        await new Promise((done) => setImmediate(done));
        await courier.idle();
      }
    },
    /** What is stored of the talk at a place. */
    async stored(place = 'T1|D1') {
      return (await store.activitiesAfter(conversationIdOf('slack', place), 0, 1_000)).map(({ activity }) => activity);
    },
    /** A code that links to an account, as the chat on the site gives it. */
    async codeFor(subject: SubjectFields): Promise<string> {
      const id = `web ${subject.userId}`;
      await store.open({ id, channel: 'direct-line', userId: 'u', subject, locale: 'en', shared: false });
      await store.receive(id, 'client:1', { type: 'message', text: 'connect Slack' });
      await queue.answer(id);
      const code = /LINK-[0-9A-Z]{10}/.exec(JSON.stringify(await store.activitiesAfter(id, 0, 100)));
      if (!code) throw new Error('no code was given');
      return code[0];
    },
  };
}
