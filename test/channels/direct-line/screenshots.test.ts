import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import sharp from 'sharp';
import { readUpload } from '../../../src/channels/direct-line/read-upload.ts';
import { createTakeUpload, type TakeUploadNeeds } from '../../../src/channels/direct-line/take-upload.ts';
import { SupportError } from '../../../src/domain/errors.ts';
import { askForPerson, signIn } from '../../support/console.ts';
import { bearer, buttonsOf, isBot, latchkeyOf, openChat, type Chat } from '../../support/direct-line.ts';
import { countingRandom, keptLog } from '../../support/fakes.ts';
import { startTestProduct, type TestProduct } from '../../support/product.ts';

const picture = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#0a0' } })
  .withExif({ IFD3: { GPSLatitude: '52/1 31/1 0/1' } })
  .jpeg()
  .toBuffer();

function form(activity: object, ...files: readonly Uint8Array[]): FormData {
  const made = new FormData();
  const type = 'application/vnd.microsoft.activity';
  made.append('activity', new Blob([JSON.stringify({ type: 'message', ...activity })], { type }), 'blob');
  // Neither the name nor the type tells the truth.
  for (const file of files) made.append('file', new Blob([new Uint8Array(file)], { type: 'text/plain' }), 'notes.txt');
  return made;
}

describe('Direct Line: a screenshot', () => {
  let product: TestProduct;
  before(async () => (product = await startTestProduct({ screenshots: 30 })));
  after(() => product.stop());

  const send = async ({ id, token }: Chat, body: FormData) => {
    const url = `${product.url}/v3/directline/conversations/${id}/upload`;
    const answer = await fetch(url, { method: 'POST', body, headers: bearer(token) });
    return { status: answer.status, id: ((await answer.json()) as { id?: string }).id ?? '' };
  };
  const storedOf = async ({ id }: Chat) => {
    const rows = await product.db.selectFrom('screenshots').select('id').where('conversation_id', '=', id).execute();
    return rows.map((row) => row.id);
  };
  /** Waits until that is said behind what was sent; tells which screenshots the client's own message names, and what is offered. */
  async function answerTo(chat: Chat, sent: { readonly id: string }, says: RegExp) {
    const stream = await chat.listen(String(Number(sent.id.split('|')[1]) - 1));
    const last = await stream.until((one) => isBot(one) && says.test(String(one.text)));
    const echo = await stream.until(({ id }) => id === sent.id);
    await stream.close();
    const { screenshots = [] } = (echo.channelData ?? {}) as { screenshots?: string[] };
    return { ids: screenshots, said: stream.texts().join('\n'), offered: buttonsOf(last) };
  }
  const kept = /I keep your screenshot for a person: they see it with your ticket\./;
  const limits = /PNG or JPEG, up to 5 MB, five an hour/;

  it('is stored without what hides in it before it is acknowledged, and the bot says that a person will see it', async () => {
    const chat = await openChat(product.url);
    const sent = await send(chat, form({}, picture));
    assert.equal(sent.status, 200);
    const [id = '', ...others] = await storedOf(chat);
    assert.deepEqual(others, []);
    const answer = await answerTo(chat, sent, kept);
    assert.deepEqual([answer.ids, answer.offered], [[id], ['Talk to a person']]);
    const stored = await product.store.screenshots.find(id);
    assert.equal(stored?.type, 'image/jpeg');
    assert.equal((await sharp(stored.bytes).metadata()).exif, undefined);
  });

  it('comes with words, which are answered', async () => {
    const chat = await openChat(product.url, 'over-limit');
    const sent = await send(chat, form({ text: 'access denied when I export' }, picture));
    const { said, ids } = await answerTo(chat, sent, /Your monthly limit blocks Export\./);
    assert.match(said, kept);
    assert.equal(ids.length, 1);
  });

  it('belongs to the ticket, whether it came before or after that was opened', async () => {
    const chat = await openChat(product.url, 'over-limit');
    await send(chat, form({}, picture));
    await chat.write('Talk to a person');
    const stream = await chat.listen();
    const number = String(latchkeyOf(await stream.until((one) => latchkeyOf(one).ticket !== undefined)).ticket);
    await stream.close();
    const told = JSON.stringify((await product.store.tickets.find(number))?.ticket.happened);
    assert.match(told, /sent a screenshot, which is in the console/);

    const { chat: other, ticket } = await askForPerson(product.url, 'over-limit');
    const added = new RegExp(`I’ve added your screenshot to \\*\\*${ticket}\\*\\*: a person will see it`);
    assert.equal((await answerTo(other, await send(other, form({}, picture)), added)).ids.length, 1);
  });

  it('keeps its ticket open, whatever was asked about that before', async () => {
    const { chat, ticket, stream } = await askForPerson(product.url, 'over-limit');
    await chat.write('never mind');
    await stream.until(({ text }) => String(text).includes('Shall I close it?'));
    const { offered } = await answerTo(chat, await send(chat, form({}, picture)), /I’ve added your screenshot/);
    assert.deepEqual(offered, []);
    await chat.write('yes');
    await stream.until(({ text }) => text === 'All right.');
    await send(chat, form({}, picture));
    const asked = () => stream.activities.filter(({ text }) => String(text).includes('Shall I close it?')).length;
    for (const times of [2, 3]) {
      await chat.write('never mind');
      await stream.until(() => asked() === times);
      await send(chat, form({}, picture));
    }
    assert.equal((await product.store.tickets.find(ticket))?.work.state, 'waiting');
  });

  it('is a PNG or JPEG by what is in it; of anything else the customer hears what can be taken', async () => {
    const chat = await openChat(product.url);
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
    const sent = await send(chat, form({}, svg, picture, picture.subarray(0, 300)));
    const { said, ids } = await answerTo(chat, sent, limits);
    assert.equal(ids.length, 1);
    assert.match(said, kept);
  });

  it('may have 5 MB', async () => {
    const chat = await openChat(product.url);
    const large = Buffer.concat([picture, Buffer.alloc(5 * 1_048_576 - picture.length)]);
    await send(chat, form({ text: 'x'.repeat(3000) }, large));
    assert.equal((await storedOf(chat)).length, 1);
    assert.equal((await send(chat, form({}, large, large))).status, 413);
  });

  it('that comes again under the same clientActivityID is one', async () => {
    const chat = await openChat(product.url);
    const again = () => send(chat, form({ channelData: { clientActivityID: 'c1' } }, picture));
    const [one, other] = [await again(), await again()];
    assert.equal(one.id, other.id);
    assert.deepEqual(await storedOf(chat), (await answerTo(chat, one, kept)).ids);
  });

  it('is one of five in an hour', async () => {
    const chat = await openChat(product.url);
    const sent = await send(chat, form({}, ...Array.from({ length: 6 }, () => picture)));
    assert.equal((await answerTo(chat, sent, limits)).ids.length, 5);
  });

  it('spends none of them by files that are no pictures', async () => {
    const chat = await openChat(product.url);
    const notes = Buffer.from('%PDF-1.7');
    await send(chat, form({}, notes, notes, notes, notes, notes));
    assert.equal((await answerTo(chat, await send(chat, form({}, picture)), kept)).ids.length, 1);
  });

  const takingWith = (needs: Partial<TakeUploadNeeds>) =>
    createTakeUpload({
      take: () => Promise.resolve({ id: 'stored' }),
      ...{ store: product.store, random: countingRandom(), takesScreenshots: true, log: keptLog(), ...needs },
    });

  it('spends none of them when it comes again because its message could not be stored', async () => {
    const { id } = await openChat(product.url);
    const taken: number[] = [];
    const take = (_id: string, _user: string, sent: { readonly screenshots?: readonly string[] }) => {
      taken.push(sent.screenshots?.length ?? 0);
      return taken.length === 1
        ? Promise.reject(new SupportError('store-unavailable'))
        : Promise.resolve({ id: 'stored' });
    };
    const takeUpload = takingWith({ take });
    const contents = Array.from({ length: 5 }, () => picture);
    const activity = { type: 'message', channelData: { clientActivityID: 'c1' } };
    const again = () => takeUpload(id, 'dl_1', () => Promise.resolve({ activity, files: 5, contents }));
    await assert.rejects(again(), { code: 'store-unavailable' });
    await again();
    assert.deepEqual(taken, [5, 5]);
  });

  it('is not called too much while nobody can tell how many there were', async () => {
    const chat = await openChat(product.url);
    const limits = () => ({ consume: () => Promise.reject(new SupportError('store-unavailable')) });
    const takeUpload = takingWith({ store: { screenshots: product.store.screenshots, limits } });
    const upload = { activity: { type: 'message' }, files: 1, contents: [picture] };
    await assert.rejects(
      takeUpload(chat.id, 'dl_1', () => Promise.resolve(upload)),
      { code: 'store-unavailable' },
    );
  });

  it('is taken while others send theirs slowly, and later where memory is full of theirs', async () => {
    const chat = await openChat(product.url);
    const takeUpload = takingWith({});
    const body = Readable.from([Buffer.from('%PDF'), Buffer.alloc(5_000_000)]);
    const request = () => Object.assign(body, { headers: {} }) as unknown as IncomingMessage;
    const rest = Promise.withResolvers<undefined>();
    const slowly = (bytes: number) =>
      takeUpload(chat.id, 'dl_1', async (hold) => {
        hold?.(bytes);
        await rest.promise;
        return { activity: { type: 'message' }, files: 1, contents: [] };
      });
    const slow = Array.from({ length: 40 }, () => slowly(1));
    assert.equal((await send(chat, form({}, picture))).status, 200);
    slow.push(...Array.from({ length: 17 }, () => slowly(5_000_000)));
    const full = takeUpload(chat.id, 'dl_1', (hold) => readUpload(request(), hold));
    await assert.rejects(full, { code: 'too-many-requests', retryAfterMs: 2000 });
    assert.equal(body.readableEnded, true, 'a browser shows no answer that comes before');
    rest.resolve(undefined);
    await Promise.all(slow);
  });

  it('is taken from nobody whose token does not open the conversation', async () => {
    const [mine, other] = [await openChat(product.url), await openChat(product.url)];
    assert.equal((await send({ ...other, token: mine.token }, form({}, picture))).status, 404);
    assert.deepEqual(await storedOf(other), []);
  });

  it('is shown to agents who are signed in, as a picture and nothing else, and to no customer', async () => {
    const { chat } = await askForPerson(product.url, 'over-limit');
    await send(chat, form({}, picture));
    const [id = ''] = await storedOf(chat);
    const url = `${product.url}/console/api/screenshots/${id}`;
    const { cookie } = await signIn(product.url);
    const shown = await fetch(url, { headers: { cookie } });
    assert.deepEqual(
      ['content-type', 'x-content-type-options', 'content-security-policy', 'cache-control'].map((name) =>
        shown.headers.get(name),
      ),
      ['image/jpeg', 'nosniff', "default-src 'none'; sandbox", 'private, no-store'],
    );
    const { width, height } = await sharp(await shown.arrayBuffer()).metadata();
    assert.deepEqual([shown.status, width, height], [200, 30, 20]);
    for (const headers of [{}, bearer(chat.token)]) assert.equal((await fetch(url, { headers })).status, 401);
    assert.equal((await fetch(`${url}x`, { headers: { cookie } })).status, 404);
  });
});
