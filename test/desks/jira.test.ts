import assert from 'node:assert/strict';
import { createCloudClient, createServiceDeskClient } from 'jira.js';
import { RequestCreateSchema } from 'jira.js/serviceDesk';
import { createJira } from '../../src/desks/jira/index.ts';
import { codeOf, type SupportError } from '../../src/domain/errors.ts';
import { ticketAdf } from '../../src/tickets/ticket-adf.ts';
import { fakeClock } from '../support/fakes.ts';
import { deskContract, failureOf, hasty } from './contract.ts';
import { account, readWiki, startJira } from './jira-far-end.ts';
import { filed, later, ticketNumbered, ticketOfSomeone } from './tickets.ts';

async function start() {
  const clock = fakeClock();
  const farEnd = await startJira(() => clock.now(), 100_000);
  const ids = { serviceDesk: '3', requestType: '27' };
  const needs = { ...account, ...ids, url: farEnd.url, fetch, clock, toAdf: ticketAdf };
  const open = () => createJira(hasty(needs, farEnd));
  return { clock, farEnd, open, desk: open() };
}

deskContract('jira', ['down', 'refusing', 'late'], async () => {
  const { clock, farEnd, desk } = await start();
  return {
    desk,
    taken: () => Promise.resolve(farEnd.issues.map(({ summary }) => summary.split(' ').at(-1) ?? '')),
    added: (number) =>
      farEnd.issues
        .filter(({ summary }) => summary.endsWith(` ${number}`))
        .flatMap(({ comments }) => comments.map(({ body }) => readWiki(body))),
    turn: (fault) => void (farEnd.fault = fault),
    wait: () => clock.forward(120_000),
    secrets: [account.token, Buffer.from(`${account.email}:${account.token}`).toString('base64')],
    close: () => farEnd.close(),
  };
});

describe('Jira', () => {
  let open: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => (open = await start()));
  afterEach(() => open.farEnd.close());
  const take = (again = false, desk = open.desk) => desk.take(ticketNumbered('LK-7'), { again });

  it('is told the page on which agents read a ticket', async () => {
    assert.deepEqual(await take(), { id: 'SUP-1', url: `${open.farEnd.url.origin}/browse/SUP-1` });
  });

  it('raises the ticket in our own name, in Jira’s document format, its number in the summary', async () => {
    const ticket = ticketOfSomeone('LK-7');
    await open.desk.take(ticket, { again: false });
    assert.deepEqual(open.farEnd.only('POST').body, {
      ...{ serviceDeskId: '3', requestTypeId: '27' },
      requestFieldValues: {
        summary: 'Acme · Export blocked: monthly limit (proved) · LK-7',
        description: ticketAdf(ticket),
      },
      isAdfRequest: true,
    });
  });

  it('sends what the vendor’s schema knows, and what the client jira.js sends for the same ticket and search', async () => {
    await take();
    open.clock.forward(120_000);
    await take(true);
    const [request, search] = open.farEnd.asked.splice(0);
    const known = RequestCreateSchema.strict().safeParse(request?.body);
    assert.deepEqual([known.success, known.data], [true, request?.body]);
    const { email, token: apiToken } = account;
    const config = { host: open.farEnd.url.origin, auth: { type: 'basic' as const, email, apiToken } };
    await createServiceDeskClient(config).request.createCustomerRequest(request?.body as object);
    const jql = String(search?.query.get('jql'));
    const asked = { jql, fields: ['summary'], maxResults: 50 };
    await createCloudClient(config).issueSearch.searchAndReconsileIssuesUsingJql(asked);
    const theirs = open.farEnd.asked;
    assert.deepEqual([request?.path, request?.body], [theirs[0]?.path, theirs[0]?.body]);
    assert.deepEqual([search?.path, [...(search?.query ?? [])]], [theirs[1]?.path, [...(theirs[1]?.query ?? [])]]);
    assert.equal(request?.headers.authorization, theirs[0]?.headers.authorization);
  });

  it('waits for the search before it raises a ticket again whose end it does not know', async () => {
    open.farEnd.fault = 'cut';
    assert.equal(codeOf(await failureOf(take())), 'desk-unavailable');
    open.farEnd.fault = 'up';
    for (const ms of [1_000, 60_000, 38_999]) {
      open.clock.forward(ms);
      assert.equal(codeOf(await failureOf(take(true))), 'desk-unavailable');
    }
    open.clock.forward(1);
    assert.equal((await take(true))?.id, 'SUP-1');
    assert.equal(open.farEnd.issues.length, 1);
  });

  it('waits after a restart too, and then raises what never arrived', async () => {
    const restarted = open.open();
    assert.equal(codeOf(await failureOf(take(true, restarted))), 'desk-unavailable');
    open.clock.forward(119_999);
    assert.equal(codeOf(await failureOf(take(true, restarted))), 'desk-unavailable');
    open.clock.forward(1);
    assert.equal((await take(true, restarted))?.id, 'SUP-1');
  });

  it('does not wait when its last attempt is long past', async () => {
    open.farEnd.fault = 'down';
    await failureOf(take());
    open.clock.forward(86_400_000);
    open.farEnd.fault = 'up';
    assert.equal((await take(true))?.id, 'SUP-1');
  });

  it('takes no other ticket for this one whose number begins alike', async () => {
    await open.desk.take(ticketNumbered('LK-77'), { again: false });
    open.clock.forward(120_000);
    await failureOf(take(true));
    open.clock.forward(120_000);
    assert.equal((await take(true))?.id, 'SUP-2');
  });

  it('adds what is written later as an internal comment that ends with a mark, as the client jira.js does', async () => {
    const at = filed(ticketNumbered('LK-7'), 'jira', await take());
    open.farEnd.asked.splice(0);
    const long = `${'word '.repeat(30)}{noformat}`;
    await open.desk.add(at, later(17, `h1. Still *locked*\n${long}`), { again: false });
    await open.desk.add(at, later(17), { again: true });
    const [ours = assert.fail(), list = assert.fail(), ...more] = open.farEnd.asked.splice(0);
    const words = `h1. Still *locked*\n${'word '.repeat(20).trim()}\n${'word '.repeat(10)}{ noformat}`;
    const body = `{noformat}\n${words}\n{noformat}\n– customer in the chat, 2026-11-22 10:17 UTC · LK-7/17`;
    assert.deepEqual([ours.method, ours.body, more], ['POST', { body, public: false }, []]);
    const { email, token: apiToken } = account;
    const config = { host: open.farEnd.url.origin, auth: { type: 'basic' as const, email, apiToken } };
    const client = createServiceDeskClient(config);
    await client.request.createRequestComment({ issueIdOrKey: 'SUP-1', body, public: false });
    const asked = { issueIdOrKey: 'SUP-1', orderBy: '-created' as const, maxResults: 50 };
    await failureOf(createCloudClient(config).issueComments.getComments(asked));
    const [theirs, theirList] = open.farEnd.asked;
    assert.deepEqual([ours.path, ours.body], [theirs?.path, theirs?.body]);
    // Theirs is of version 3, which tells a comment as a tree instead of as text.
    assert.equal(list.path.replace('/api/2/', '/api/3/'), theirList?.path);
    assert.deepEqual(Object.fromEntries(list.query), Object.fromEntries(theirList?.query ?? []));
  });

  it('finds the comment of a later message among the newest', async () => {
    const at = filed(ticketNumbered('LK-7'), 'jira', await take());
    const kept = open.farEnd.issues[0]?.comments ?? assert.fail();
    for (let i = 0; i < 70; i += 1) kept.push({ body: 'We look into it.', public: true });
    for (const again of [false, true]) await open.desk.add(at, later(17), { again });
    assert.equal(kept.length, 71);
  });

  it('refuses a later message of a ticket that it never said where it keeps', async () => {
    const at = filed(ticketNumbered('LK-7'), 'jira', null);
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
