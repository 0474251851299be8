import assert from 'node:assert/strict';
import Client from 'freshdesk-api';
import { createFreshdesk } from '../../src/desks/freshdesk/index.ts';
import { codeOf, type SupportError } from '../../src/domain/errors.ts';
import { ticketHtml } from '../../src/tickets/ticket-html.ts';
import { fakeClock } from '../support/fakes.ts';
import { deskContract, failureOf, hasty } from './contract.ts';
import { key, startFreshdesk } from './freshdesk-far-end.ts';
import { readHtml, withoutMark } from './read.ts';
import { filed, later, ticketNumbered, ticketOfSomeone } from './tickets.ts';

const field = 'cf_latchkey';
const requester = 'chat@acme.example';

async function start() {
  const clock = fakeClock();
  const farEnd = await startFreshdesk(() => clock.now());
  const needs = { url: farEnd.url, key, requester, field, fetch, clock, toHtml: ticketHtml };
  const desk = createFreshdesk(hasty(needs, farEnd));
  return { clock, farEnd, desk };
}

deskContract('freshdesk', ['down', 'refusing', 'late'], async () => {
  const { farEnd, desk } = await start();
  return {
    desk,
    taken: () => Promise.resolve(farEnd.tickets.map(({ custom_fields }) => custom_fields[field] ?? '')),
    added: (number) =>
      farEnd.tickets
        .filter(({ custom_fields }) => custom_fields[field] === number)
        // The first is the evidence.
        .flatMap(({ notes }) => notes.slice(1).map(({ body }) => withoutMark(readHtml(body)))),
    turn: (fault) => void (farEnd.fault = fault),
    secrets: [key, Buffer.from(`${key}:X`).toString('base64')],
    close: () => farEnd.close(),
  };
});

describe('Freshdesk', () => {
  let open: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => (open = await start()));
  afterEach(() => open.farEnd.close());
  const take = (ticket = ticketNumbered('LK-7'), again = false) => open.desk.take(ticket, { again });
  const takeAgain = () => take(ticketNumbered('LK-7'), true);
  const notes = () => open.farEnd.tickets.map((one) => one.notes.length);

  it('is told the page on which agents read a ticket', async () => {
    assert.deepEqual(await take(), { id: '40', url: `${open.farEnd.url.origin}/a/tickets/40` });
  });

  it('files what the customer said, and the evidence as a private note, for the requester is mailed the ticket', async () => {
    const ticket = { ...ticketOfSomeone('LK-7'), priority: 'high' as const };
    await take(ticket);
    assert.deepEqual(open.farEnd.sent('POST', /./), [
      {
        ...{ name: 'Ada Example', email: 'ada@customer.example' },
        subject: 'Access to Export · LK-7',
        description:
          '<blockquote>My invoice of Straße 7 says “access denied”, mail me at zoe@example.com</blockquote>' +
          '<p>Written in the chat · LK-7</p>',
        ...{
          status: 2,
          priority: 3,
          source: 7,
          tags: ['latchkey', 'monthly-limit', 'proved'],
          custom_fields: { [field]: 'LK-7' },
        },
      },
      { body: ticketHtml(ticket), private: true },
    ]);
  });

  it('shows the customer’s words and does nothing else with them', async () => {
    const problem = { ...ticketNumbered('LK-7').problem, words: '<img src=x onerror=alert(1)>\n"&' };
    await take(ticketNumbered('LK-7', 'talk', { problem }));
    const [body] = open.farEnd.sent('POST', /tickets$/) as { description: string }[];
    assert.match(
      body?.description ?? '',
      /^<blockquote>&lt;img src=x onerror=alert\(1\)&gt;<br>&quot;&amp;<\/blockquote>/,
    );
  });

  it('sends what the vendor’s client sends for the same ticket, note and search', async () => {
    await take(ticketOfSomeone('LK-7'));
    await takeAgain();
    const ours = open.farEnd.asked.splice(0);
    const [ticket, note, search] = ours;
    const client = new Client(open.farEnd.url.origin, key);
    const call = (run: (done: (error: Error | null) => void) => void) =>
      new Promise<void>((resolve, reject) => run((error) => (error ? reject(error) : resolve())));
    await call((done) => client.createTicket(ticket?.body, done));
    await call((done) => client.createNote(40, note?.body, done));
    await call((done) => client.filterTickets(`${field}:'LK-7'`, 1, done));
    for (const [i, theirs] of open.farEnd.asked.entries()) {
      assert.deepEqual([ours[i]?.method, ours[i]?.path, ours[i]?.body], [theirs.method, theirs.path, theirs.body]);
      assert.equal(ours[i]?.headers.authorization, theirs.headers.authorization);
    }
    assert.equal(search?.query.get('query'), open.farEnd.asked[2]?.query.get('query'));
  });

  it('finds what it filed in the list while the search does not know it yet', async () => {
    await take();
    await takeAgain();
    assert.deepEqual(open.farEnd.sent('GET', /\/search\//).length, 1);
    assert.equal(open.farEnd.tickets.length, 1);
  });

  it('finds it by the search when too many others came after it', async () => {
    await take();
    open.farEnd.index();
    for (let i = 0; i < 350; i += 1) open.farEnd.file({});
    await takeAgain();
    assert.equal(open.farEnd.sent('GET', /tickets$/).length, 1, 'the list is not asked');
    assert.equal(open.farEnd.tickets.length, 351);
  });

  it('asks for three pages of the list and no more', async () => {
    for (let i = 0; i < 350; i += 1) open.farEnd.file({});
    await takeAgain();
    const pages = open.farEnd.asked.filter(({ path, method }) => path === '/api/v2/tickets' && method === 'GET');
    assert.deepEqual(
      pages.map(({ query }) => query.get('page')),
      ['1', '2', '3'],
    );
    assert.equal(open.farEnd.tickets.length, 351);
  });

  it('adds the note that a crash kept from being written, and never a second one', async () => {
    open.farEnd.hits = ({ path }) => path.endsWith('/notes');
    open.farEnd.fault = 'down';
    assert.equal(codeOf(await failureOf(take())), 'desk-unavailable');
    assert.deepEqual(notes(), [0]);
    open.farEnd.fault = 'cut';
    assert.equal(codeOf(await failureOf(takeAgain())), 'desk-unavailable');
    open.farEnd.fault = 'up';
    await takeAgain();
    assert.deepEqual(notes(), [1]);
  });

  it('adds what is written later as a private note that ends with a mark', async () => {
    const at = filed(ticketNumbered('LK-7'), 'freshdesk', await take());
    await open.desk.add(at, later(17, 'Still\n<b>locked</b>'), { again: false });
    const mark = '– customer in the chat, 2026-11-22 10:17 UTC · LK-7/17';
    const body = `<p>Still<br>&lt;b&gt;locked&lt;/b&gt;</p><p><small>${mark}</small></p>`;
    assert.deepEqual(open.farEnd.sent('POST', /^\/api\/v2\/tickets\/40\/notes$/)[1], { body, private: true });
  });

  it('finds the note of a later message among hundreds, and takes nobody’s reply for it', async () => {
    const at = filed(ticketNumbered('LK-7'), 'freshdesk', await take());
    const mark = '– customer in the chat, 2026-11-22 10:17 UTC · LK-7/17';
    const kept = open.farEnd.tickets[0]?.notes ?? assert.fail();
    for (let i = 0; i < 250; i += 1) kept.push({ body: `<p>${mark}</p>`, private: false });
    for (const again of [false, true, true]) await open.desk.add(at, later(17), { again });
    assert.equal(kept.length, 252);
    kept.splice(251);
    await open.desk.add(at, later(17), { again: true });
    assert.equal(kept.length, 252);
  });

  it('refuses a later message of a ticket that it never said where it keeps', async () => {
    const at = filed(ticketNumbered('LK-7'), 'freshdesk', null);
    const { code, message } = (await failureOf(open.desk.add(at, later(17), { again: true }))) as SupportError;
    assert.deepEqual([code, message], ['desk-refused', 'The desk did not say where it keeps this ticket.']);
    assert.deepEqual(open.farEnd.asked, []);
  });

  it('says how long it asks to be left alone', async () => {
    open.farEnd.fault = 'limited';
    const error = (await failureOf(take())) as SupportError;
    assert.deepEqual([error.code, error.retryAfterMs], ['desk-unavailable', 7_000]);
  });
});
