import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Wire } from '../../../src/channels/wire.ts';
import type { SubjectFields } from '../../../src/domain/subject.ts';
import { rounds } from '../../support/rounds.ts';
import { createSlackApp, type SlackApp } from './app.ts';
import { startSlackApi } from './far-end.ts';
import { bot, commandOf, directMessage, homeOpened, mention, pressOf, ratingOf, shortcutOf } from './posts.ts';

const ada: SubjectFields = { accountId: 'acct_42', userId: 'usr_7', verifiedBy: 'signed-identity', name: 'Ada' };
/** What only the account, or her ticket, tells. */
const facts = /You’re on|500,000|You’ve reached|Your subscription|\bAda\b|LK-/;

interface Doing {
  readonly kind: keyof typeof kinds;
  readonly channel: string;
  readonly thread: string | null;
  readonly words: string;
  readonly nth: number;
}

/** Everything that somebody can do in Slack, as what is posted to us. */
const kinds = {
  mention: (app: SlackApp, { channel, thread, words, nth }: Doing) =>
    app.event(mention(`<@${bot}> ${words}`, { channel, ts: `17953424${nth}.000100`, ...inThread(thread) })),
  group: (app: SlackApp, { words, nth }: Doing) => {
    const ts = `17953425${nth}.000100`;
    return app.event(directMessage(`<@${bot}> ${words}`, { channel: 'G1', channel_type: 'mpim', ts }));
  },
  direct: (app: SlackApp, { words, nth }: Doing) => app.event(directMessage(words, { ts: `17953426${nth}.000100` })),
  press: (app: SlackApp, doing: Doing) =>
    app.press(pressOf(doing.words, { channel: { id: doing.channel }, message: messageIn(doing) })),
  rate: (app: SlackApp, doing: Doing) =>
    app.press(ratingOf({ ...messageIn(doing), channel: doing.channel }, `no ${doing.nth % 8}`)),
  command: (app: SlackApp, { channel, words, nth }: Doing) =>
    app.command(commandOf(words, { channel_id: channel, trigger_id: `command ${nth}` })),
  shortcut: (app: SlackApp, { channel, words, nth }: Doing) =>
    app.press(shortcutOf(words, { channel: { id: channel }, trigger_id: `shortcut ${nth}` })),
  home: (app: SlackApp) => app.event(homeOpened()),
};
const inThread = (thread: string | null) => thread !== null && { thread_ts: thread };
const messageIn = ({ thread, nth }: Doing): Wire => ({ ts: `17953427${nth}.000100`, ...inThread(thread) });

const doing = fc.record({
  kind: fc.constantFrom(...(Object.keys(kinds) as (keyof typeof kinds)[])),
  channel: fc.constantFrom('C1', 'C2', 'G1'),
  thread: fc.constantFrom(null, '1795342300.000100'),
  words: fc.constantFrom(
    ...['I get access denied when I try to export', 'How much have I used?', 'What plan am I on?', 'exports'],
    ...['Talk to a person', 'How is my ticket?', 'yes', 'no', 'Check again', 'how do I get an API key?'],
  ),
  nth: fc.integer({ min: 10, max: 99 }),
});

describe('whatever somebody whose account is known does in Slack', () => {
  let api: Awaited<ReturnType<typeof startSlackApi>>;
  before(async () => {
    api = await startSlackApi();
  });
  after(() => api.stop());

  it('tells nobody else anything of the account or the ticket, wherever they do it', async () => {
    let toldHer = 0;
    const property = fc.asyncProperty(fc.array(doing, { minLength: 4, maxLength: 10 }), async (doings) => {
      api.calls.length = 0;
      const app = await createSlackApp(api.url);
      try {
        await app.world.change('account of over-limit');
        await app.event(directMessage(await app.codeFor(ada)));
        for (const one of doings) {
          const { body } = await kinds[one.kind](app, one);
          assert.doesNotMatch(String(body), facts);
          await app.quiet();
        }
      } finally {
        await app.quiet();
        await app.world.close();
      }
      // Her direct messages, her page and forms are hers.
      const isHers = ({ body }: (typeof api.calls)[number]) =>
        body.channel === 'D1' || body.user_id === 'U1' || body.view !== undefined;
      for (const call of api.calls.filter((one) => !isHers(one))) assert.doesNotMatch(JSON.stringify(call), facts);
      toldHer += api.calls.filter((one) => isHers(one) && facts.test(JSON.stringify(one))).length;
    });
    await fc.assert(property, { numRuns: rounds(50) });
    assert.ok(toldHer > 0, 'the facts were told to nobody at all');
  });
});
