import assert from 'node:assert/strict';
import { drawsThumbs } from '../../../src/channels/direct-line/thumbs.ts';
import type { Wire } from '../../../src/channels/wire.ts';
import { bearer, buttonsOf, call, latchkeyOf, openChat, openStream, type Chat } from '../../support/direct-line.ts';
import { startTestProduct, type TestProduct } from '../../support/product.ts';
import { thumbOf } from './thumbs.ts';

const webChat = 'DirectLine/3.0 (directlinejs; WebChat/4.18.1 (Full) 0.15.5)';
const asks = (one: Wire) => latchkeyOf(one).kind === 'feedback';

describe('thumbs below an answer', () => {
  let product: TestProduct;
  let chat: Chat;
  let asked: Wire;
  before(async () => {
    product = await startTestProduct();
    chat = await openChat(product.url);
    await chat.write('how do I get an API key?');
    const stream = await chat.listen();
    asked = await stream.until(asks);
    await stream.close();
  });
  after(() => product.stop());

  const by = (agent: string, path: string) =>
    call(`${product.url}/v3/directline/conversations/${chat.id}${path}`, 'GET', undefined, {
      ...bearer(chat.token),
      'x-ms-bot-agent': agent,
    });
  const stored = async () => (await product.store.activitiesAfter(chat.id, 0, 100)).length;

  it('are buttons for a client that does not say that it draws thumbs', async () => {
    assert.deepEqual(buttonsOf(asked), ['Yes', 'No', 'Show the steps']);
    assert.equal(asked.entities, undefined);
    const { body } = await by('DirectLine/3.0 (directlinejs 0.15.8)', '/activities');
    assert.deepEqual((body.activities as Wire[]).find(asks), asked);
  });

  it('are what official Web Chat reads, in the place of these buttons, however it fetches them', async () => {
    const polled = ((await by(webChat, '/activities')).body.activities as Wire[]).find(asks);
    const { body } = await by(webChat, '?watermark=');
    const stream = await openStream(String(body.streamUrl).replace('localhost', '127.0.0.1'));
    const streamed = await stream.until(asks);
    await stream.close();
    assert.deepEqual(polled, streamed);
    const seq = Number(String(asked.id).split('|')[1]);
    const thumb = (type: string) => ({
      '@type': type,
      '@id': `urn:latchkey:${chat.id}:${seq}:${type}`,
      actionStatus: 'PotentialActionStatus',
    });
    const message = { type: 'https://schema.org/Message', '@context': 'https://schema.org', '@type': 'Message' };
    const potentialAction = [thumb('LikeAction'), thumb('DislikeAction')];
    const suggestedActions = { actions: [{ type: 'imBack', title: 'Show the steps', value: 'Show the steps' }] };
    assert.deepEqual(streamed, {
      ...{ ...asked, suggestedActions },
      entities: [{ ...message, '@id': '', potentialAction }],
    });
  });

  it('are refused where they cannot be read, or name another answer, and nothing is stored', async () => {
    const before = await stored();
    const like = thumbOf(true, null);
    const submit = thumbOf(false, 'a reason');
    for (const [activity, status, code] of [
      [{ ...like, entities: [] }, 400, 'message-invalid'],
      [{ ...like, entities: [{ '@type': 'BuyAction' }] }, 400, 'message-invalid'],
      [{ ...submit, value: { actionName: 'feedback', actionValue: { reaction: 'love' } } }, 400, 'message-invalid'],
      [{ ...submit, replyToId: `${chat.id}|0000001` }, 404, 'answer-unknown'],
      [{ ...submit, replyToId: 'another|0000001' }, 404, 'answer-unknown'],
      [thumbOf(true, null, { conversationId: chat.id, seq: 1 }), 404, 'answer-unknown'],
    ] as const) {
      const answer = await chat.call('POST', '/activities', activity);
      assert.deepEqual([answer.status, answer.body.error?.code], [status, code], JSON.stringify(activity));
    }
    assert.equal(await stored(), before);
  });

  it('are drawn by Web Chat from 4.18 on', () => {
    const draws = (version: string) => drawsThumbs(webChat.replace('4.18.1', version));
    for (const version of ['4.18.0', '4.19.2', '4.100.0', '5.0.0']) assert.ok(draws(version), version);
    for (const version of ['4.17.9', '4.9.18', '3.99.0', '18', '']) assert.ok(!draws(version), version);
    for (const none of [undefined, 'DirectLine/3.0', 'Mozilla/5.0']) assert.ok(!drawsThumbs(none));
  });
});
