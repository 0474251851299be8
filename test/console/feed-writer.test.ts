import assert from 'node:assert/strict';
import { createFeedWriter } from '../../src/console/ticket-feeds/feed-writer.ts';
import { summaryOf } from '../../src/console/ticket-feeds/summary.ts';
import type { TicketFeed, TicketSummary } from '../../src/domain/ticket-feed.ts';
import { SupportError } from '../../src/domain/errors.ts';
import { addTicketPosts } from '../../src/store/ticket-posts.ts';
import { storeOver } from '../support/store.ts';
import { fileTicket } from '../../src/store/tickets.ts';
import { ticketNumbered } from '../desks/tickets.ts';
import { fakeClock, keptLog } from '../support/fakes.ts';
import { openInMemory } from '../support/in-memory.ts';

const by = { id: 'ada', name: 'Ada' };
const needs = { url: 'https://help.test', causeName: (slug: string) => `<${slug}>` };

/** A store with tickets for a board, which keeps what it shows. */
async function withTickets(count: number) {
  const clock = fakeClock();
  const db = await openInMemory();
  const store = await storeOver(db, clock, { feeds: ['slack'] });
  for (let n = 1; n <= count; n += 1) {
    const ticket = { ...ticketNumbered(`LK-${n}`), openedAt: clock.now() + n };
    await db.transact(() => fileTicket(ticket, 'built-in'));
    await db.transact(() => addTicketPosts(ticket, ['slack']));
  }
  const shown: string[] = [];
  const tried: string[] = [];
  const state = {
    /** What the board says to a post, or only to an update. */
    fault: ((): null => null) as (ticket: string, how: 'post' | 'update') => SupportError | null,
    meanwhile: () => Promise.resolve(),
  };
  async function show(how: 'post' | 'update', { ticket, standing }: TicketSummary, ref = ''): Promise<string> {
    tried.push(ticket);
    await state.meanwhile();
    const fault = state.fault(ticket, how);
    if (fault) throw fault;
    shown.push(`${how} ${ref}${ticket}: ${standing.replace(/(?: since|, 2026).*/, '')}`);
    return `ref of ${ticket}`;
  }
  const board: TicketFeed = {
    channel: 'slack',
    post: (summary) => show('post', summary),
    update: async (ref, summary) => {
      await show('update', summary, ref === `ref of ${summary.ticket}` ? '' : `${ref}?`);
    },
  };
  const log = keptLog();
  // Of every pause all.
  const random = { id: () => '____' };
  const posts = { ...store.ticketPosts };
  const newWriter = () =>
    createFeedWriter(board, {
      posts,
      leases: store.leases,
      clock,
      random,
      log,
      summaryOf: (one) => summaryOf(one, needs),
    });
  const first = newWriter();
  let actions = 0;
  const claim = (ticket: string) =>
    store.ticketActions.act({
      ...{ ticket, by, action: 'claim', id: String((actions += 1)), when: { states: ['waiting'] } },
      becomes: { state: 'claimed', holder: by },
    });
  const due = async () => (await store.ticketPosts.due('slack', 1_000)).map(({ filed: one }) => one.ticket.number);
  return {
    ...{ clock, db, store, posts, shown, tried, state, log, claim, due, newWriter },
    run: () => first.run(),
    stop: () => first.stop(),
  };
}

const unavailable = (retryAfterMs: number | null = null) => new SupportError('channel-unavailable', { retryAfterMs });
const refused = () => new SupportError('channel-refused');

describe('a board', () => {
  it('shows every ticket once, the oldest first, and again only when it changed', async () => {
    const { run, shown, claim } = await withTickets(2);
    await Promise.all([run(), run(), run()]);
    await run();
    assert.deepEqual(shown, ['post LK-1: Waiting', 'post LK-2: Waiting']);
    await claim('LK-2');
    await run();
    assert.deepEqual(shown.slice(2), ['update LK-2: Claimed by Ada']);
  });

  it('shows any number of them in one go', async () => {
    const { run, shown } = await withTickets(65);
    await run();
    assert.equal(new Set(shown).size, 65);
    assert.equal(shown.length, 65);
  });

  it('shows after a restart what an earlier process did not', async () => {
    const { newWriter, shown, claim } = await withTickets(1);
    await newWriter().run();
    await claim('LK-1');
    await newWriter().run();
    assert.deepEqual(shown, ['post LK-1: Waiting', 'update LK-1: Claimed by Ada']);
  });

  it('shows the newest state where a ticket changed more than once meanwhile', async () => {
    const { run, shown, claim } = await withTickets(1);
    await claim('LK-1');
    await run();
    assert.deepEqual(shown, ['post LK-1: Claimed by Ada']);
  });

  it('misses nothing that changes while it is shown', async () => {
    const { run, shown, claim, state } = await withTickets(1);
    let claimed = false;
    state.meanwhile = async () => {
      if (!claimed) await claim('LK-1');
      claimed = true;
    };
    await run();
    await run();
    assert.deepEqual(shown, ['post LK-1: Waiting', 'update LK-1: Claimed by Ada']);
  });

  it('waits for a channel that takes nothing, longer each time, and asks with one ticket at a time, another each time', async () => {
    const { run, tried, shown, state, clock, log, claim } = await withTickets(3);
    state.fault = () => unavailable();
    const start = clock.now();
    const at: number[] = [];
    for (let second = 0; second < 40; second += 1) {
      const before = tried.length;
      await run();
      if (tried.length > before) at.push((clock.now() - start) / 1_000);
      clock.forward(1_000);
    }
    assert.deepEqual(at, [0, 1, 3, 7, 15, 31]);
    assert.deepEqual(tried, ['LK-1', 'LK-2', 'LK-3', 'LK-1', 'LK-2', 'LK-3']);
    assert.deepEqual(new Set(log.lines.map(({ level }) => level)), new Set(['warn']));
    state.fault = () => null;
    clock.forward(32_000);
    await run();
    assert.deepEqual(shown.length, 3);
    // From the beginning the next time.
    state.fault = () => unavailable();
    await claim('LK-1');
    await run();
    state.fault = () => null;
    clock.forward(1_000);
    await run();
    assert.equal(shown.at(-1), 'update LK-1: Claimed by Ada');
  });

  it('waits as long as the channel asks for, with every ticket', async () => {
    const { run, tried, shown, state, clock } = await withTickets(2);
    state.fault = () => unavailable(60_000);
    await run();
    state.fault = () => null;
    clock.forward(59_999);
    await run();
    assert.deepEqual([tried.length, shown], [1, []]);
    clock.forward(1);
    await run();
    await run();
    assert.deepEqual(shown.toSorted(), ['post LK-1: Waiting', 'post LK-2: Waiting']);
  });

  it('goes on past a ticket that is never taken', async () => {
    const { run, shown, state, clock, due } = await withTickets(4);
    state.fault = (ticket) => (ticket === 'LK-1' ? unavailable() : null);
    for (let i = 0; i < 10; i += 1) {
      await run();
      clock.forward(10_000);
    }
    assert.deepEqual([shown.length, await due()], [3, ['LK-1']]);
  });

  it('goes on past a ticket that the channel refuses, tells the operator, and posts it when it changes', async () => {
    const { run, shown, state, claim, log } = await withTickets(2);
    state.fault = (ticket) => (ticket === 'LK-1' ? refused() : null);
    await run();
    await run();
    assert.deepEqual(shown, ['post LK-2: Waiting']);
    const alarms = log.lines.filter(({ level }) => level === 'error').map(({ fields }) => fields as { alarm: string });
    assert.deepEqual(
      alarms.map(({ alarm }) => alarm),
      ['escalation-refused'],
    );
    state.fault = () => null;
    await claim('LK-1');
    await run();
    assert.deepEqual(shown.slice(1), ['post LK-1: Claimed by Ada']);
  });

  it('posts anew, at once, what cannot be shown anew: the message was deleted, or the board is elsewhere now', async () => {
    const { run, shown, state, claim, log } = await withTickets(1);
    await run();
    state.fault = (_, how) => (how === 'update' ? refused() : null);
    await claim('LK-1');
    await run();
    assert.deepEqual(shown, ['post LK-1: Waiting', 'post LK-1: Claimed by Ada']);
    assert.deepEqual(log.lines, []);
  });

  it('posts once, though the store could not remember it', async () => {
    const { run, shown, posts, store, clock, log } = await withTickets(1);
    posts.shown = () => Promise.reject(new Error('disk full'));
    for (let i = 0; i < 3; i += 1) {
      await run();
      clock.forward(10_000);
    }
    posts.shown = (...args) => store.ticketPosts.shown(...args);
    await run();
    await run();
    assert.deepEqual(shown, ['post LK-1: Waiting', ...Array<string>(3).fill('update LK-1: Waiting')]);
    assert.equal(log.lines.filter(({ level }) => level === 'error').length, 3);
  });

  it('stops after the ticket that is being shown, and never begins again', async () => {
    const { run, stop, shown, state } = await withTickets(30);
    let stopped: Promise<void> | null = null;
    state.meanwhile = () => {
      stopped ??= stop();
      return Promise.resolve();
    };
    await run();
    await Promise.resolve(stopped);
    await run();
    assert.equal(shown.length, 1);
  });
});
