import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Wire } from '../../../src/channels/wire.ts';
import { call, isBot, openChat, type Chat } from '../../support/direct-line.ts';
import { startTestProduct, type TestProduct } from '../../support/product.ts';

describe('Direct Line: what a client sends', () => {
  let product: TestProduct;
  let chat: Chat;
  before(async () => {
    product = await startTestProduct();
    chat = await openChat(product.url);
  });
  after(() => product.stop());

  const forged = fc.record(
    {
      id: fc.string(),
      from: fc.record(
        {
          id: fc.string(),
          name: fc.string(),
          role: fc.constantFrom('bot', 'user', 'skill', 'latchkey'),
          aadObjectId: fc.string(),
        },
        { requiredKeys: [] },
      ),
      recipient: fc.record({ id: fc.string() }),
      channelId: fc.constantFrom('msteams', 'slack', 'emulator', ''),
      conversation: fc.record({ id: fc.string(), isGroup: fc.boolean(), tenantId: fc.string() }),
      serviceUrl: fc.webUrl(),
      timestamp: fc.string(),
      replyToId: fc.string(),
      suggestedActions: fc.record({ actions: fc.array(fc.string()) }),
      channelData: fc.record({
        latchkey: fc.record({ ticket: fc.string(), verdict: fc.array(fc.string()), kind: fc.string() }),
        subject: fc.string(),
      }),
    },
    { requiredKeys: [] },
  );

  it('never says who wrote it, where, or when: the server does', async () => {
    const { userId = '' } = (await product.store.load(chat.id)) ?? {};
    await fc.assert(
      fc.asyncProperty(forged, fc.string({ minLength: 1, maxLength: 40 }), async (claims, words) => {
        const text = `forged ${words}`;
        const { status, body } = await chat.call('POST', '/activities', { ...claims, type: 'message', text });
        const shown = (await chat.activities()).find((one) => one.id === body.id);
        assert.equal(status, 200);
        assert.deepEqual(shown, {
          type: 'message',
          text,
          textFormat: 'plain',
          from: { id: userId, role: 'user' },
          timestamp: '2026-11-22T10:12:00.000Z',
          id: body.id,
          channelId: 'directline',
          conversation: { id: chat.id },
        });
      }),
      { numRuns: 60 },
    );
  });

  it('is one message for one clientActivityID, even when ten posts of it arrive together', async () => {
    const own = await openChat(product.url);
    const posts = await Promise.all(Array.from({ length: 10 }, () => own.write('once', 'same')));
    const ids = new Set(posts.map(({ status, body }) => `${status} ${String(body.id)}`));
    await own.write('after', 'next');
    const stream = await own.listen();
    const after = await stream.until((one) => one.text === 'after');
    await stream.until((one) => isBot(one) && String(one.id) > String(after.id));
    await stream.close();
    assert.equal(ids.size, 1);
    assert.equal(stream.texts().filter((text) => text === 'once').length, 1);
  });

  it('is two messages where the clientActivityID is empty, or none', async () => {
    const own = await openChat(product.url);
    for (const clientActivityID of ['', null])
      for (const text of ['first', 'second']) {
        const posted = { type: 'message', text: `${text} ${clientActivityID}`, channelData: { clientActivityID } };
        assert.equal((await own.call('POST', '/activities', posted)).status, 200);
      }
    const texts = (await own.activities()).map(({ text }) => text);
    for (const text of ['first ', 'second ', 'first null', 'second null']) assert.ok(texts.includes(text), text);
  });

  it('keeps the words of the first when a clientActivityID comes again with others', async () => {
    const own = await openChat(product.url);
    const [first, second] = [await own.write('first words', 'same'), await own.write('other words', 'same')];
    assert.equal(first.body.id, second.body.id);
    assert.doesNotMatch(JSON.stringify(await own.activities()), /other words/);
  });

  it('does not mix up the same clientActivityID of two conversations', async () => {
    const [one, two] = [await openChat(product.url), await openChat(product.url)];
    await one.write('from one', 'same');
    await two.write('from two', 'same');
    assert.match(JSON.stringify(await two.activities()), /from two/);
  });

  it('cannot start a conversation by naming a clientActivityID so', async () => {
    const own = await openChat(product.url);
    await own.write('still heard', 'start');
    assert.match(JSON.stringify(await own.activities()), /still heard/);
  });

  for (const type of ['typing', 'event', 'endOfConversation', 'conversationUpdate', 'messageReaction', 'invoke'])
    it(`is taken and not stored when it is of type ${type}`, async () => {
      const stored = async () => (await product.store.activitiesAfter(chat.id, 0, 10_000)).length;
      const before = await stored();
      const { status } = await chat.call('POST', '/activities', { type, name: 'webchat/join', value: {} });
      assert.equal(status, 200);
      assert.equal(await stored(), before);
    });

  it('is its value where it has no text, as when a button is pressed', async () => {
    await chat.call('POST', '/activities', { type: 'message', value: 'pressed', channelData: { postBack: true } });
    assert.ok((await chat.activities()).some((one: Wire) => one.text === 'pressed'));
  });

  for (const [name, text] of [
    ['NUL and control characters', 'a\u0000b\u0007c'],
    ['an emoji with joiners', '👩‍👩‍👧‍👦'],
    ['a lone surrogate', 'a\ud800b'],
    ['right-to-left override', '\u202egnp.exe'],
    ['quotes and SQL', `'; drop table activities; --"`],
  ] as const)
    it(`comes back as it was: ${name}`, async () => {
      const { body } = await chat.write(text);
      const shown = (await chat.activities()).find((one) => one.id === body.id);
      assert.equal(shown?.text, text);
    });
});

describe('Direct Line: limits', () => {
  it('more messages than a person writes are answered 429, with when to try again, and are not stored', async () => {
    const product = await startTestProduct({ limits: { messagesPer10s: 3 } });
    const [chat, other] = [await openChat(product.url), await openChat(product.url)];
    for (let i = 0; i < 3; i += 1) assert.equal((await chat.write(`${i}`)).status, 200);
    const refused = await chat.write('one too many');
    assert.deepEqual([refused.status, refused.body.error?.code], [429, 'too-many-requests']);
    assert.match(refused.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
    assert.doesNotMatch(JSON.stringify(await chat.activities()), /one too many/);
    assert.equal((await other.write('hello')).status, 200, 'others are not held up');
    await product.stop();
  });

  const generate = (product: TestProduct, from?: string) =>
    call(
      `${product.url}/v3/directline/tokens/generate`,
      'POST',
      {},
      from === undefined ? {} : { 'x-forwarded-for': from },
    );

  it('more conversations than people open are answered 429, whatever they say where they come from', async () => {
    const product = await startTestProduct({ limits: { conversationsPerMinute: 2 } });
    for (const from of ['198.51.100.1', '198.51.100.2']) assert.equal((await generate(product, from)).status, 200);
    const refused = await generate(product, '198.51.100.3');
    assert.deepEqual([refused.status, refused.body.error?.code], [429, 'too-many-requests']);
    assert.ok(Number(refused.headers.get('retry-after')) > 5, 'as long as it takes');
    await product.stop();
  });

  it('are each client’s own behind a proxy that is trusted', async () => {
    const trustedProxies = [{ address: '127.0.0.1', bits: 32, family: 'ipv4' as const }];
    const product = await startTestProduct({ limits: { conversationsPerMinute: 1 }, trustedProxies });
    const statusOf = async (from: string) => (await generate(product, from)).status;
    assert.equal(await statusOf('198.51.100.1'), 200);
    assert.equal(await statusOf('203.0.113.9, 198.51.100.1'), 429, 'what it made up makes it nobody else');
    assert.equal(await statusOf('198.51.100.2'), 200);
    assert.equal(await statusOf('2001:db8::1'), 200);
    assert.equal(await statusOf('2001:db8::2'), 429);
    await product.stop();
  });
});
