import assert from 'node:assert/strict';
import type { Wire } from '../../../src/channels/wire.ts';
import { isBot, openChat, openStream, type Chat } from '../../support/direct-line.ts';
import { fakeClock } from '../../support/fakes.ts';
import { startTestProduct, type TestProduct } from '../../support/product.ts';

const refused = 1008;
const ids = (activities: readonly Wire[]) => activities.map((one) => one.id);

describe('Direct Line: the stream', () => {
  const clock = fakeClock();
  let product: TestProduct;
  before(async () => (product = await startTestProduct({ clock })));
  after(() => product.stop());

  const streamUrl = async (chat: Chat) => String((await chat.call('GET', '')).body.streamUrl);

  it('a ticket opens it once', async () => {
    const url = await streamUrl(await openChat(product.url));
    const first = await openStream(url);
    const second = await openStream(url);
    assert.equal(await second.closed, refused);
    assert.deepEqual(second.activities, []);
    await first.close();
  });

  it('another conversation’s ticket does not open it, and is used up', async () => {
    const [mine, other] = [await openChat(product.url), await openChat(product.url)];
    await other.write('the other’s secret');
    const own = await streamUrl(mine);
    const stolen = await openStream(own.replace(mine.id, other.id));
    assert.equal(await stolen.closed, refused);
    assert.deepEqual(stolen.activities, []);
    assert.equal(await (await openStream(own)).closed, refused);
  });

  for (const [name, spoil] of [
    ['without a ticket', (url: string) => url.replace(/&t=.*/, '')],
    ['with a made-up ticket', (url: string) => url.replace(/&t=.*/, `&t=${'A'.repeat(43)}`)],
    ['with a watermark that is no number', (url: string) => url.replace(/watermark=\d+/, 'watermark=-1')],
  ] as const)
    it(`is closed at once ${name}`, async () => {
      const stream = await openStream(spoil(await streamUrl(await openChat(product.url))));
      assert.equal(await stream.closed, refused);
      assert.deepEqual(stream.activities, []);
    });

  it('a ticket lasts a minute', async () => {
    const chat = await openChat(product.url);
    const url = await streamUrl(chat);
    clock.forward(60_000);
    assert.equal(await (await openStream(url)).closed, refused);
  });

  it('that resumes ahead of the server, as after a restore, gets what comes from now on', async () => {
    const chat = await openChat(product.url);
    const stream = await chat.listen('999');
    await chat.write('new');
    await stream.until(({ text }) => text === 'new');
    await stream.close();
  });

  it('resumes at its watermark without a gap and without a duplicate', async () => {
    const chat = await openChat(product.url);
    const seen: Wire[] = [];
    let watermark = '';
    for (let i = 0; i < 8; i += 1) {
      const stream = await chat.listen(watermark);
      await chat.write(`while connected ${i}`);
      await stream.until((one) => one.text === `while connected ${i}`);
      await stream.close();
      // Only now: until it is closed, more may come.
      watermark = stream.watermark();
      seen.push(...stream.activities);
      await chat.write(`while away ${i}`);
    }
    const last = await chat.listen(watermark);
    await chat.write('the end');
    await last.until((one) => isBot(one) && one.id === `${chat.id}|${last.watermark().padStart(7, '0')}`);
    await chat.write('really');
    await last.until((one) => one.text === 'really');
    await last.close();
    seen.push(...last.activities);
    const stored = await chat.activities();
    assert.deepEqual(ids(seen), ids(stored).slice(0, seen.length));
    assert.equal(new Set(ids(seen)).size, seen.length);
    for (let i = 0; i < 8; i += 1) assert.ok(seen.some((one) => one.text === `while away ${i}`));
  });

  it('tells two open windows of one conversation the same', async () => {
    const chat = await openChat(product.url);
    const [one, two] = [await chat.listen(), await chat.listen()];
    await chat.write('hello');
    for (const stream of [one, two]) {
      await stream.until((activity) => activity.text === 'hello');
      await stream.until((activity) => isBot(activity) && activity.id !== stream.activities[0]?.id);
    }
    assert.deepEqual(ids(one.activities), ids(two.activities));
    await Promise.all([one.close(), two.close()]);
  });

  it('never shows that the chat was opened, on the stream or by polling', async () => {
    const chat = await openChat(product.url);
    const stream = await chat.listen('0');
    await stream.until(isBot);
    await stream.close();
    for (const one of [...stream.activities, ...(await chat.activities('0'))]) assert.equal(one.type, 'message');
    const [kept = assert.fail()] = await product.store.activitiesAfter(chat.id, 0, 10);
    const { type, name } = kept as { type: string; name?: string };
    assert.deepEqual([type, name], ['event', 'opened'], 'it is stored all the same');
  });

  it('takes what a client sends on it (a heartbeat, or junk) and lives on', async () => {
    const chat = await openChat(product.url);
    const stream = await chat.listen();
    for (const frame of ['', 'junk', '{"type":"message","text":"not by this way"}']) stream.send(frame);
    await chat.write('hello');
    await stream.until((one) => one.text === 'hello');
    await stream.close();
    assert.ok(!stream.texts().includes('not by this way'));
  });

  it('cuts off a client that sends more than 64 kB, and serves the next', async () => {
    const chat = await openChat(product.url);
    const stream = await chat.listen();
    stream.send('x'.repeat(70_000));
    await stream.closed;
    await (await chat.listen()).until(isBot);
  });
});
