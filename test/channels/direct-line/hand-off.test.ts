import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { EventFactory } from 'botbuilder';
import type { Wire } from '../../../src/channels/wire.ts';
import { bearer, call, chatOf, isBot, latchkeyOf, newChat, type Chat } from '../../support/direct-line.ts';
import { ticketJson } from '../../../src/tickets/ticket-json.ts';
import { startTestProduct, type TestProduct } from '../../support/product.ts';

const key = 'the-key-of-a-hub-with-32-characters';
const isHandOff = ({ name }: Wire) => name === 'handoff.initiate';
const ten = Array.from({ length: 10 });

describe('a live-agent hub', () => {
  let product: TestProduct;
  beforeEach(async () => (product = await startTestProduct({ handOff: { key, name: 'Northwind Support' } })));
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
  const statusOf = (chat: Chat, state: string, message?: string) =>
    JSON.parse(JSON.stringify(EventFactory.createHandoffStatus({ id: chat.id } as never, state, message))) as Wire;
  const post = (chat: Chat, activity: Wire) => chat.call('POST', '/activities', activity);
  const work = async (ticket: string) => (await product.store.tickets.find(ticket))?.work ?? assert.fail();
  const audit = async (ticket: string) => (await product.store.audit.ofTicket(ticket)).map(({ action }) => action);
  const kinds = async (chat: Chat) => (await chat.activities()).map((one) => latchkeyOf(one).kind);
  const count = async (chat: Chat, kind: string) => (await kinds(chat)).filter((one) => one === kind).length;
  /** The same status ten times at once, and once more. */
  async function tell(chat: Chat, state: string, message?: string) {
    const status = statusOf(chat, state, message);
    const answers = await Promise.all(ten.map(() => post(chat, status)));
    for (const answer of [...answers, await post(chat, status)])
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
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
      const { status, body } = await post(customer, statusOf(customer, state));
      assert.deepEqual([status, body.error?.code], [403, 'not-allowed']);
    }
    assert.deepEqual([(await work(ticket)).state, await audit(ticket)], ['waiting', []]);
    await Promise.all([stream.close(), theirs.close()]);
  });

  it('is who shows its key: another one opens nothing', async () => {
    const { status, body } = await generate({}, `${key}x`);
    assert.deepEqual([status, body.error?.code], [401, 'token-invalid']);
    assert.equal((await product.db.selectFrom('conversations').select('id').execute()).length, 0);
  });

  it('takes the ticket, and the bot is silent, until it is completed: then it asks whether that solved it', async () => {
    const chat = await open();
    const { stream, ticket } = await handedOff(chat);
    assert.equal((await work(ticket)).state, 'waiting');
    await tell(chat, 'accepted');
    const { state, holder } = await work(ticket);
    assert.deepEqual([state, holder?.name], ['claimed', 'Northwind Support']);
    await stream.until((one) => latchkeyOf(one).kind === 'person-joined');
    const spoken = async () => (await kinds(chat)).filter((kind) => kind !== undefined).length;
    const before = await spoken();
    await chat.write('are you there?');
    await tell(chat, 'completed');
    await stream.until(({ text }) => String(text).includes('Northwind Support') && String(text).includes('?'));
    assert.equal(await spoken(), before + 1);
    assert.equal((await work(ticket)).state, 'closed');
    assert.deepEqual((await audit(ticket)).toSorted(), ['claim', 'close']);
    assert.equal(await count(chat, 'person-joined'), 1);
    await stream.close();
  });

  it('gives it back where it fails, before or after it took it, with its reason on the ticket', async () => {
    const chat = await open();
    const { stream, ticket } = await handedOff(chat);
    await tell(chat, 'failed', 'nobody is there; my password is hunter22');
    assert.equal((await work(ticket)).state, 'waiting');
    await tell(chat, 'accepted');
    await tell(chat, 'failed');
    const { state, holder } = await work(ticket);
    assert.deepEqual([state, holder], ['waiting', null]);
    const notes = (await product.store.tickets.notes(ticket)).map(({ text }) => text);
    assert.equal(notes.length, 2);
    assert.match(notes[0] ?? '', /^The hand-off failed: nobody is there; my password is /);
    assert.doesNotMatch(JSON.stringify(notes), /hunter22/);
    assert.equal(notes[1], 'The hand-off failed: the hub told no reason');
    assert.deepEqual([await count(chat, 'person-joined'), await count(chat, 'person-left')], [1, 1]);
    await stream.close();
  });

  it('is refused what it may not do, and nothing is lost', async () => {
    const chat = await open();
    assert.equal((await post(chat, statusOf(chat, 'accepted'))).status, 404);
    const { stream, ticket } = await handedOff(chat);
    const other = await newChat(product.url);
    const accepted = statusOf(chat, 'accepted');
    const { id, ...unnamed } = accepted;
    assert.ok(id);
    const another = await handedOff(await open({ anew: true }));
    const about = (number: string) => ({ ...statusOf(chat, 'accepted'), value: { state: 'accepted', ticket: number } });
    for (const [activity, status, code] of [
      [statusOf(chat, 'typing'), 400, 'message-invalid'],
      [{ ...accepted, name: 'handoff.initiate' }, 400, 'message-invalid'],
      [unnamed, 400, 'message-invalid'],
      [about('NONE-1'), 404, 'not-found'],
      [about(another.ticket), 404, 'not-found'],
      [statusOf(chat, 'completed'), 409, 'ticket-changed'],
    ] as const) {
      const answer = await post(chat, activity);
      assert.deepEqual([answer.status, answer.body.error?.code], [status, code], JSON.stringify(activity));
    }
    assert.equal((await post(other, accepted)).status, 403);
    const ana = { id: 'ana', name: 'Ana Lopez' };
    const becomes = { state: 'claimed', holder: ana } as const;
    await product.store.ticketActions.act({
      ticket,
      by: ana,
      action: 'claim',
      when: { states: ['waiting'] },
      becomes,
      id: 'a',
    });
    for (const state of ['accepted', 'failed', 'completed'])
      assert.equal((await post(chat, statusOf(chat, state))).status, 409, state);
    assert.deepEqual([(await work(ticket)).holder?.name, await audit(ticket)], ['Ana Lopez', ['claim']]);
    assert.deepEqual([(await work(another.ticket)).state, await audit(another.ticket)], ['waiting', []]);
    await Promise.all([stream.close(), another.stream.close()]);
  });
});
