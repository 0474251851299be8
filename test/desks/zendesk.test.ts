import assert from 'node:assert/strict';
import zendesk from 'node-zendesk';
import { createZendesk } from '../../src/desks/zendesk/index.ts';
import { codeOf, type SupportError } from '../../src/domain/errors.ts';
import { ticketHtml } from '../../src/tickets/ticket-html.ts';
import { fakeClock } from '../support/fakes.ts';
import { deskContract, failureOf, hasty } from './contract.ts';
import { withoutMark } from './read.ts';
import { filed, later, ticketNumbered, ticketOfSomeone } from './tickets.ts';
import { agent, startZendesk } from './zendesk-far-end.ts';

const secret = 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==';
const basic = Buffer.from(`${agent.email}/token:${agent.token}`).toString('base64');

async function start(webhookSecret: string | null = secret) {
  const farEnd = await startZendesk();
  const needs = { ...agent, url: farEnd.url, fetch, clock: fakeClock(), toHtml: ticketHtml, webhookSecret };
  return { farEnd, desk: createZendesk(hasty(needs, farEnd)) };
}

deskContract('zendesk', ['down', 'refusing', 'late'], async () => {
  const { farEnd, desk } = await start();
  return {
    desk,
    taken: () => Promise.resolve(farEnd.tickets.map(({ external_id }) => external_id)),
    added: (number) =>
      farEnd.tickets
        .filter(({ external_id }) => external_id === number)
        .flatMap(({ comments }) => comments.map(withoutMark)),
    turn: (fault) => void (farEnd.fault = fault),
    secrets: [agent.token, basic, secret],
    close: () => farEnd.close(),
  };
});

describe('Zendesk', () => {
  let open: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => (open = await start()));
  afterEach(() => open.farEnd.close());
  const take = (ticket = ticketNumbered('LK-7'), again = false) => open.desk.take(ticket, { again });
  const sentTicket = () => (open.farEnd.only('POST').body as { ticket: Record<string, unknown> }).ticket;

  it('is told the page on which agents read a ticket', async () => {
    assert.deepEqual(await take(), { id: '300', url: `${open.farEnd.url.origin}/agent/tickets/300` });
  });

  it('sends what the vendor’s client sends for the same ticket, and the key besides', async () => {
    await take(ticketOfSomeone('LK-7'));
    const ours = open.farEnd.asked.splice(0)[0] ?? assert.fail();
    const client = zendesk.createClient({
      username: agent.email,
      token: agent.token,
      endpointUri: `${open.farEnd.url.origin}/api/v2`,
    });
    await client.tickets.create(ours.body as Parameters<typeof client.tickets.create>[0]);
    const theirs = open.farEnd.only('POST');
    assert.deepEqual([ours.path, ours.body], [theirs.path, theirs.body]);
    assert.equal(ours.headers.authorization, theirs.headers.authorization);
    assert.equal(ours.headers['idempotency-key'], 'LK-7');
  });

  it('files the ticket as an internal note with its number, cause and priority', async () => {
    const ticket = { ...ticketOfSomeone('LK-7'), priority: 'high' as const };
    await take(ticket);
    assert.deepEqual(sentTicket(), {
      subject: 'Access to Export · LK-7',
      comment: { html_body: ticketHtml(ticket), public: false },
      external_id: 'LK-7',
      tags: ['latchkey', 'monthly-limit', 'proved'],
      priority: 'high',
      requester: { name: 'Ada Example', email: 'ada@customer.example' },
    });
  });

  it('looks first when a ticket comes again, for its key is forgotten after two hours', async () => {
    await take();
    open.farEnd.forgetKeys();
    assert.deepEqual(await take(ticketNumbered('LK-7'), true), await take(ticketNumbered('LK-7'), true));
    assert.equal(open.farEnd.tickets.length, 1);
  });

  it('does not believe an answer that broke off: the ticket is looked up', async () => {
    open.farEnd.fault = 'cut';
    assert.equal(codeOf(await failureOf(take())), 'desk-unavailable');
    open.farEnd.fault = 'up';
    open.farEnd.forgetKeys();
    assert.equal((await take(ticketNumbered('LK-7'), true))?.id, '300');
    assert.equal(open.farEnd.tickets.length, 1);
  });

  it('tells in one line which field was refused, and why', async () => {
    const details = { priority: [{ error: 'InvalidValue', description: 'Priority: is not in the list' }] };
    open.farEnd.told = { status: 422, body: { error: 'RecordInvalid', details } };
    const { code, message } = (await failureOf(take())) as SupportError;
    assert.equal(code, 'desk-refused');
    assert.equal(message, 'The desk answered 422 (priority: InvalidValue, Priority: is not in the list).');
  });

  it('is believed when its answer is long, and looks up no list for ever that is longer than any', async () => {
    open.farEnd.told = { status: 201, body: { ticket: { id: 7, description: 'x'.repeat(3_000_000) } } };
    assert.equal((await take())?.id, '7');
    const rest = 'x'.repeat(9_000_000);
    open.farEnd.told = { status: 200, body: { tickets: [], rest } };
    assert.equal(codeOf(await failureOf(take(ticketNumbered('LK-7'), true))), 'desk-refused');
    // It was made: the next attempt looks it up.
    open.farEnd.told = { status: 201, body: { ticket: { id: 7 }, rest } };
    assert.equal(codeOf(await failureOf(take())), 'desk-unavailable');
  });

  it('says how long it asks to be left alone', async () => {
    open.farEnd.fault = 'limited';
    const error = (await failureOf(take())) as SupportError;
    assert.deepEqual([error.code, error.retryAfterMs], ['desk-unavailable', 7_000]);
  });

  it('adds what is written later as an internal note that shows it and does nothing else, and opens the ticket', async () => {
    const ref = await take();
    const text = '<img src=x onerror=alert(1)>\nTwo & three\n– customer in the chat, 2026-11-22 10:19 UTC · LK-7/19';
    const at = filed(ticketNumbered('LK-7'), 'zendesk', ref);
    await open.desk.add(at, later(17, text), { again: false });
    const [body, ...more] = open.farEnd.sent('PUT', /^\/api\/v2\/tickets\/300\.json$/);
    const mark = '– customer in the chat, 2026-11-22 10:17 UTC · LK-7/17';
    const told =
      '&lt;img src=x onerror=alert(1)&gt;<br>Two &amp; three<br>– customer in the chat, 2026-11-22 10:19 UTC · LK-7/19';
    const html_body = `<p>${told}</p><p><small>${mark}</small></p>`;
    assert.deepEqual([body, more], [{ ticket: { comment: { html_body, public: false }, status: 'open' } }, []]);
    await open.desk.add(at, later(19, 'the real one'), { again: true });
    assert.equal(open.farEnd.tickets[0]?.comments.length, 2, 'a mark that a customer wrote is none');
  });

  it('adds once when the answer was lost', async () => {
    const at = filed(ticketNumbered('LK-7'), 'zendesk', await take());
    open.farEnd.fault = 'cut';
    await failureOf(open.desk.add(at, later(17), { again: false }));
    open.farEnd.fault = 'up';
    await open.desk.add(at, later(17), { again: true });
    assert.equal(open.farEnd.tickets[0]?.comments.length, 1);
  });

  it('finds the ticket of a later message by its number when we were not told where it is', async () => {
    const at = filed(ticketNumbered('LK-7'), 'zendesk', null);
    assert.equal(codeOf(await failureOf(open.desk.add(at, later(17), { again: false }))), 'desk-refused');
    await take();
    await open.desk.add(at, later(17), { again: false });
    assert.equal(open.farEnd.tickets[0]?.comments.length, 1);
  });

  it('takes later messages without its webhook too, and is answered from only with it', async () => {
    const { farEnd, desk } = await start(null);
    farEnd.close();
    assert.deepEqual(Object.keys(desk), ['name', 'take', 'add']);
  });
});
