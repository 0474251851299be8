import assert from 'node:assert/strict';
import { feedbackIn } from '../../support/feedback.ts';
import type { Wire } from '../../../src/channels/wire.ts';
import { conversationIdOf } from '../../../src/channels/inbound.ts';
import { feedbackContract, type Judged } from '../feedback-contract.ts';
import { complaints } from './cards.ts';
import { appId, tenant } from './far-end.ts';
import { executesIn, startSite, wordsOf, type Site } from './site.ts';

const place = (id: string) => ({ conversationType: 'personal', tenantId: tenant, id });
const question = 'how do I get an API key?';
const thanks = 'Thanks for the feedback';

feedbackContract('Teams', async () => {
  const site = await startSite();
  let count = 0;
  const next = () => (count += 1);
  return {
    ...{ world: site.world, quiet: () => site.quiet(), close: () => site.close() },
    open() {
      const conversation = place(`a:talk-${next()}`);
      const id = conversationIdOf('teams', `${tenant}|${conversation.id}`);
      return Promise.resolve({
        id,
        write: (text: string) => site.deliver({ text, id: `m${next()}`, conversation }),
        press(answered: boolean, reason: string | null = null, answer?: Judged) {
          const [name, eventId] = ['message/submitAction', `f:${next()}`];
          const feedback = JSON.stringify({ feedbackText: reason ?? '' });
          const actionValue = { reaction: answered ? 'like' : 'dislike', feedback };
          const value = { actionName: 'feedback', actionValue };
          return async () => {
            const replyToId = answer ? await nameOf(answer) : '';
            const invoke = { type: 'invoke', name, value, replyToId, id: eventId, conversation, text: undefined };
            return (await site.deliver(invoke)).status === 200;
          };
        },
      });
    },
  };

  /** What Teams calls the message of an answer. */
  async function nameOf({ conversationId, seq }: Judged): Promise<string> {
    for (let i = 1; i <= site.microsoft.asked.length; i += 1)
      if ((await site.world.store.addresses.seqOf(conversationId, `sent-${i}`)) === seq) return `sent-${i}`;
    return assert.fail('it has no name');
  }
});

describe('an answer judged with the thumbs of Teams', () => {
  let site: Site;
  let count = 0;
  beforeEach(async () => (site = await startSite()));
  afterEach(() => site.close());

  async function says(text: string, conversation = place('a:one')): Promise<void> {
    count += 1;
    await site.deliver({ text, id: `m${count}`, conversation });
    await site.quiet();
  }
  /** What Teams calls the messages with thumbs, in their order. */
  const judged = () =>
    site.microsoft.asked
      .filter(({ method }) => method === 'POST')
      .flatMap(({ body }, i) => (body.channelData ? [`sent-${i + 1}`] : []));
  async function ask(text = question, conversation = place('a:one')): Promise<string> {
    await says(text, conversation);
    return judged().at(-1) ?? assert.fail('nothing can be judged');
  }
  /** As Teams sends a thumb, or a form. */
  const invoke = (name: string, value: Wire, over: Wire = {}) => {
    count += 1;
    const usual = { type: 'invoke', id: `f:${count}`, text: undefined, attachments: undefined };
    return site.deliver({ ...usual, name, value: { actionName: 'feedback', actionValue: value }, ...over });
  };
  const submit = (reaction: string, words: string | Wire = '', over: Wire = {}) => {
    const form = typeof words === 'string' ? { feedbackText: words } : words;
    return invoke('message/submitAction', { reaction, feedback: JSON.stringify(form) }, over);
  };
  const stored = async () =>
    (await feedbackIn(site.world.db)).map(({ answered, reason, article }) => [answered, reason, article]);
  const told = () => site.told().join('\n');
  const thanked = () => told().split(thanks).length - 1;

  it('has them below the question, in the place of yes and no; what else can be pressed stays', async () => {
    const ref = await ask();
    const [asked = assert.fail()] = site.microsoft.asked.filter(({ body }) => body.channelData);
    assert.deepEqual(asked.body.channelData, { feedbackLoop: { type: 'default' } });
    assert.match(wordsOf(asked.body), /Did this answer your question\?/);
    assert.deepEqual(
      executesIn(asked.body).map(({ label }) => label),
      ['Show the steps'],
    );
    assert.ok(ref.startsWith('sent-'));
    await says('yes');
    assert.equal(thanked(), 1);
    const after = site.microsoft.asked.findLast(({ method }) => method === 'PUT')?.body;
    assert.deepEqual(after?.channelData, { feedbackLoop: { type: 'default' } });
  });

  it('is the answer whose message it was; the last one where Teams does not say which', async () => {
    const first = await ask();
    await ask('how do I invite a teammate?');
    for (const [replyToId, reaction, ofFirst, ofSecond] of [
      [first, 'like', 1, null],
      ['', 'dislike', 1, 0],
      [first, 'dislike', 0, 0],
      [undefined, 'like', 0, 1],
    ] as const) {
      await submit(reaction, '', { replyToId });
      await site.quiet();
      const rows = [
        [ofFirst, null, 'get-an-api-key'],
        [ofSecond, null, 'invite-a-teammate'],
      ];
      assert.deepEqual(
        await stored(),
        rows.filter(([answered]) => answered !== null),
      );
    }
  });

  it('is refused, and stored nowhere, where it is of nothing, or of something that asks nothing', async () => {
    await ask();
    await says('hello', place('a:other'));
    const refused = await Promise.all([
      submit('like', '', { replyToId: '', conversation: place('a:other') }),
      submit('like', '', { replyToId: '', conversation: place('a:never') }),
      ...['sent-1', 'sent-99', 'f:x'].map((ref) => submit('like', '', { replyToId: ref })),
    ]);
    await site.quiet();
    assert.ok(refused.every(({ status, body }) => status === 400 && JSON.stringify(body) === '{}'));
    assert.deepEqual(await stored(), []);
    assert.deepEqual(
      await site.refused(),
      refused.map(() => 'feedback-unknown'),
    );
  });

  it('is read in every shape in which it was seen, and in no other', async () => {
    const replyToId = await ask();
    const shapes: readonly (readonly [unknown, string | null])[] = [
      ['{"feedbackText":"one"}', 'one'],
      [{ feedbackText: 'two' }, 'two'],
      ['three', 'three'],
      ['{"reason":"why-steps","feedbackText":""}', 'why-steps'],
      ['{"reason":"why-steps","feedbackText":"four"}', 'four'],
      ['{"reason":"delete everything"}', null],
      ['', null],
      [undefined, null],
      [7, null],
    ];
    for (const [shape, reason] of shapes) {
      const { status, body } = await invoke(
        'message/submitAction',
        { reaction: 'dislike', feedback: shape },
        { replyToId },
      );
      assert.deepEqual([status, body], [200, {}]);
      await site.quiet();
      const rated = (await site.stored()).flatMap((one) => ('reason' in one ? [one.reason] : []));
      assert.equal(rated.at(-1), reason, JSON.stringify(shape));
    }
    for (const value of [{ reaction: 'love' }, { reaction: 1 }, {}])
      assert.equal((await invoke('message/submitAction', value, { replyToId })).status, 501);
    assert.equal((await invoke('message/submitAction', { reaction: 'like' }, { replyToId, value: null })).status, 501);
  });

  it('opens a form for a thumb down that offers the four reasons and own words', async () => {
    const replyToId = await ask();
    const { status, body } = await invoke('message/fetchTask', { reaction: 'dislike' }, { replyToId });
    await site.quiet();
    const { type, value } = body.task as { type: string; value: { title: string; card: { content: Wire } } };
    assert.deepEqual([status, type, value.title], [200, 'continue', 'What was missing?']);
    assert.deepEqual(complaints(value.card.content), []);
    const words = wordsOf(value.card.content);
    for (const one of ['why-wrong-cause', 'why-steps', 'why-still-blocked', 'why-unclear'])
      assert.ok(words.includes(one));
    assert.deepEqual([thanked(), await stored()], [0, [[0, null, 'get-an-api-key']]]);
    await submit('dislike', { reason: 'why-steps', feedbackText: '' }, { replyToId });
    await site.quiet();
    assert.deepEqual([thanked(), await stored()], [1, [[0, 'why-steps', 'get-an-api-key']]]);
    assert.match(told(), /LK-/);
  });

  it('asks nothing more for a thumb up, and says where there is nothing to judge', async () => {
    const replyToId = await ask();
    const { body } = await invoke('message/fetchTask', { reaction: 'like' }, { replyToId });
    await site.quiet();
    assert.deepEqual(body.task, { type: 'message', value: 'That counts as a yes. You can close this.' });
    assert.deepEqual([thanked(), await stored()], [1, [[1, null, 'get-an-api-key']]]);
    const gone = await invoke('message/fetchTask', { reaction: 'like' }, { replyToId: 'sent-99' });
    assert.deepEqual(gone.body.task, { type: 'message', value: 'There is no answer to judge here any more.' });
  });

  it('counts in a channel, from whoever reads along', async () => {
    const channel = { conversationType: 'channel', tenantId: tenant, id: '19:general@thread.tacv2;messageid=17' };
    const entities = [{ type: 'mention', text: '<at>L</at>', mentioned: { id: `28:${appId}` } }];
    await site.deliver({ text: `<at>L</at> ${question}`, id: 'm0', conversation: channel, entities });
    await site.quiet();
    const replyToId = judged().at(-1);
    const from = { id: '29:other', aadObjectId: '00000000-0000-4000-8000-0000000000aa' };
    await submit('like', '', { replyToId, conversation: channel, from });
    await site.quiet();
    assert.deepEqual(await stored(), [[1, null, 'get-an-api-key']]);
    assert.equal((await submit('like', '', { replyToId, conversation: channel, from: { id: '29:x' } })).status, 501);
  });
});
