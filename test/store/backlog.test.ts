import assert from 'node:assert/strict';
import { countBacklog } from '../../src/store/backlog.ts';
import { sql } from 'kysely';
import { openPostgres } from '../../src/store/postgres/index.ts';
import { fileTicket } from '../../src/store/tickets.ts';
import { newPostgresDatabase } from '../support/databases.ts';
import { fakeClock } from '../support/fakes.ts';
import { plansOf } from '../support/query-plans.ts';
import { storeOver } from '../support/store.ts';
import { becomes, worded, world } from './ticket-world.ts';

const minute = 60_000;

describe('what waits', () => {
  it('is what was not brought to the desk yet, and since when the oldest of it is there', async () => {
    const { store, turn, deliver, clock } = await world();
    const { openedAt } = worded('first');
    assert.deepEqual((await store.backlog()).outbox, { waiting: 1, oldest: openedAt, dead: 0 });
    await deliver();
    assert.deepEqual((await store.backlog()).outbox, { waiting: 0, oldest: null, dead: 0 });
    clock.forward(minute);
    const at = clock.now();
    await turn({ followUp: 'LK-1' }, 'one thing more');
    assert.deepEqual(
      (await store.backlog()).outbox,
      { waiting: 1, oldest: at, dead: 0 },
      'a later message is as old as it is',
    );
  });

  it('tells of the oldest of however many, whichever of them is tried next', async () => {
    const { db, store, clock } = await world();
    const { openedAt } = worded('first');
    for (let i = 2; i <= 500; i += 1) {
      const ticket = { ...worded('later', 'b', `LK-${i}`), openedAt: openedAt + i * minute };
      await db.transact(() => fileTicket(ticket, 'test'));
    }
    await store.outbox.retryAt('LK-1', 0, clock.now() + 999 * minute);
    assert.equal((await store.backlog()).outbox.oldest, openedAt);
  });

  it('is, of what the version before writes beside this one, as old as its writing', async () => {
    const { url, drop } = await newPostgresDatabase();
    const db = openPostgres({ url, connections: 2 });
    const store = await storeOver(db, fakeClock());
    const begun = Date.now();
    await sql`insert into outbox (id, number, desk, attempts, next_at, leased_until, conversation_id, place)
      values ('LK-1', 'LK-1', 'test', 0, 0, 0, 'a', 1)`.execute(db);
    const { oldest } = (await store.backlog()).outbox;
    // PostgreSQL’s clock is this machine’s.
    assert.ok(oldest !== null && oldest >= begun && oldest <= Date.now(), String(oldest));
    await db.destroy();
    await drop();
  });

  it('tells apart what the desk refused', async () => {
    const { store, clock } = await world();
    const [due] = await store.outbox.claimDue(clock.now(), clock.now() + minute, 1);
    await store.outbox.deadLetter('LK-1', due?.attempts ?? 0, { at: clock.now(), reason: 'no' });
    assert.deepEqual((await store.backlog()).outbox, { waiting: 0, oldest: null, dead: 1 });
    await store.outbox.requeue('LK-1');
    assert.equal((await store.backlog()).outbox.dead, 0);
  });

  it('is the tickets that nobody has, and since when the first of them waits', async () => {
    const { store, turn, act, clock } = await world('built-in');
    const { openedAt: first } = worded('first');
    clock.forward(minute);
    await turn({ ticket: { ...worded('second', 'b', 'LK-2'), openedAt: first + minute } }, 'x', 'b');
    for (const number of ['LK-1', 'LK-2']) {
      const filed = await store.tickets.find(number);
      if (filed) await store.queue.add(filed.ticket);
    }
    assert.deepEqual((await store.backlog()).tickets, { waiting: 2, oldest: first });
    await act({ ticket: 'LK-1', ...becomes('claimed') });
    assert.deepEqual((await store.backlog()).tickets, { waiting: 1, oldest: first + minute });
  });

  it('is read off indexes of what waits, and sorts nothing: what was done costs nothing', async () => {
    const { db } = await world();
    const plans = await plansOf(db, (watched) => countBacklog(watched));
    const allowed =
      /^(?:SEARCH|SCAN outbox USING (?:COVERING )?INDEX outbox_(?:due|dead|age)|MATERIALIZE|CO-ROUTINE|SCAN some)/;
    assert.deepEqual(
      plans.filter((step) => !allowed.test(step)),
      [],
      plans.join('\n'),
    );
  });
});
