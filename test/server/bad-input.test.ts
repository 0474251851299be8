import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { assertRefused } from '../support/bad-answer.ts';
import { bearer, call, openChat, type Called, type Chat } from '../support/direct-line.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

const nested = (depth: number) => `${'{"value":'.repeat(depth)}1${'}'.repeat(depth)}`;
const message = (more: object) => ({ type: 'message', text: 'hello', ...more });

describe('bad input', () => {
  let product: TestProduct;
  let chat: Chat;
  before(async () => {
    product = await startTestProduct();
    chat = await openChat(product.url);
  });
  after(() => product.stop());
  afterEach('the server lives on, and had no fault', async () => {
    assert.equal((await call(`${product.url}/health`, 'GET')).status, 200);
    assert.deepEqual(product.faults(), []);
  });

  const post = (body: unknown, headers: Record<string, string> = {}) =>
    call(`${product.url}/v3/directline/conversations/${chat.id}/activities`, 'POST', body, {
      ...bearer(chat.token),
      ...headers,
    });

  const bodies: readonly (readonly [string, unknown, number, string])[] = [
    ['4,001 characters', message({ text: 'x'.repeat(4001) }), 413, 'message-too-long'],
    ['4,001 characters as a value', { type: 'message', value: 'x'.repeat(4001) }, 413, 'message-too-long'],
    ['an unknown member', message({ isAdmin: true }), 400, 'message-invalid'],
    ['a member named __proto__', '{"type":"message","text":"a","__proto__":{"role":"bot"}}', 400, 'message-invalid'],
    ['an unknown type', message({ type: 'contactRelationUpdate' }), 400, 'message-invalid'],
    ['no type', { text: 'hello' }, 400, 'message-invalid'],
    ['no words', { type: 'message' }, 400, 'message-invalid'],
    ['only blanks', message({ text: ' \n\t ' }), 400, 'message-invalid'],
    [
      'a clientActivityID of 257 characters',
      message({ channelData: { clientActivityID: 'x'.repeat(257) } }),
      400,
      'message-invalid',
    ],
    ['a locale whose length is no number', message({ locale: { length: { toString: 'x' } } }), 400, 'message-invalid'],
    ['attachments whose length is no number', message({ attachments: { length: {} } }), 400, 'message-invalid'],
    ['an array', [message({})], 400, 'message-invalid'],
    ['a string', '"hello"', 400, 'message-invalid'],
    ['null', 'null', 400, 'message-invalid'],
    ['no body', '', 400, 'message-invalid'],
    ['51 attachments', message({ attachments: Array(51).fill({}) }), 400, 'message-invalid'],
    ['broken JSON', '{"type":"message","text":', 400, 'json-invalid'],
    ['two JSON values', '{} {}', 400, 'json-invalid'],
    ['not JSON at all', '<xml/>', 400, 'json-invalid'],
    ['JSON 33 deep', nested(33), 400, 'body-too-deep'],
    ['JSON 100,000 deep', '['.repeat(100_000), 400, 'body-too-deep'],
    ['300 kB', message({ value: 'x'.repeat(300_000) }), 413, 'body-too-large'],
    ['3 MB', message({ value: 'x'.repeat(3_000_000) }), 413, 'body-too-large'],
  ];
  for (const [name, body, status, code] of bodies)
    it(`${name}: ${status} ${code}`, async () => assertRefused(await post(body), status, code));

  it('4,000 characters and JSON 32 deep are not too much', async () => {
    assert.equal((await post(message({ text: 'x'.repeat(4000) }))).status, 200);
    assert.equal((await post(message({ entities: [JSON.parse(nested(29))] }))).status, 200);
  });

  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    '',
  ])
    it(`a body sent as "${type}": 415`, async () =>
      assertRefused(await post(message({}), { 'content-type': type }), 415, 'body-wrong-type'));

  for (const [name, encoding, bytes] of [
    ['gzip that is garbage', 'gzip', Buffer.from('this is not gzip')],
    ['gzip that is fine', 'gzip', gzipSync(JSON.stringify(message({})))],
    ['deflate, br, twice gzip', 'gzip, gzip', Buffer.alloc(10)],
    ['an encoding that does not exist', 'junk', Buffer.from('{}')],
  ] as const)
    it(`a compressed body (${name}): 415`, async () => {
      const response = await fetch(`${product.url}/v3/directline/conversations/${chat.id}/activities`, {
        method: 'POST',
        headers: { ...bearer(chat.token), 'content-type': 'application/json', 'content-encoding': encoding },
        body: bytes,
      });
      const body = (await response.json()) as Called['body'];
      assertRefused({ status: response.status, headers: response.headers, body }, 415, 'body-encoded');
    });

  const generate = (body: unknown) => call(`${product.url}/v3/directline/tokens/generate`, 'POST', body);
  for (const [name, identity] of [
    ['garbage', 'garbage'],
    ['an empty string', ''],
    ['three dots', '...'],
    ['no JSON inside', 'AAAA.BBBB.CCCC'],
    ['9,000 characters long', 'x'.repeat(9000)],
  ] as const)
    it(`an identity that is ${name}: 401`, async () =>
      assertRefused(await generate({ identity }), 401, 'identity-invalid'));
  for (const [name, body] of [
    ['an identity that is an object', { identity: { sub: 'usr_1' } }],
    ['an identity whose length is no number', { identity: { length: { toString: 'x' } } }],
    ['an unknown member', { subject: { userId: 'usr_1' } }],
    ['an array', []],
  ] as const)
    it(`a token with ${name}: 400`, async () => assertRefused(await generate(body), 400, 'message-invalid'));

  it('an identity that was used before: 401, whoever brings it', async () => {
    const { identity } = (await call(`${product.url}/demo/identity`, 'POST', { customer: 'all-good' })).body;
    assert.equal((await generate({ identity })).status, 200);
    assertRefused(await generate({ identity }), 401, 'identity-replayed');
  });

  for (const customer of ['nobody', '', {}, null, 7, '__proto__'])
    it(`a demo identity of ${JSON.stringify(customer)}: 404`, async () =>
      assertRefused(await call(`${product.url}/demo/identity`, 'POST', { customer }), 404, 'not-found'));

  for (const watermark of ['x', '-1', '1.5', '1e3', '9'.repeat(16), '%00', '1;drop'])
    it(`the watermark ${watermark}: 400`, async () => {
      assertRefused(await chat.call('GET', `/activities?watermark=${watermark}`), 400, 'message-invalid');
      assertRefused(await chat.call('GET', `?watermark=${watermark}`), 400, 'message-invalid');
    });
});
