import assert from 'node:assert/strict';
import { createEscalator } from '../../src/console/escalations/escalate.ts';
import { summaryOf } from '../../src/console/escalations/summary.ts';
import type { Board, BoardChannel } from '../../src/domain/escalation.ts';
import { SupportError } from '../../src/domain/errors.ts';
import { escalate } from '../../src/store/escalations.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { createStore } from '../../src/store/store.ts';
import { fileTicket } from '../../src/store/tickets.ts';
import { filed, ticketNumbered, ticketOfSomeone } from '../desks/tickets.ts';
import { fakeClock, keptLog } from '../support/fakes.ts';

const by = { id: 'ada', name: 'Ada' };
const needs = { url: () => 'https://help.test', causeName: (slug: string) => `<${slug}>` };

/** A store with tickets for these boards, and boards that keep what they show. */
async function withTickets(numbers: readonly string[], channels: readonly BoardChannel[] = ['slack']) {
  const clock = fakeClock();
  const db = openSqlite(':memory:');
  const store = await createStore(db, clock, 'built-in', channels);
  await db.transaction().execute(async (tx) => {
    for (const number of numbers) {
      const ticket = { ...ticketNumbered(number), openedAt: clock.now() };
      await fileTicket(tx, ticket, 'built-in');
      await escalate(tx, ticket, channels);
    }
  });
  const shown: string[] = [];
  const faults = new Map<string, SupportError>();
  const boardOf = (channel: BoardChannel): Board => ({
    channel,
    post: (summary) => show('posted', summary.ticket, summary.standing),
    update: async (ref, summary) => {
      await show(`updated ${ref}`, summary.ticket, summary.standing);
    },
  });
  function show(how: string, ticket: string, standing: string): Promise<string> {
    const fault = faults.get(ticket);
    if (fault) return Promise.reject(fault);
    shown.push(`${how}: ${ticket} ${standing.split(' since')[0] ?? ''}`);
    return Promise.resolve(`ref of ${ticket}`);
  }
  const log = keptLog();
  const newEscalator = () =>
    createEscalator({
      ...{ escalations: store.escalations, boards: channels.map(boardOf), clock, log },
      summaryOf: (one) => summaryOf(one, needs),
    });
  let count = 0;
  const claim = (ticket: string) =>
    store.work.act({
      ...{ ticket, by, action: 'claim', id: String((count += 1)), when: { states: ['waiting'] } },
      becomes: { state: 'claimed', holder: by },
    });
  const first = newEscalator();
  return { clock, db, store, shown, faults, log, claim, newEscalator, run: () => first.run() };
}

const unavailable = (retryAfterMs: number | null = null) => new SupportError('channel-unavailable', { retryAfterMs });

describe('the boards', () => {
  it('show every ticket once, and again only when it changed', async () => {
    const { run, shown, claim } = await withTickets(['LK-1', 'LK-2']);
    await Promise.all([run(), run(), run()]);
    await run();
    assert.deepEqual(shown, ['posted: LK-1 Waiting', 'posted: LK-2 Waiting']);
    await claim('LK-2');
    await run();
    assert.deepEqual(shown.slice(2), ['updated ref of LK-2: LK-2 Claimed by Ada, 2026-11-22 10:12 UTC']);
  });

  it('show after a restart what an earlier process did not', async () => {
    const { newEscalator, shown, claim } = await withTickets(['LK-1']);
    await newEscalator().run();
    await claim('LK-1');
    await newEscalator().run();
    assert.deepEqual(
      shown.map((one) => one.split(':')[0]),
      ['posted', 'updated ref of LK-1'],
    );
  });

  it('show the newest state where a ticket changed more than once meanwhile', async () => {
    const { run, shown, claim } = await withTickets(['LK-1']);
    await claim('LK-1');
    await run();
    assert.deepEqual(shown, ['posted: LK-1 Claimed by Ada, 2026-11-22 10:12 UTC']);
  });

  it('miss nothing that changes while they are shown', async () => {
    const { run, shown, claim, store, clock } = await withTickets(['LK-1']);
    const [before = assert.fail()] = await store.escalations.due(['slack'], clock.now(), 9);
    await claim('LK-1');
    await store.escalations.shown(before, 'ref of LK-1');
    await run();
    assert.deepEqual(shown, ['updated ref of LK-1: LK-1 Claimed by Ada, 2026-11-22 10:12 UTC']);
  });

  it('wait for a channel that takes nothing, longer each time, and spare it meanwhile', async () => {
    const { run, shown, faults, clock, log } = await withTickets(['LK-1', 'LK-2']);
    for (const number of ['LK-1', 'LK-2']) faults.set(number, unavailable());
    await run();
    assert.equal(log.lines.length, 1, 'the second ticket is not even tried');
    faults.clear();
    faults.set('LK-1', unavailable(30_000));
    clock.forward(1_000);
    await run();
    assert.deepEqual(shown, ['posted: LK-2 Waiting']);
    faults.clear();
    clock.forward(29_999);
    await run();
    assert.equal(shown.length, 1);
    clock.forward(1);
    await run();
    assert.deepEqual(shown.slice(1), ['posted: LK-1 Waiting']);
  });

  it('go on past a ticket that the channel refuses, tell the operator, and post it anew when it changes', async () => {
    const { run, shown, faults, claim, log } = await withTickets(['LK-1', 'LK-2']);
    await run();
    faults.set('LK-1', new SupportError('channel-refused'));
    await claim('LK-1');
    await claim('LK-2');
    await run();
    assert.deepEqual(shown.slice(2), ['updated ref of LK-2: LK-2 Claimed by Ada, 2026-11-22 10:12 UTC']);
    const alarms = log.lines
      .filter(({ level }) => level === 'error')
      .map(({ fields }) => (fields as { alarm: string }).alarm);
    assert.deepEqual(alarms, ['escalation-refused']);
    faults.clear();
    await run();
    assert.equal(shown.length, 3, 'not again before it changes');
  });

  it('are apart: one that is down holds up no other', async () => {
    const { store, clock, newEscalator, shown } = await withTickets(['LK-1'], ['teams', 'slack']);
    const down: Board = {
      channel: 'teams',
      post: () => Promise.reject(unavailable()),
      update: () => Promise.resolve(),
    };
    const up: Board = { channel: 'slack', post: () => Promise.resolve('x'), update: () => Promise.resolve() };
    const summary = { escalations: store.escalations, clock, log: keptLog() };
    await createEscalator({ ...summary, boards: [down, up], summaryOf: (one) => summaryOf(one, needs) }).run();
    assert.deepEqual(await dueOn(store, clock.now() + 9_000), ['teams']);
    clock.forward(9_000);
    await newEscalator().run();
    assert.deepEqual(shown, ['posted: LK-1 Waiting']);
  });

  it('hear of tickets only where there are boards, and of none from before', async () => {
    const { db, store, clock } = await withTickets(['LK-1'], []);
    assert.deepEqual(await dueOn(store, clock.now()), []);
    const later = await createStore(db, clock, 'built-in', ['slack']);
    assert.deepEqual(await dueOn(later, clock.now()), []);
  });
});

async function dueOn({ escalations }: Awaited<ReturnType<typeof createStore>>, now: number) {
  return (await escalations.due(['teams', 'slack'], now, 9)).map(({ channel }) => channel);
}

describe('what a board says of a ticket', () => {
  const stands = (work: object) => {
    const one = filed(ticketNumbered('LK-1'), 'zendesk', null);
    return summaryOf({ ...one, work: { ...one.work, ...work } }, needs).standing;
  };
  for (const [work, standing] of [
    [{ state: 'waiting' }, 'Waiting since 2026-11-22 10:00 UTC'],
    [{ state: 'sent' }, 'At the desk (zendesk) since 2026-11-22 10:00 UTC'],
    [{ state: 'claimed', holder: by }, 'Claimed by Ada, 2026-11-22 10:00 UTC'],
    [{ state: 'closed', holder: by }, 'Closed by Ada, 2026-11-22 10:00 UTC'],
    [
      { state: 'closed', holder: by, trueCause: 'none' },
      'Closed by Ada, 2026-11-22 10:00 UTC: none of the known causes',
    ],
    [
      { state: 'closed', holder: by, trueCause: 'no-seat', solved: true },
      'Closed by Ada, 2026-11-22 10:00 UTC: <no-seat>. The customer says that it is solved',
    ],
  ] as const)
    it(`stands: ${standing}`, () => assert.equal(stands(work), standing));

  it('names who was proved, and marks who was not', () => {
    const customer = (one: ReturnType<typeof ticketNumbered>) =>
      summaryOf(filed(one, 'built-in', null), needs).lines.find(({ name }) => name === 'Customer')?.value;
    assert.equal(customer(ticketOfSomeone('LK-1')), 'Ada Example, Acme');
    assert.equal(customer(ticketNumbered('LK-1')), 'UNVERIFIED: nobody was signed in');
  });

  it('opens where the ticket is worked on', () => {
    const urlOf = (ref: { id: string; url: string | null } | null) =>
      summaryOf(filed(ticketNumbered('LK-1'), 'zendesk', ref), needs).url;
    assert.equal(urlOf(null), 'https://help.test/console/tickets/LK-1');
    assert.equal(urlOf({ id: '7', url: 'https://desk.test/7' }), 'https://desk.test/7');
  });

  it('is short, whatever the customer wrote', () => {
    const ticket = ticketNumbered('LK-1');
    const words = `${'x'.repeat(298)}😀${'y'.repeat(5_000)}`;
    const { words: shown } = summaryOf(filed({ ...ticket, problem: { ...ticket.problem, words } }, 'x', null), needs);
    assert.equal(shown, `${'x'.repeat(298)}…`);
  });
});
