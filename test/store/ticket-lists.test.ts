import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Store, TicketQuery } from '../../src/domain/ports.ts';
import { openSqlite } from '../../src/store/sqlite/index.ts';
import { ticketNumbered } from '../desks/tickets.ts';
import { onEachStore, openDatabase } from '../support/databases.ts';
import { fakeClock } from '../support/fakes.ts';
import { storeOver } from '../support/store.ts';

const states = ['waiting', 'sent', 'claimed', 'closed'] as const;
const row = fc.record({
  state: fc.constantFrom(...states),
  since: fc.integer({ min: 0, max: 3 }),
  priority: fc.integer({ min: 0, max: 1 }),
  cause: fc.constantFrom('monthly-limit', 'no-seat'),
  holder: fc.constantFrom('ana', 'ben'),
});
const query = fc.record({
  view: fc.constantFrom(...states, 'mine' as const),
  cause: fc.constantFrom(undefined, 'monthly-limit'),
  limit: fc.integer({ min: 1, max: 4 }),
});

async function withRows(rows: readonly ReturnType<typeof row.generate>['value_'][]) {
  const db = await openDatabase();
  const store = await storeOver(db, fakeClock());
  for (const [i, { state, since, priority, cause, holder }] of rows.entries()) {
    const ticket = ticketNumbered(`LK-${String(i).padStart(2, '0')}`, `talk ${i}`);
    await store.queue.add(ticket);
    await db
      .insertInto('tickets')
      .values({ number: ticket.number, conversation_id: 'talk', opened_at: since, body: JSON.stringify(ticket) })
      .execute();
    await db
      .insertInto('outbox')
      .values({
        ...{ id: ticket.number, number: ticket.number, seq: null, desk: 'built-in', attempts: 1 },
        ...{ next_at: 0, leased_until: 0, written_at: 0, delivered_at: 1, conversation_id: `talk ${i}`, place: 1 },
      })
      .execute();
    const held = state === 'claimed' || state === 'closed';
    await db
      .updateTable('work')
      .set({ state, since, priority, cause, holder_id: held ? holder : null })
      .where('number', '=', ticket.number)
      .execute();
  }
  return { db, store };
}

async function allPages(store: Store, asked: TicketQuery): Promise<string[]> {
  const found: string[] = [];
  for (;;) {
    const page = await store.tickets.list({ ...asked, after: found.at(-1) });
    found.push(...page.map(({ ticket }) => ticket.number));
    if (page.length < asked.limit) return found;
  }
}

onEachStore('the lists of tickets', (kind) => {
  it('hold each ticket of their view once, in their order, however they are paged', () =>
    fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 12 }), query, async (rows, { view, cause, limit }) => {
        const { store } = await withRows(rows);
        const found = await allPages(store, { view, cause, limit, holder: 'ana' });
        const fits = rows
          .map((one, i) => ({ ...one, number: `LK-${String(i).padStart(2, '0')}` }))
          .filter((one) => {
            const inView = view === 'mine' ? one.state === 'claimed' && one.holder === 'ana' : one.state === view;
            return inView && (cause === undefined || one.cause === cause);
          });
        const sign = view === 'sent' || view === 'closed' ? -1 : 1;
        fits.sort(
          (a, b) =>
            (view === 'waiting' ? a.priority - b.priority : 0) ||
            sign * (a.since - b.since || a.number.localeCompare(b.number)),
        );
        assert.deepEqual(
          found,
          fits.map(({ number }) => number),
        );
        if (cause === undefined)
          assert.equal(await store.tickets.count({ view, holder: 'ana' }, 5), Math.min(fits.length, 5));
        await store.close();
      }),
      { numRuns: kind === 'SQLite' ? 60 : 10 },
    ));

  if (kind !== 'SQLite') return;
  it('walk an index from where the page before ended: nothing grows with what is stored', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
    const prepare = Object.getOwnPropertyDescriptor(DatabaseSync.prototype, 'prepare')?.value as (
      this: DatabaseSync,
      text: string,
    ) => unknown;
    const asked = new Set<string>();
    const store = await storeOver(openSqlite(folder), fakeClock());
    try {
      await store.queue.add(ticketNumbered('LK-1'));
      DatabaseSync.prototype.prepare = function (this: DatabaseSync, text: string) {
        asked.add(text);
        return prepare.call(this, text);
      } as typeof DatabaseSync.prototype.prepare;
      for (const view of [...states, 'mine', 'dead'] as const)
        for (const cause of [undefined, 'no-seat'])
          for (const after of [undefined, 'LK-1']) {
            await store.tickets.list({ view, cause, after, holder: 'ana', limit: 50 });
            await store.tickets.count({ view, holder: 'ana' }, 100);
          }
      for (const after of [undefined, 'LK-1']) await store.tickets.search('a', { after, limit: 50 });
      await store.tickets.besides(ticketNumbered('LK-1'), 10);
      await store.tickets.countUnread('ana', 100);
      await store.tickets.find('LK-1');
    } finally {
      DatabaseSync.prototype.prepare = prepare as typeof DatabaseSync.prototype.prepare;
      await store.close();
    }
    const db = new DatabaseSync(join(folder, 'latchkey.db'));
    const plans = [...asked].map((text) => ({
      text,
      plan: db
        .prepare(`explain query plan ${text}`)
        .all(...(Array<null>(text.split('?').length - 1).fill(null) as never[]))
        .map(({ detail }) => String(detail)),
    }));
    db.close();
    rmSync(folder, { recursive: true });
    assert.ok(plans.length > 15);
    for (const { text, plan } of plans) {
      const slow = plan.filter((step) =>
        /^SCAN (?!some)(?!.*USING (COVERING )?INDEX)(?!.*VIRTUAL TABLE INDEX)|TEMP B-TREE/.test(step),
      );
      // The dead letters are few, and all of them are looked at.
      if (!text.includes('"died_at" is not null')) assert.deepEqual(slow, [], `${text}\n${plan.join('\n')}`);
    }
  });
});
