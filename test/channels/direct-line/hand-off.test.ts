import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Wire } from '../../../src/channels/wire.ts';
import { customerNamed } from '../../support/customers.ts';
import { bearer, call, chatOf, isBot, latchkeyOf, type Chat } from '../../support/direct-line.ts';
import { ticketJson } from '../../../src/tickets/ticket-json.ts';
import { startTestProduct, type TestProduct } from '../../support/product.ts';
import { noSettings } from '../../support/settings.ts';
import { createWorld } from '../../support/world.ts';
import { handOffContract, statusOf } from '../hand-off-contract.ts';
import { quiet, serve } from '../served.ts';

const key = 'the-key-of-a-hub-with-32-characters';
const handOff = { key, name: 'Northwind Support' };
const isHandOff = ({ name }: Wire) => name === 'handoff.initiate';
const person = customerNamed('over-limit')?.person ?? assert.fail();

handOffContract('Direct Line', async () => {
  const config = { ...noSettings, handOff };
  const world = await createWorld('over-limit', undefined, undefined, { config });
  const { product, log, store } = world;
  const { url, stop } = await serve(product, { config, log });
  return {
    ...{ world, quiet: () => quiet(product) },
    async open() {
      const { body } = await call(`${url}/v3/directline/tokens/generate`, 'POST', {}, bearer(key));
      const chat = chatOf(url, body as { conversationId: string; token: string });
      await store.identify(chat.id, { ...person, verifiedBy: 'signed-identity' });
      return {
        id: chat.id,
        write: (text: string) => chat.write(text),
        events: async () => (await chat.activities()).filter(isHandOff),
        post: (event: Wire) => chat.call('POST', '/activities', event),
      };
    },
    async close() {
      await stop();
      await world.close();
    },
  };
});

describe('a hub’s client of Direct Line', () => {
  let product: TestProduct;
  beforeEach(async () => (product = await startTestProduct({ handOff })));
  afterEach(() => product.stop());

  const identity = async () =>
    String((await call(`${product.url}/demo/identity`, 'POST', { customer: 'over-limit' })).body.identity);
  const generate = async (body: object, shown = key) =>
    call(`${product.url}/v3/directline/tokens/generate`, 'POST', body, bearer(shown));
  /** The hub's client in a conversation of a sample customer. */
  async function open(body: object = {}): Promise<Chat> {
    const { body: token } = await generate({ identity: await identity(), ...body });
    const chat = chatOf(product.url, token as { conversationId: string; token: string });
    await call(`${product.url}/v3/directline/conversations`, 'POST', {}, bearer(chat.token));
    return chat;
  }
  async function handedOff(chat: Chat) {
    const stream = await chat.listen();
    for (const text of ['I get access denied when I try to export', 'Talk to a person']) {
      await chat.write(text);
      await stream.until(text.startsWith('I') ? (one) => latchkeyOf(one).kind === 'verdict' : isHandOff);
    }
    const event = stream.activities.find(isHandOff) ?? assert.fail();
    return { stream, event, ticket: (event.value as { ticket: { number: string } }).ticket.number };
  }

  it('gets the ticket with the talk, as docs/handoff.md shows it, by stream and by polling', async () => {
    const chat = await open();
    const { stream, event } = await handedOff(chat);
    const [, shown = ''] =
      /```json\n(\{\n {2}"type": "event",\n {2}"name": "handoff.initiate"[^]*?)\n```/.exec(
        readFileSync('docs/handoff.md', 'utf8'),
      ) ?? [];
    const { attachments = [] } = event as { attachments?: { content: { activities: Wire[] } }[] };
    const said = (attachments[0]?.content.activities ?? []).map((one) => [isBot(one), one.text]);
    assert.equal(said.filter(([bot]) => bot !== true).length, 2);
    const { ticket, ...context } = event.value as { ticket: Wire; va_BotUrl: string };
    const filed = (await product.store.tickets.find(String(ticket.number))) ?? assert.fail();
    const transcript = `${context.va_BotUrl}/console/tickets/${String(ticket.number)}`;
    assert.deepEqual(ticket, JSON.parse(JSON.stringify(ticketJson(filed.ticket, { transcript }))));
    const whole = { ...event, value: { ...context, ticket: '…' } };
    const activities = attachments.map((one) => ({ ...one, content: { activities: '…' } }));
    const told = JSON.stringify({ ...whole, attachments: activities }).replaceAll(chat.id, '<conversation>');
    const plain = told.replaceAll(context.va_BotUrl, 'https://help.example.com');
    assert.deepEqual(JSON.parse(plain), JSON.parse(shown));
    const polled = await chat.activities();
    assert.deepEqual(polled.find(isHandOff), event);
    assert.deepEqual(stream.activities.slice(0, polled.length), polled);
    await stream.close();
  });

  it('alone gets it: the customer’s own client in the same conversation does not, and may tell nothing', async () => {
    const hub = await open();
    const own = await call(`${product.url}/v3/directline/tokens/generate`, 'POST', { identity: await identity() });
    const customer = chatOf(product.url, own.body as unknown as { conversationId: string; token: string });
    assert.equal(customer.id, hub.id);
    const theirs = await customer.listen();
    const { stream, ticket } = await handedOff(hub);
    await customer.write('and then?');
    await theirs.until(({ text }) => text === 'and then?');
    assert.doesNotMatch(JSON.stringify([theirs.activities, await customer.activities()]), /handoff|va_/);
    for (const state of ['accepted', 'failed', 'completed']) {
      const { status, body } = await customer.call('POST', '/activities', statusOf(customer, state));
      assert.deepEqual([status, body.error?.code], [403, 'not-allowed']);
    }
    assert.equal((await product.store.tickets.find(ticket))?.work.state, 'waiting');
    assert.deepEqual(await product.store.audit.ofTicket(ticket), []);
    await Promise.all([stream.close(), theirs.close()]);
  });

  it('is who shows its key: another one opens nothing', async () => {
    const { status, body } = await generate({}, `${key}x`);
    assert.deepEqual([status, body.error?.code], [401, 'token-invalid']);
    assert.equal((await product.db.selectFrom('conversations').select('id').execute()).length, 0);
  });
});
