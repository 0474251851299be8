import assert from 'node:assert/strict';
import { askForPerson, signIn } from '../../support/console.ts';
import { bearer, isBot, openChat, type Chat } from '../../support/direct-line.ts';
import { fakeClock } from '../../support/fakes.ts';
import { startTestProduct, type TestProduct } from '../../support/product.ts';

const megabyte = 1_048_576;
const fileOf = (bytes: number) => new Blob([Buffer.alloc(bytes, 0x89)], { type: 'image/png' });
const activityOf = (more: object) =>
  new Blob([JSON.stringify({ type: 'message', ...more })], { type: 'application/vnd.microsoft.activity' });

/** A form as the official client makes it, its parts in this order. */
function form(...parts: readonly (readonly [string, Blob, string?])[]): FormData {
  const made = new FormData();
  for (const [name, blob, file] of parts) made.append(name, blob, file ?? 'blob');
  return made;
}

describe('Direct Line: an upload', () => {
  const clock = fakeClock();
  let product: TestProduct;
  before(async () => (product = await startTestProduct({ clock })));
  after(() => product.stop());

  const send = async ({ id, token }: Chat, body: string | Blob | FormData, headers: Record<string, string> = {}) => {
    const url = `${product.url}/v3/directline/conversations/${id}/upload?userId=anybody`;
    const answer = await fetch(url, { method: 'POST', body, headers: { ...bearer(token), ...headers } });
    return { status: answer.status, body: (await answer.json()) as { id?: string; error?: { code: string } } };
  };
  /** What the bot says to it, in one text. */
  async function answerTo(chat: Chat, id = ''): Promise<string> {
    const stream = await chat.listen(String(Number(id.split('|')[1])));
    await stream.until(isBot);
    await stream.close();
    return stream.texts().join('\n');
  }

  it('is taken with its words, which are answered, and the bot says that it reads no files', async () => {
    for (const order of [1, -1]) {
      const chat = await openChat(product.url, 'over-limit');
      const text = 'I get access denied when I try to export';
      const parts = [
        ['activity', activityOf({ text, attachments: [{ name: 'a.png' }], channelData: { clientActivityID: 'c1' } })],
        ['file', fileOf(megabyte), 'a.png'],
      ] as const;
      const { status, body } = await send(chat, form(...(order > 0 ? parts : parts.toReversed())));
      assert.equal(status, 200);
      const echo = (await chat.activities()).find((one) => one.id === body.id);
      assert.deepEqual([echo?.text, echo?.channelData], [text, { clientActivityID: 'c1' }]);
      const said = await answerTo(chat, body.id);
      assert.match(said, /I can’t read files\. I go by what you write\.[^]*Your monthly limit blocks Export\./);
    }
  });

  for (const [name, body] of [
    ['an activity without words', () => form(['activity', activityOf({})], ['file', fileOf(10), 'a.png'])],
    ['no activity at all', () => form(['file', fileOf(10), 'a.png'], ['file', fileOf(10), 'b.png'])],
    ['one file as the whole body', () => fileOf(10)],
  ] as const)
    it(`of ${name} is taken, and the bot asks for words`, async () => {
      const chat = await openChat(product.url);
      const { status, body: answer } = await send(chat, body());
      assert.equal(status, 200);
      assert.match(await answerTo(chat, answer.id), /I can’t read files\. Please tell me in words/);
    });

  it('to a person who answers is told not to have been passed on', async () => {
    const { chat, ticket } = await askForPerson(product.url);
    const agent = await signIn(product.url);
    await agent.act(ticket, 'claim', { from: null });
    await agent.act(ticket, 'reply', { id: 'r1', text: 'Hi' });
    const { body } = await send(chat, form(['activity', activityOf({ text: 'see this' })], ['file', fileOf(9), 'a']));
    assert.match(await answerTo(chat, body.id), /^I could not pass your file on/m);
  });

  it('leaves nothing of a file in the store', async () => {
    const chat = await openChat(product.url);
    const secret = new Blob(['the-content-of-a-file']);
    await send(chat, form(['activity', activityOf({ text: 'see there' })], ['file', secret, 'the-name-of-a-file.txt']));
    const rows = await product.db.selectFrom('activities').selectAll().execute();
    assert.doesNotMatch(JSON.stringify(rows), /(content|name)-of-a-file/);
  });

  it('that comes again under the same clientActivityID is one message', async () => {
    const chat = await openChat(product.url);
    const once = () =>
      send(
        chat,
        form(
          ['activity', activityOf({ text: 'x', channelData: { clientActivityID: 'c1' } })],
          ['file', fileOf(9), 'a'],
        ),
      );
    assert.equal((await once()).body.id, (await once()).body.id);
  });

  for (const megabytes of [6, 40])
    it(`of ${megabytes} MB is answered with what is wrong, and not taken`, async () => {
      const chat = await openChat(product.url);
      const before = (await chat.activities()).length;
      const { status, body } = await send(
        chat,
        form(['activity', activityOf({ text: 'big' })], ['file', fileOf(megabytes * megabyte), 'a.png']),
      );
      assert.deepEqual([status, body.error?.code], [413, 'body-too-large']);
      assert.ok((await chat.activities()).length <= before + 1, 'the greeting may have come');
      assert.doesNotMatch(JSON.stringify(await chat.activities()), /"big"/);
    });

  const part = '--X\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\na\r\n';
  const boundary = { 'content-type': 'multipart/form-data; boundary=X' };
  for (const [name, body, headers] of [
    ['no boundary', 'a', { 'content-type': 'multipart/form-data' }],
    ['no parts', '', boundary],
    ['more parts than files can be sent', `${part.repeat(51)}--X--\r\n`, boundary],
    ['a great many parts', `${part.repeat(70_000)}--X--\r\n`, boundary],
    [
      'a part that does not end',
      '--X\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc',
      boundary,
    ],
    ['a head that does not end', `--X\r\n${'a: b\r\n'.repeat(50_000)}`, boundary],
    [
      'an activity that is no JSON',
      '--X\r\nContent-Disposition: form-data; name="activity"\r\n\r\n{\r\n--X--',
      boundary,
    ],
    ['an activity of no type', '--X\r\nContent-Disposition: form-data; name="activity"\r\n\r\n{}\r\n--X--', boundary],
    [
      'words alone that are none',
      '--X\r\nContent-Disposition: form-data; name="activity"\r\n\r\n{"type":"message"}\r\n--X--',
      boundary,
    ],
  ] as const)
    it(`of ${name} is answered 400, and the next one is taken`, async () => {
      const chat = await openChat(product.url);
      const { status } = await send(chat, body, headers);
      assert.equal(status, 400);
      assert.equal((await send(chat, form(['file', fileOf(10), 'a.png']))).status, 200);
    });

  it('is read for nobody whose token does not open the conversation', async () => {
    const [mine, other] = [await openChat(product.url), await openChat(product.url)];
    assert.equal((await send({ ...other, token: mine.token }, fileOf(10))).status, 404);
    clock.forward(30 * 60_000);
    const { status, body } = await send(mine, fileOf(10));
    assert.deepEqual([status, body.error?.code], [403, 'TokenExpired']);
  });
});
