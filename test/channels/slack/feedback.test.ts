import assert from 'node:assert/strict';
import { feedbackIn } from '../../support/feedback.ts';
import type { Wire } from '../../../src/channels/wire.ts';
import { conversationIdOf } from '../../../src/channels/inbound.ts';
import { onEachStore } from '../../support/databases.ts';
import { feedbackContract, type Judged, type RatingSite } from '../feedback-contract.ts';
import { createSlackApp, slackInTests, type SlackApp } from './app.ts';
import { startSlackApi } from './far-end.ts';
import { directMessage, formEndOf, ratingOf } from './posts.ts';

interface Block {
  readonly type: string;
  readonly elements: readonly {
    readonly positive_button: { readonly value: string };
    readonly negative_button: { readonly value: string };
  }[];
}

const chose = (value: string) => ({ reason: { reason: { type: 'radio_buttons', selected_option: { value } } } });
const wrote = (value: string) => ({ words: { words: { type: 'plain_text_input', value } } });

/** Customers who press Slack's control, and send or close the form that a no opens. */
async function startRatingSite(): Promise<RatingSite> {
  const api = await startSlackApi();
  const app = await createSlackApp(api.url);
  let count = 0;
  const newTs = () => `1795342320.${String((count += 1)).padStart(6, '0')}`;

  function open() {
    count += 1;
    const [channel, user] = [`D${count}`, { id: `U${count}`, team_id: 'T1' }];
    const id = conversationIdOf('slack', `T1|${channel}`);
    const lastAnswer = async () => {
      const all = await app.stored(`T1|${channel}`);
      return all.findLast((one) => one.type === 'reply' && one.reply.kind === 'feedback')?.seq;
    };
    const press = (answered: boolean, reason: string | null = null, answer?: Judged) => {
      const [at, trigger_id] = [newTs(), newTs()];
      return async () => {
        const before = (await app.refused()).length;
        const seq = answer?.seq ?? (await lastAnswer());
        const metadata = { event_payload: { conversation: answer?.conversationId ?? id } };
        const message = { ts: `1795342300.${String(seq).padStart(6, '0')}`, channel, metadata };
        const pressed = ratingOf(message, `${answered ? 'yes' : 'no'} ${seq}`, { user, trigger_id }, at);
        assert.equal((await app.press(pressed)).status, 200);
        if (!answered) await app.quiet();
        const form = api.of('views.open').find(({ body }) => body.trigger_id === trigger_id)?.body.view;
        const values = reason === null ? {} : wrote(reason);
        const end = reason === null ? 'view_closed' : 'view_submission';
        if (form) await app.press(formEndOf(end, { ...(form as Wire), id: trigger_id, state: { values } }, { user }));
        return (await app.refused()).length === before;
      };
    };
    const write = (text: string) => app.event(directMessage(text, { channel, user: user.id, ts: newTs() }));
    return Promise.resolve({ id, write, press });
  }
  return {
    ...{ world: app.world, open, quiet: app.quiet },
    async close() {
      await app.world.close();
      api.stop();
    },
  };
}

onEachStore('feedback', () => feedbackContract('Slack', startRatingSite));

describe('Slack’s own control below an answer', () => {
  const { api, open, end } = slackInTests();
  let app: SlackApp;
  beforeEach(begin);
  async function begin() {
    app = await open();
    await app.event(directMessage('how do I get an API key?'));
    await app.quiet();
  }

  /** The message with the control, as Slack tells of it, and what its buttons send. */
  function asked() {
    const nth = api.calls.findIndex(({ body }) => JSON.stringify(body.blocks ?? '').includes('"feedback_buttons"'));
    const { body } = api.calls[nth] ?? assert.fail('nothing can be judged');
    const control = (body.blocks as Block[]).find(({ type }) => type === 'context_actions')?.elements[0];
    const { positive_button: yes, negative_button: no } = control ?? assert.fail();
    const message: Wire = { ts: api.tsOf(nth + 1), channel: 'D1', metadata: body.metadata };
    return { message, yes: yes.value, no: no.value };
  }
  async function press(value: string, over: Wire = {}) {
    assert.equal((await app.press(ratingOf(asked().message, value, over))).status, 200);
    await app.quiet();
  }
  const form = () => (api.of('views.open').at(-1) ?? assert.fail('no form')).body.view as Wire;
  async function endForm(type: 'view_submission' | 'view_closed', values: Wire = {}, over: Wire = {}) {
    const sent = { ...form(), state: { values } };
    assert.deepEqual(await app.press(formEndOf(type, sent, over)), { status: 200, type: 'text/plain', body: '' });
    await app.quiet();
  }
  const kept = async () =>
    (await feedbackIn(app.world.db)).map(({ answered, reason, article }) => [answered ? 'yes' : 'no', reason, article]);
  const said = () => api.of('chat.postMessage').map(({ body }) => String(body.text));

  it('leaves in its place what was chosen', async () => {
    await press(asked().yes);
    const { body: update } = api.of('chat.update').at(-1) ?? assert.fail();
    assert.equal(update.ts, asked().message.ts);
    assert.match(JSON.stringify(update.blocks), /You chose “Yes”\./);
    assert.doesNotMatch(JSON.stringify(update.blocks), /context_actions/);
  });

  it('keeps a no, and asks why in a form before anything is said', async () => {
    const before = said();
    await press(asked().no);
    assert.deepEqual([await kept(), said()], [[['no', null, 'get-an-api-key']], before]);
    const { title, blocks, notify_on_close } = form();
    assert.deepEqual([(title as Wire).text, notify_on_close], ['Your feedback', true]);
    assert.equal(JSON.stringify(form()).split('What was missing?').length, 2);
    assert.match(JSON.stringify(blocks), /"radio_buttons".*The cause is wrong.*hard to follow.*"plain_text_input"/);

    await endForm('view_submission', chose('why-steps'));
    assert.deepEqual(await kept(), [['no', 'why-steps', 'get-an-api-key']]);
    assert.match(said().slice(before.length).join(' '), /Thanks for the feedback/);
    assert.match(JSON.stringify(api.of('chat.update').at(-1)?.body.blocks), /You chose “No”\./);
  });

  it('keeps a reason in their own words beside the one that they chose', async () => {
    await press(asked().no);
    await endForm('view_submission', { ...chose('why-steps'), ...wrote(' it fails ') });
    assert.deepEqual(await kept(), [['no', 'The steps didn’t help: it fails', 'get-an-api-key']]);
  });

  it('asks in the talk where the form was closed, sent empty, or not opened', async () => {
    for (const ended of ['view_closed', 'view_submission', null] as const) {
      if (ended === null) api.faults.push({ body: '{"ok":false,"error":"expired_trigger_id"}' });
      await press(asked().no);
      if (ended !== null) await endForm(ended);
      assert.match(said().slice(-2).join(' '), /Thanks for the feedback.*What was missing\?/s);
      assert.deepEqual(await kept(), [['no', null, 'get-an-api-key']]);
      await end();
      await begin();
    }
  });

  it('gets its answer though Slack opens no form yet', async () => {
    const { promise, resolve: open } = Promise.withResolvers<undefined>();
    api.state.answersOpening = promise;
    assert.equal((await app.press(ratingOf(asked().message, asked().no))).status, 200);
    open(undefined);
    await app.quiet();
    assert.equal(api.of('views.open').length, 1);
  });

  it('judges nothing that is no answer of the talk it stands in', async () => {
    const { message, yes, no } = asked();
    const seq = Number(yes.split(' ')[1]);
    for (const value of [`yes ${seq - 1}`, 'yes 999', `maybe ${seq}`, 'yes', `yes ${seq} `, ''])
      await app.press(ratingOf(message, value));
    await app.press(ratingOf({ ...message, channel: 'D2' }, yes));
    await app.press(ratingOf({ ...message, channel: 'D2', metadata: undefined }, yes));
    await press(no);
    const about = JSON.parse(String(form().private_metadata)) as Wire;
    const refused = (await app.refused()).length;
    const bent: Wire[] = [{ ...about, user: 'U2' }, { ...about, team: 'T2' }, { ...about, channel: 'D2' }, { seq }];
    for (const one of [...bent.map((each) => JSON.stringify(each)), 'x'])
      await app.press(formEndOf('view_submission', { ...form(), private_metadata: one, state: { values: {} } }));
    for (const over of [{ user: { id: 'U2' } }, { team: { id: 'T9' }, user: { id: 'U1', team_id: 'T9' } }])
      await app.press(formEndOf('view_submission', { ...form(), state: { values: {} } }, over));
    await app.quiet();
    assert.deepEqual(await kept(), [['no', null, 'get-an-api-key']]);
    assert.deepEqual([refused, await app.refused()], [7, Array(14).fill('slack-rating')]);
  });
});
