import assert from 'node:assert/strict';
import { ActivityHandler, MessageFactory, type Middleware, type TurnContext } from 'botbuilder';
import { emptyMemory } from '../../dialogs/memory.ts';
import { Turn, turnOf } from '../../dialogs/turn.ts';
import { TurnAdapter } from '../../src/bot/turn-adapter.ts';
import type { InboundActivity } from '../../src/domain/activity.ts';
import type { PendingActivity } from '../../src/domain/ports.ts';
import { noEntities } from '../../src/domain/recognition.ts';
import { createWords } from '../../src/knowledge/wording.ts';
import { nextEffects } from '../support/effects.ts';
import { content, fakeClock } from '../support/fakes.ts';
import { openInMemory } from '../support/in-memory.ts';
import { storeOver, textOf, written } from '../support/store.ts';

const at = Date.UTC(2026, 10, 22, 10, 12);
const hello: InboundActivity = { type: 'message', text: 'hello' };
const pendingOf = (activity: InboundActivity, author: string | null = 'dl_1'): PendingActivity => ({
  ...{ ...activity, seq: 7, at, author, attempts: 0 },
});

/** A turn in which nothing was said yet. */
function turnOver(inbound: InboundActivity, shared = false): Turn {
  const recognized = { text: '', intent: null, subIntent: null, confidence: 0, entities: noEntities };
  return new Turn({
    ...{ inbound, at: 0, recognized: { ...recognized, alternatives: [], also: [], language: null } },
    ...{ memory: emptyMemory(), stack: [], words: createWords(content, 'https://help.test', undefined, 'customer') },
    ...{
      subject: null,
      conversationId: 'talk',
      channel: 'direct-line',
      locale: 'en',
      shared,
      from: null,
      answering: null,
    },
  });
}

type Act = (context: TurnContext) => Promise<unknown>;
const nothing: Act = () => Promise.resolve();

/** Runs a turn whose handler of messages acts so, behind this middleware. */
async function run(act: Act, middleware: readonly Middleware[] = [], turn = turnOver(hello)): Promise<Turn> {
  const bot = new ActivityHandler();
  bot.onMessage(async (context, next) => {
    await act(context);
    await next();
  });
  const adapter = new TurnAdapter();
  for (const one of middleware) adapter.use(one);
  await adapter.run(bot, turn, pendingOf(hello));
  return turn;
}

/** Middleware that acts before the bot, and after it. */
const around = (before: Act, after: Act = nothing): Middleware => ({
  async onTurn(context, next) {
    await before(context);
    await next();
    await after(context);
  },
});
const textsOf = ({ replies }: Turn) => replies.map(({ text }) => text);

describe('what is sent to the adapter of a turn', () => {
  it('is a reply like those of dialogs', async () => {
    const turn = await run((context) => context.sendActivity('Hello.'));
    assert.deepEqual(turn.replies, [{ kind: 'text', text: 'Hello.', actions: [] }]);
    assert.deepEqual(turn.memory.offered, []);
  });

  it('is said in order: by middleware, by the handler, by a dialog', async () => {
    const turn = await run(
      async (context) => {
        await context.sendActivity('third');
        turnOf(context).say('hello');
        await context.sendActivities([{ type: 'message', text: 'fifth' }, { text: 'sixth' }]);
      },
      [
        around(
          (context) => context.sendActivity('first'),
          (context) => context.sendActivity('eighth'),
        ),
        around(
          (context) => context.sendActivity('second'),
          (context) => context.sendActivity('seventh'),
        ),
      ],
    );
    const { hello: fourth = '' } = content.replies.lines;
    const order = ['first', 'second', 'third', fourth, 'fifth', 'sixth', 'seventh', 'eighth'];
    assert.deepEqual(textsOf(turn), order);
  });

  it('has its buttons below the last reply, in place of any others, by what they say', async () => {
    const turn = await run(
      (context) => {
        turnOf(context).offer([{ label: 'Yes', means: 'yes' }]);
        return Promise.resolve();
      },
      [around(nothing, (context) => context.sendActivity(MessageFactory.suggestedActions(['Export', 'No'], 'Which?')))],
    );
    assert.deepEqual(textsOf(turn), ['Which?']);
    assert.deepEqual(turn.memory.offered, [
      { label: 'Export', means: '' },
      { label: 'No', means: '' },
    ]);
  });

  it('is stored as replies, beside what a dialog said', async () => {
    const store = await storeOver(await openInMemory(), fakeClock());
    await store.open({ id: 'talk', channel: 'x', userId: 'dl_1', subject: null, locale: 'en', shared: false });
    await store.receive('talk', written('hello'));
    const turn = await run(
      (context) => Promise.resolve(turnOf(context).say('hello')),
      [around((context) => context.sendActivity('before'))],
    );
    await store.commit(await nextEffects(store, 'talk', { replies: turn.replies }));
    const kept = await store.activitiesAfter('talk', 1, 9);
    await store.close();
    assert.deepEqual(
      kept.map((one) => [one.type, one.author, textOf(one)]),
      [
        ['reply', null, 'before'],
        ['reply', null, content.replies.lines.hello],
      ],
    );
  });

  it('says nothing where it is no message: that an answer is on its way, or what is for developers', async () => {
    const turn = await run(async (context) => {
      await context.sendActivity({ type: 'typing' });
      await context.sendTraceActivity('trace', { secret: 1 });
      await context.sendActivity({ type: 'event', name: 'x', text: 'y' });
      await context.sendActivity({ type: 'delay', value: 1 });
    });
    assert.deepEqual([turn.replies, turn.memory.offered], [[], []]);
  });

  it('cannot be changed or taken back, for it is stored before it is sent', async () => {
    const turn = await run(async (context) => {
      const sent = await context.sendActivity('Hello.');
      await assert.rejects(
        context.updateActivity({ ...sent, type: 'message', text: 'Good bye.' }),
        /cannot be changed/,
      );
      await assert.rejects(context.deleteActivity(sent?.id ?? ''), /cannot be taken back/);
      const { adapter } = context;
      await assert.rejects(
        adapter.continueConversation({}, () => Promise.resolve()),
        /begins with a stored activity/,
      );
    });
    assert.deepEqual(textsOf(turn), ['Hello.']);
  });
});

describe('the turn of an adapter', () => {
  const event = { type: 'event', name: 'ticket-closed', ticket: 'LK-1', by: 'Ada', atDesk: false } as const;
  for (const [inbound, author, handler, seen] of [
    [hello, 'dl_1', 'onMessage', { type: 'message', text: 'hello' }],
    [{ type: 'event', name: 'opened' }, 'dl_1', 'onConversationUpdate', { type: 'conversationUpdate' }],
    [{ type: 'event', name: 'linked' }, 'dl_1', 'onEvent', { type: 'event', name: 'linked' }],
    [event, null, 'onEvent', { type: 'event', name: 'ticket-closed' }],
  ] as const)
    it(`comes to ${handler}, with whose it is: ${inbound.type === 'event' ? inbound.name : inbound.text}`, async () => {
      const contexts: TurnContext['activity'][] = [];
      const bot = new ActivityHandler();
      bot[handler](async (context, next) => {
        contexts.push({ ...context.activity });
        await next();
      });
      await new TurnAdapter().run(bot, turnOver(inbound, true), pendingOf(inbound, author));
      const [{ id, timestamp, channelId, from, conversation, ...rest } = assert.fail(), ...others] = contexts;
      assert.deepEqual(others, []);
      assert.deepEqual([id, timestamp, channelId], ['7', new Date(at), 'direct-line']);
      assert.deepEqual([from.id, conversation.id, conversation.isGroup], [author ?? 'latchkey', 'talk', true]);
      const { recipient, ...is } = rest;
      assert.deepEqual([recipient.id, is], ['latchkey', seen]);
    });

  it('ends with middleware that does not go on, and fails with what fails', async () => {
    const last: Middleware = {
      async onTurn(context) {
        await context.sendActivity('Not now.');
      },
    };
    const stopped = await run((context) => context.sendActivity('Hello.'), [last]);
    assert.deepEqual(textsOf(stopped), ['Not now.']);
    const broken = around(() => Promise.reject(new Error('broken')));
    await assert.rejects(run(nothing, [broken]), /broken/);
    await assert.rejects(
      run(() => Promise.reject(new Error('broken, too'))),
      /broken, too/,
    );
  });
});
