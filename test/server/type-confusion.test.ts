import assert from 'node:assert/strict';
import fc from 'fast-check';
import { assertRefused } from '../support/bad-answer.ts';
import { bearer, call, openChat, type Chat } from '../support/direct-line.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';
import { rounds } from '../support/rounds.ts';

const strings = [
  ...['type', 'text', 'id', 'timestamp', 'localTimestamp', 'localTimezone', 'serviceUrl', 'channelId', 'locale'],
  ...['from', 'from.id', 'from.name', 'from.role', 'conversation', 'conversation.id', 'recipient', 'recipient.id'],
  ...['textFormat', 'attachmentLayout', 'attachments', 'attachments.0', 'channelData', 'channelData.clientActivityID'],
  ...['value', 'entities', 'name', 'replyToId', 'speak', 'suggestedActions', 'inputHint', 'relatesTo'],
];
const junk = fc.oneof(
  fc.constantFrom<unknown>({}, [], null, true, 0, -1, 1e308, '', '\u0000', [[]], { toString: null }, { length: 5000 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** `activity` with the member at `path` (a.b.c) replaced. */
function withMember(activity: object, path: string, value: unknown): object {
  const [first = '', ...rest] = path.split('.');
  const inner = (activity as Record<string, unknown>)[first];
  return {
    ...activity,
    [first]: rest.length === 0 ? value : withMember(inner ?? {}, rest.join('.'), value),
  };
}

describe('a member of another type than it should be', () => {
  let product: TestProduct;
  let chat: Chat;
  before(async () => {
    product = await startTestProduct();
    chat = await openChat(product.url);
  });
  after(() => product.stop());

  it('in an activity: 200 or a clear refusal, never a fault', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...strings), junk, async (path, value) => {
        const answer = await chat.call('POST', '/activities', withMember({ type: 'message', text: 'hi' }, path, value));
        if (answer.status === 200) assert.equal(typeof answer.body.id, 'string');
        else assertRefused(answer);
      }),
      { numRuns: rounds(300) },
    );
    assert.deepEqual(product.faults(), []);
  });

  it('in the request for a token: 200 or a clear refusal, never a fault', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('identity', 'user', 'user.id', 'locale', 'trustedOrigins'),
        junk,
        async (path, value) => {
          const answer = await call(
            `${product.url}/v3/directline/tokens/generate`,
            'POST',
            withMember({}, path, value),
          );
          if (answer.status !== 200) assertRefused(answer);
        },
      ),
      { numRuns: rounds(100) },
    );
    assert.deepEqual(product.faults(), []);
  });

  it('as a whole body, at every address that takes one: 200 or a clear refusal, never a fault', async () => {
    const addresses = ['tokens/generate', 'tokens/refresh', 'conversations', `conversations/${chat.id}/activities`];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...addresses), fc.oneof(junk, fc.string()), async (path, value) => {
        const sent = JSON.stringify(value);
        const answer = await call(`${product.url}/v3/directline/${path}`, 'POST', sent, bearer(chat.token));
        if (answer.status > 201) assertRefused(answer);
      }),
      { numRuns: rounds(100) },
    );
    assert.deepEqual(product.faults(), []);
  });

  it('after all that, the talk goes on', async () => {
    const { id } = (await chat.write('still there?')).body;
    const stream = await chat.listen(String(Number(String(id).split('|')[1])));
    await stream.until((one) => (one.from as { role: string }).role === 'bot');
    await stream.close();
  });
});
