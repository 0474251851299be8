import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { sql } from 'kysely';
import { codeOf, SupportError } from '../../src/domain/errors.ts';
import { append } from '../../src/store/activities.ts';
import type { Steps } from '../../src/store/prepared.ts';
import type { StoreDatabase } from '../../src/store/store-database.ts';
import { openSqlite } from '../../src/store/sqlite/index.ts';
import { fakeClock } from '../support/fakes.ts';
import { storeOver, textOf } from '../support/store.ts';

const talk = { id: 'a', channel: 'direct-line', userId: 'dl_1', subject: null, locale: 'en', shared: false } as const;

/** Stores one message, then perhaps fails. */
function* message(text: string, fails = false): Steps<string> {
  yield* append('a', { activity: { type: 'message', text }, at: 0, author: 'dl_1', clientId: text, attempts: null });
  if (fails) throw new SupportError('conversation-busy');
  return text;
}

describe('transactions that are ready at the same time', () => {
  let db: StoreDatabase;
  let executed: string[];
  const exec = Reflect.get<DatabaseSync, 'exec'>(DatabaseSync.prototype, 'exec');
  beforeEach(async () => {
    db = openSqlite(':memory:');
    await (await storeOver(db, fakeClock())).open(talk);
    executed = [];
    DatabaseSync.prototype.exec = function (sql) {
      executed.push(sql);
      exec.call(this, sql);
    };
  });
  afterEach(async () => {
    DatabaseSync.prototype.exec = exec;
    await db.destroy();
  });

  const stored = async () => {
    const rows = await db.selectFrom('activities').select(['seq', 'activity']).orderBy('seq').execute();
    return rows.map(({ activity }) => textOf(JSON.parse(activity) as Parameters<typeof textOf>[0]));
  };
  const commits = () => executed.filter((sql) => sql === 'commit').length;
  const many = Array.from({ length: 32 }, (_, i) => `message ${i}`);

  it('wait for the disk once, and are stored in the order in which they came', async () => {
    assert.deepEqual(await Promise.all(many.map((text) => db.transact(() => message(text)))), many);
    assert.equal(commits(), 1);
    assert.deepEqual(await stored(), many);
  });

  it('are each all or nothing by themselves: one that fails is told why, and takes no other with it', async () => {
    const told = await Promise.allSettled(many.map((text, i) => db.transact(() => message(text, i % 5 === 3))));
    assert.deepEqual(
      told.map((one) => (one.status === 'rejected' ? codeOf(one.reason) : 'stored')),
      many.map((_, i) => (i % 5 === 3 ? 'conversation-busy' : 'stored')),
    );
    assert.deepEqual(
      await stored(),
      many.filter((_, i) => i % 5 !== 3),
    );
  });

  it('one alone that fails leaves nothing behind, and the next one is stored', async () => {
    await assert.rejects(
      db.transact(() => message('fails', true)),
      (error) => codeOf(error) === 'conversation-busy',
    );
    assert.equal(await db.transact(() => message('next')), 'next');
    assert.deepEqual(await stored(), ['next']);
  });

  it('wait for a transaction that is under way, whose half nobody reads', async () => {
    const [begun, half] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    const order: string[] = [];
    const slow = db.transaction().execute(async (tx) => {
      await tx.updateTable('conversations').set({ locale: 'de' }).execute();
      order.push('half');
      begun.resolve(undefined);
      await half.promise;
      await tx.updateTable('conversations').set({ locale: 'fr' }).execute();
    });
    await begun.promise;
    const rest = [
      db.transact(() => message('after')).then(() => order.push('stored')),
      db
        .selectFrom('conversations')
        .select('locale')
        .executeTakeFirst()
        .then((row) => order.push(String(row?.locale))),
    ];
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    assert.deepEqual(order, ['half']);
    half.resolve(undefined);
    await Promise.all([slow, ...rest]);
    assert.deepEqual(order.toSorted(), ['fr', 'half', 'stored']);
    assert.deepEqual(await stored(), ['after']);
  });

  it('are stored where that is said and nowhere else, wherever the disk is full', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 40 }),
        async (sizes) => {
          const full = openSqlite(':memory:');
          await (await storeOver(full, fakeClock())).open(talk);
          const { rows: pages } = await sql<{ page_count: number }>`pragma page_count`.execute(full);
          await sql.raw(`pragma max_page_count = ${(pages[0]?.page_count ?? 0) + 40}`).execute(full);
          const texts = sizes.map((size, i) => `${i} `.padEnd(size, 'x'));
          const told = await Promise.allSettled(texts.map((text) => full.transact(() => message(text))));
          const said = texts.filter((_, i) => told[i]?.status === 'fulfilled');
          const rows = await full.selectFrom('activities').select('client_id').orderBy('seq').execute();
          for (const one of told) if (one.status === 'rejected') assert.equal(codeOf(one.reason), 'store-unavailable');
          assert.deepEqual(
            rows.map((row) => row.client_id),
            said,
          );
          await full.destroy();
        },
      ),
      { numRuns: 60 },
    ));
});
