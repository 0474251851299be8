import assert from 'node:assert/strict';
import { bearer, call, chatOf, isBot, latchkeyOf, newChat } from '../../support/direct-line.ts';
import { fakeClock } from '../../support/fakes.ts';
import { openGate, type Gate } from '../../support/gate.ts';
import { startTestProduct, type TestProduct } from '../../support/product.ts';
import { isOffered, type OpenClient, type StockClient } from './stock-clients.ts';

const generousLimits = { messagesPer10s: 1_000, conversationsPerMinute: 1_000 };

type Way = readonly [name: string, open: OpenClient, can: { readonly maySlow: boolean; readonly many: number }];

/** Each promise of Direct Line 3.0, kept to each of these clients; `site`: where another one stands that may embed us. */
export function promisesTo(clients: readonly Way[], site?: () => Promise<string>): void {
  const clock = fakeClock();
  let product: TestProduct;
  let gate: Gate;
  const open: StockClient[] = [];

  before(async () => {
    const allowedOrigins = site ? [await site()] : [];
    product = await startTestProduct({ clock, limits: generousLimits, allowedOrigins });
    gate = await openGate(product.url);
  });
  after(async () => {
    gate.close();
    await product.stop();
  });
  afterEach(async () => {
    for (const client of open.splice(0)) await client.end();
    gate.hold(false);
    gate.cut();
  });

  for (const [way, openClient, { maySlow, many }] of clients)
    describe(way, () => {
      /** A conversation of a sample customer, and the client in it. */
      async function talk(customer = 'over-limit', watermark?: string) {
        const { body } = await call(`${product.url}/demo/identity`, 'POST', { customer });
        const chat = await newChat(product.url, String(body.identity));
        const client = await connect(chat, watermark);
        return { chat, client };
      }
      async function connect({ id, token }: { id: string; token: string }, watermark?: string) {
        const client = await openClient({ url: gate.url, token, id, ...(watermark !== undefined && { watermark }) });
        open.push(client);
        return client;
      }
      const stored = async (id: string) => {
        const all = await product.store.activitiesAfter(id, 0, 100_000);
        return all.filter(({ type }) => type !== 'event').map(({ seq }) => `${id}|${String(seq).padStart(7, '0')}`);
      };
      /** Everything once, and in order by the time that each has: the official client mixes frames that come close together. */
      async function hasAll(id: string, client: StockClient) {
        const ids = await stored(id);
        for (const id of ids) await client.until((one) => one.id === id);
        const told = client.activities.filter(({ type }) => type === 'message');
        told.sort((a, b) => String(a.timestamp).localeCompare(String(b.timestamp)));
        assert.deepEqual(
          told.map((one) => one.id),
          ids,
        );
      }

      it('the whole talk: greeted, answered, a button pressed, a ticket given', async () => {
        const { chat, client } = await talk();
        await client.until((one) => isBot(one) && String(one.text).includes('automated assistant'));
        await client.reached('online');
        await client.write('I get access denied when I try to export');
        await client.until((one) => latchkeyOf(one).kind === 'verdict');
        await client.until(isOffered('Talk to a person'));
        await client.press('Talk to a person');
        const { ticket } = latchkeyOf(await client.until((one) => latchkeyOf(one).kind === 'ticket'));
        const found = await product.store.tickets.find(String(ticket));
        assert.equal(found?.ticket.conversationId, chat.id);
        await hasAll(chat.id, client);
      });

      it('a file: its words are taken and answered; one that is too large is refused', async () => {
        const { chat, client } = await talk();
        await client.until(isBot);
        assert.equal(await client.upload('what is on this picture', 50_000), true);
        await client.until(({ text }) => text === 'I can’t read files. I go by what you write.');
        assert.equal(await client.upload('and on this', 6_000_000), false);
        assert.doesNotMatch(JSON.stringify(await product.store.activitiesAfter(chat.id, 0, 100)), /and on this/);
      });

      it('a connection that breaks again and again: every message once and in order', async () => {
        const { chat, client } = await talk();
        await client.until(isBot);
        const elsewhere = chatOf(product.url, { conversationId: chat.id, token: chat.token });
        for (let i = 0; i < 3; i += 1) {
          gate.cut();
          await elsewhere.write(`while away ${i}`);
          await client.until(({ text }) => text === `while away ${i}`);
        }
        await client.write('and I am back');
        await client.until(({ text }) => text === 'and I am back');
        await hasAll(chat.id, client);
      });

      it(`a history of ${many} messages, page by page, from its beginning and from its middle`, async () => {
        const { chat, client } = await talk();
        await client.until(isBot);
        await client.end();
        const from = await fill(chat.id, many, (i) => `message ${i}`);
        const again = await connect(chat, '0');
        await hasAll(chat.id, again);
        const middle = await connect(chat, String(from + many / 2));
        for (let i = many / 2 + 1; i <= many; i += 1) await middle.until(({ text }) => text === `message ${i}`);
        assert.equal(middle.activities.length, many / 2);
      });

      it('a second tab: both are told the same', async () => {
        const { chat, client } = await talk();
        await client.until(isBot);
        const second = await connect(chat, '0');
        await second.write('from the second');
        await client.until(({ text }) => text === 'from the second');
        await client.write('from the first');
        await second.until(({ text }) => text === 'from the first');
        for (const one of [client, second]) await hasAll(chat.id, one);
      });

      it('a token that is refreshed: the talk goes on with it', async () => {
        const { chat, client } = await talk();
        await client.until(isBot);
        const fresh = await client.refresh();
        assert.notEqual(fresh, chat.token);
        clock.forward(1);
        gate.cut();
        await client.write('with the new one');
        await client.until(({ text }) => text === 'with the new one');
        await hasAll(chat.id, client);
      });

      it('a token that is over: the client hears so, and goes on with another', async () => {
        const { chat, client } = await talk();
        await client.until(isBot);
        clock.forward(30 * 60_000);
        await client.write('too late');
        await client.reached('expired');
        const refreshed = await call(
          `${product.url}/v3/directline/tokens/refresh`,
          'POST',
          undefined,
          bearer(chat.token),
        );
        const token = String(refreshed.body.token);
        const at = `${gate.url}/v3/directline/conversations/${chat.id}`;
        const { body } = await call(at, 'GET', undefined, bearer(token));
        await client.takeToken(token, String(body.streamUrl));
        await client.write('in time');
        await client.until(({ text }) => text === 'in time');
        assert.ok(!client.activities.some(({ text }) => text === 'too late'));
      });

      it('a conversation that is not there: the client hears so, and nothing is made', async () => {
        const chat = await newChat(product.url);
        const client = await connect({ id: 'A'.repeat(22), token: chat.token }, '0');
        await client.reached('failed');
        assert.deepEqual(client.activities, []);
      });

      it('log-out closes its stream, and nothing reaches it any more', async () => {
        const { chat, client } = await talk();
        await client.until(isBot);
        await call(`${product.url}/v3/directline/tokens/revoke`, 'POST', undefined, bearer(chat.token));
        while (gate.streams() > 0) await new Promise((done) => setTimeout(done, 5));
        const before = client.activities.length;
        await client.write('still there?');
        assert.equal(
          (
            await call(
              `${product.url}/v3/directline/conversations/${chat.id}/activities`,
              'GET',
              undefined,
              bearer(chat.token),
            )
          ).status,
          401,
        );
        assert.equal(client.activities.length, before);
      });

      // In the browser it is the same client, which would draw ten megabytes.
      if (maySlow)
        it('a reader that is too slow is cut off, and resumes without a gap', async () => {
          const { chat, client } = await talk();
          await client.until(isBot);
          gate.hold(true);
          const before = gate.upgrades();
          await fill(chat.id, 1_000, (i) => `${i} ${'‱'.repeat(3_900)}`);
          product.events.emit('stored-elsewhere', chat.id);
          await product.store.activitiesAfter(chat.id, 0, 1);
          gate.hold(false);
          await hasAll(chat.id, client);
          assert.ok(gate.upgrades() > before, 'it was not cut off: nothing is proved');
        });
    });

  /** Puts so many messages behind a conversation, as if they had been said; the number of the last one before. */
  async function fill(id: string, count: number, textOf: (i: number) => string): Promise<number> {
    // What runs has stored its answer by then.
    const from = await product.store.lastSeq(id);
    const rows = Array.from({ length: count }, (_, i) => ({
      ...{
        conversation_id: id,
        seq: from + 1 + i,
        client_id: null,
        attempts: null,
        author: 'dl_me',
        at: clock.now() + i,
      },
      activity: JSON.stringify({ type: 'message', text: textOf(i + 1) }),
    }));
    for (let i = 0; i < count; i += 100)
      await product.db
        .insertInto('activities')
        .values(rows.slice(i, i + 100))
        .execute();
    const last_seq = from + count;
    await product.db.updateTable('conversations').set({ last_seq }).where('id', '=', id).execute();
    return from;
  }
}
