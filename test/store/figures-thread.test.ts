import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFigures } from '../../src/store/figures.ts';
import type { StoreDatabase } from '../../src/store/store-database.ts';
import { databaseIn, openSqlite } from '../../src/store/sqlite/index.ts';
import type { Store } from '../../src/domain/ports.ts';
import { fakeClock } from '../support/fakes.ts';
import { storeOver } from '../support/store.ts';

const from = Date.UTC(2026, 10, 1);
const dayMs = 86_400_000;
const period = { from, to: from + 10 * dayMs };

describe('insights over a database on disk', () => {
  const clock = fakeClock(period.to);
  let folder: string;
  let db: StoreDatabase;
  let store: Store;
  /** Statements of this thread. */
  let statements = 0;
  let restore: () => void;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
    db = openSqlite(folder);
    store = await storeOver(db, clock, { file: databaseIn(folder) });
    await db.insertInto('outcomes').values(outcomes(2_000)).execute();
    statements = 0;
    const executor = db.getExecutor();
    const before = executor.executeQuery.bind(executor);
    executor.executeQuery = (query) => {
      statements += 1;
      return before(query);
    };
    restore = () => void (executor.executeQuery = before);
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const outcomes = (count: number, prefix = 'c') =>
    Array.from({ length: count }, (_, i) => ({
      ...{ conversation_id: `${prefix}${i}`, complaint: 1, outcome: 'verified', cause: 'no-seat' },
      at: from + (i % 10) * dayMs,
    }));
  const complaintsIn = (counts: Awaited<ReturnType<Store['figures']['count']>>) =>
    counts.complaints.reduce((sum, { count }) => sum + count, 0);

  it('cost the thread in which customers chat no query, however many ask at once', async () => {
    const told = await Promise.all(Array.from({ length: 10 }, () => store.figures.count(period)));
    assert.equal(statements, 0);
    assert.equal(new Set(told).size, 1, 'it was counted once for all of them');
    restore();
    assert.deepEqual(told[0], JSON.parse(JSON.stringify(await createFigures(db, clock).count(period))));
  });

  it('are of each one’s own days, as they were when they were counted', async () => {
    const [whole, day] = await Promise.all([
      store.figures.count(period),
      store.figures.count({ from, to: from + dayMs }),
    ]);
    assert.deepEqual([complaintsIn(whole), complaintsIn(day)], [2_000, 200]);
    await db.insertInto('outcomes').values(outcomes(10, 'later')).execute();
    const next = await store.figures.count({ from, to: period.to + dayMs });
    assert.equal(complaintsIn(next), 2_010, 'what was stored meanwhile is seen');
  });

  it('are counted again when it failed', async () => {
    await db.schema.alterTable('outcomes').renameTo('away').execute();
    await assert.rejects(store.figures.count(period), { code: 'internal' });
    await db.schema.alterTable('away').renameTo('outcomes').execute();
    assert.equal(complaintsIn(await store.figures.count(period)), 2_000);
  });
});
