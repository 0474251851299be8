import assert from 'node:assert/strict';
import { SignJWT } from 'jose';
import { bearer, buttonsOf, call, chatOf, isBot, latchkeyOf, newChat, type Chat } from '../../support/direct-line.ts';
import { startTestProduct, type TestProduct } from '../../support/product.ts';

describe('Direct Line: an identity that is refused', () => {
  let product: TestProduct;
  before(async () => (product = await startTestProduct({ metricsKey: 'key' })));
  after(() => product.stop());

  const generate = (body: object) => call(`${product.url}/v3/directline/tokens/generate`, 'POST', body);
  const start = ({ token }: Chat) => call(`${product.url}/v3/directline/conversations`, 'POST', {}, bearer(token));
  const signed = async (customer = 'over-limit') =>
    String((await call(`${product.url}/demo/identity`, 'POST', { customer })).body.identity);
  /** What the bot says first. */
  async function greetingOf(chat: Chat) {
    const stream = await chat.listen();
    const greeting = await stream.until(isBot);
    await stream.close();
    return greeting;
  }

  it('is answered 401, logged with its reason and nothing else of it, and counted', async () => {
    const [, payload = ''] = (await signed()).split('.');
    const forged = await new SignJWT(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object as never)
      .setProtectedHeader({ alg: 'HS256' })
      .sign(Buffer.from('another secret of thirty-two bytes'));
    const refused: readonly (readonly [string, string, string])[] = [
      [forged, 'bad-signature', 'identity-invalid'],
      ['x'.repeat(8_193), 'too-long', 'identity-invalid'],
      ['x', 'malformed', 'identity-invalid'],
    ];
    for (const [identity, reason, code] of refused) {
      product.log.lines.length = 0;
      const { status, body } = await generate({ identity });
      assert.deepEqual([status, body.error?.code], [401, code]);
      assert.deepEqual(
        product.log.lines.map(({ level, fields }) => [level, fields]),
        [['warn', { reason }]],
      );
      const metrics = await call(`${product.url}/metrics`, 'GET', undefined, bearer('key'));
      assert.match(String(metrics.body.text), new RegExp(`latchkey_identity_refused_total\\{reason="${reason}"\\} 1`));
    }
    assert.deepEqual(product.faults(), []);
  });

  it('leaves a way on: the chat opens with nobody, says so once in a plain sentence, and a person can be reached', async () => {
    const chat = chatOf(product.url, (await generate({ unconfirmed: true })).body as never);
    const { status, body } = await start(chat);
    assert.deepEqual([status, body.conversationId], [200, chat.id]);
    const greeting = await greetingOf(chat);
    assert.match(String(greeting.text), /could not confirm to this chat who you are/);
    assert.match(String(greeting.text), /automated assistant/);
    const [person = ''] = buttonsOf(greeting);
    assert.equal(person, 'Talk to a person');
    const stream = await chat.listen(String(greeting.id).split('|')[1]);
    await chat.write(person);
    await stream.until((one) => latchkeyOf(one).kind === 'ticket');
    await stream.close();
    const said = (await chat.activities()).filter((one) => String(one.text).includes('could not confirm'));
    assert.equal(said.length, 1);
  });

  it('takes the offer of a person by a yes', async () => {
    const chat = chatOf(product.url, (await generate({ unconfirmed: true })).body as never);
    await start(chat);
    await greetingOf(chat);
    const stream = await chat.listen();
    await chat.write('yes please');
    await stream.until((one) => latchkeyOf(one).kind === 'ticket');
    await stream.close();
  });

  it('is no talk of a customer who is proved, whatever else is said', async () => {
    const made = await generate({ identity: await signed(), unconfirmed: true });
    const chat = chatOf(product.url, made.body as never);
    await start(chat);
    assert.match(String((await greetingOf(chat)).text), /^Hi \w+, /);
  });

  it('is not said of a chat without any identity', async () => {
    const chat = await newChat(product.url);
    assert.equal((await start(chat)).status, 201);
    assert.doesNotMatch(String((await greetingOf(chat)).text), /confirm/);
  });

  it('is said by true and nothing else', async () => {
    for (const unconfirmed of [false, 1, 'true', {}]) assert.equal((await generate({ unconfirmed })).status, 400);
  });

  for (const denied of ['export', 7, null, [], { feature: 7 }, { code: 'x'.repeat(1_000) }, { other: true }])
    it(`is no reason to refuse a chat where what the page says was refused is ${JSON.stringify(denied).slice(0, 30)}`, async () => {
      assert.equal((await generate({ denied })).status, 200);
    });
});
