import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { codeOf } from '../../src/domain/errors.ts';
import type { SharedLimits, Store } from '../../src/domain/ports.ts';
import { spend } from '../../src/http/rate-limit.ts';
import { createLimits } from '../../src/store/limits.ts';
import type { StoreDatabase } from '../../src/store/store-database.ts';
import { onEachStore, openBeside, openDatabase } from '../support/databases.ts';
import { fakeClock } from '../support/fakes.ts';
import { storeOver } from '../support/store.ts';

onEachStore('a limit', (kind) => {
  let store: Store;
  let db: StoreDatabase;
  let other: StoreDatabase;
  let limits: readonly SharedLimits[];
  const clock = fakeClock();
  beforeEach(async () => {
    db = await openDatabase();
    store = await storeOver(db, clock);
    other = openBeside(db);
    limits = other === db ? [createLimits(db)] : [createLimits(db), createLimits(other)];
  });
  afterEach(() => other.destroy());
  const limiters = (name: string, points: number) => limits.map((make) => make(name, points, 600));

  it('is one for all processes, however many ask at once', async () => {
    const both = limiters('openings', 20);
    const asked = Array.from({ length: 50 }, (_, i) => spend(both[i % both.length] ?? assert.fail(), '203.0.113.7'));
    const refused = (await Promise.allSettled(asked)).filter(({ status }) => status === 'rejected');
    assert.equal(refused.length, 30);
  });

  it('says when there is a point again, at each process, and goes on saying so', async () => {
    const both = limiters('openings', 1);
    await spend(both[0] ?? assert.fail(), 'one');
    for (const limiter of [...both, ...both])
      await assert.rejects(spend(limiter, 'one'), (error: { code: string; retryAfterMs: number }) => {
        assert.equal(error.code, 'too-many-requests');
        assert.ok(error.retryAfterMs > 500_000 && error.retryAfterMs <= 600_000, String(error.retryAfterMs));
        return true;
      });
  });

  it('of one is not the limit of another, nor one limit another limit', async () => {
    const [openings] = limiters('openings', 1);
    const [refreshes] = limiters('refreshes', 1);
    await spend(openings ?? assert.fail(), 'one');
    await spend(openings ?? assert.fail(), 'two');
    await spend(refreshes ?? assert.fail(), 'one');
  });

  if (kind === 'SQLite') return;

  it('that cannot be written holds one connection of each process: others go on meanwhile, and the count is exact', async () => {
    const both = limiters('openings', 50);
    await spend(both[0] ?? assert.fail(), '203.0.113.7');
    const told = await db.transaction().execute(async (holder) => {
      await holder.selectFrom('limits').select('key').forUpdate().execute();
      const asked = Array.from({ length: 200 }, (_, i) => spend(both[i % both.length] ?? assert.fail(), '203.0.113.7'));
      const all = Promise.allSettled(asked);
      for (let count = 0; count < both.length;) {
        const { rows } = await sql`select from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
        count = rows.length;
      }
      await Promise.all([db, other].map((one) => one.selectFrom('conversations').select('id').execute()));
      return { all };
    });
    const refused = (await told.all).flatMap((one) => (one.status === 'rejected' ? [codeOf(one.reason)] : []));
    assert.deepEqual([refused.length, new Set(refused)], [151, new Set(['too-many-requests'])]);
  });

  it('keeps nobody’s address, and nothing for longer than what is over is kept', async () => {
    await spend(limiters('openings', 1)[0] ?? assert.fail(), '203.0.113.7');
    const rows = () => db.selectFrom('limits').selectAll().execute();
    assert.doesNotMatch(JSON.stringify(await rows()), /203\.0\.113\.7/);
    await store.retention.forgetExpired(Date.now() + 8 * 86_400_000);
    assert.deepEqual(await rows(), []);
  });

  it('that cannot be looked up refuses nobody for asking too often', async () => {
    const [limiter] = limiters('openings', 1);
    await other.destroy();
    await store.close();
    await assert.rejects(spend(limiter ?? assert.fail(), 'one'), (error: { code?: string }) => {
      assert.notEqual(error.code, 'too-many-requests');
      return true;
    });
  });
});
