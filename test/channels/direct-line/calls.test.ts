import assert from 'node:assert/strict';
import { once } from 'node:events';
import { bearer, buttonsOf, call, isBot, latchkeyOf, newChat, openChat } from '../../support/direct-line.ts';
import { startTestProduct, type TestProduct } from '../../support/product.ts';

const base = '/v3/directline';

describe('Direct Line: every call', () => {
  let product: TestProduct;
  before(async () => (product = await startTestProduct()));
  after(() => product.stop());

  it('makes a token for a new conversation', async () => {
    const { status, body } = await call(`${product.url}${base}/tokens/generate`, 'POST', {});
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body).sort(), ['conversationId', 'expires_in', 'token']);
    assert.equal(body.expires_in, 1800);
  });

  it('says with a reply what the complaint came to: not while it is asked about, once it is told, and where it ends', async () => {
    const chat = await openChat(product.url, 'wrong-plan');
    const stream = await chat.listen();
    const outcomes = () => stream.activities.map((one) => latchkeyOf(one).outcome).filter((one) => one !== undefined);
    await chat.write('hello');
    await chat.write('access denied');
    await stream.until(({ text }) => String(text).includes('What were you trying to use?'));
    assert.deepEqual(outcomes(), []);
    await chat.write('API access');
    await stream.until((one) => latchkeyOf(one).kind === 'steps');
    assert.deepEqual(outcomes(), ['answered']);
    await chat.write('Talk to a person');
    await stream.until((one) => latchkeyOf(one).outcome === 'handed-off');
    assert.deepEqual(outcomes(), ['answered', 'handed-off']);
  });

  it('makes a token without a body, too', async () => {
    assert.equal((await call(`${product.url}${base}/tokens/generate`, 'POST')).status, 200);
  });

  it('starts a conversation with 201, and again with 200', async () => {
    const { id, token } = await newChat(product.url);
    const start = () => call(`${product.url}${base}/conversations`, 'POST', { user: {} }, bearer(token));
    const first = await start();
    const { conversationId, token: same, streamUrl } = first.body;
    assert.deepEqual([first.status, conversationId, same], [201, id, token]);
    assert.match(String(streamUrl), new RegExp(`^ws://127\\.0\\.0\\.1:\\d+${base}/conversations/${id}/stream\\?`));
    assert.doesNotMatch(String(streamUrl), new RegExp(token), 'no token stands in an address');
    assert.equal((await start()).status, 200);
  });

  it('starts it in the call for its token, where that is asked for', async () => {
    const { status, body } = await call(`${product.url}${base}/tokens/generate`, 'POST', { start: true });
    assert.deepEqual([status, Object.keys(body).sort()], [200, ['conversationId', 'expires_in', 'streamUrl', 'token']]);
    const again = await call(`${product.url}${base}/conversations`, 'POST', {}, bearer(String(body.token)));
    assert.deepEqual([again.status, again.body.conversationId], [200, body.conversationId]);
    const socket = new WebSocket(String(body.streamUrl));
    const [{ data }] = (await once(socket, 'message')) as [{ readonly data: unknown }];
    socket.close();
    assert.match(String(data), /automated assistant/);
  });

  it('greets once, however often the conversation is started', async () => {
    const chat = await openChat(product.url);
    for (let i = 0; i < 3; i += 1)
      await call(`${product.url}${base}/conversations`, 'POST', { user: {} }, bearer(chat.token));
    await (await chat.listen()).until(isBot);
    await chat.write('hello');
    await (await chat.listen('2')).until((one) => isBot(one) && one.id !== undefined);
    const notices = (await chat.activities()).filter((one) => String(one.text).includes('automated assistant'));
    assert.equal(notices.length, 1);
  });

  it('answers a reconnect with a stream at its watermark', async () => {
    const chat = await openChat(product.url);
    const { status, body } = await chat.call('GET', '?watermark=7');
    assert.equal(status, 200);
    assert.deepEqual([body.conversationId, body.token], [chat.id, chat.token]);
    assert.match(String(body.streamUrl), /\/stream\?watermark=7&t=/);
  });

  it('answers a message with its id, and echoes it with its clientActivityID', async () => {
    const chat = await openChat(product.url);
    const { status, body } = await chat.write('hello', 'mine-1');
    const echo = (await chat.activities()).find((one) => one.text === 'hello');
    assert.equal(status, 200);
    assert.equal(echo?.id, body.id);
    assert.deepEqual(echo?.channelData, { clientActivityID: 'mine-1' });
  });

  it('polls with a watermark, which moves on', async () => {
    const chat = await openChat(product.url);
    await chat.write('hello');
    const { body } = await chat.call('GET', '/activities');
    assert.match(String(body.watermark), /^\d+$/);
  });

  it('polls with a watermark ahead of the server, as after a restore, and misses nothing from now on', async () => {
    const chat = await openChat(product.url);
    const { body } = await chat.write('before');
    const ahead = (await chat.call('GET', '/activities?watermark=999')).body;
    assert.deepEqual(ahead.activities, []);
    assert.ok(Number(ahead.watermark) >= Number(String(body.id).split('|')[1]) && Number(ahead.watermark) < 999);
    await chat.write('after');
    assert.ok((await chat.activities(String(ahead.watermark))).some(({ text }) => text === 'after'));
  });

  it('answers HEAD as it would GET, without a body', async () => {
    const answer = await fetch(`${product.url}/health`, { method: 'HEAD' });
    assert.deepEqual([answer.status, answer.headers.get('content-length')], [200, '15']);
    assert.equal(await answer.text(), '');
  });

  it('refreshes a token for the same conversation', async () => {
    const { id, token } = await newChat(product.url);
    const { status, body } = await call(`${product.url}${base}/tokens/refresh`, 'POST', undefined, bearer(token));
    assert.deepEqual([status, body.conversationId, body.expires_in], [200, id, 1800]);
    assert.notEqual(body.token, token);
  });

  it('carries the verdict, the buttons and the ticket number for clients', async () => {
    const chat = await openChat(product.url, 'over-limit');
    const stream = await chat.listen();
    await chat.write('I get access denied when I try to export');
    const told = await stream.until((one) => latchkeyOf(one).verdict !== undefined);
    const [proved] = (latchkeyOf(told).verdict as Record<string, string>[]).filter((one) => one.status === 'proved');
    const buttons = buttonsOf(await stream.until((one) => buttonsOf(one).length > 0));
    await chat.write('Talk to a person');
    const ticket = await stream.until((one) => latchkeyOf(one).ticket !== undefined);
    await stream.close();
    assert.deepEqual(Object.keys(proved ?? {}).sort(), ['cause', 'fact', 'readAt', 'source', 'status']);
    assert.equal(proved?.cause, 'monthly-limit');
    assert.deepEqual(buttons, ['Check again', 'It worked', 'Talk to a person']);
    assert.ok(await product.store.tickets.find(String(latchkeyOf(ticket).ticket)));
  });
});
