import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { sql } from 'kysely';
import pg from 'pg';
import { migrate } from '../../src/store/migrate.ts';
import { moveToPostgres } from '../../src/store/move.ts';
import { openPostgres } from '../../src/store/postgres/index.ts';
import type { Walked } from '../../src/store/rows.ts';
import type { StoreDatabase } from '../../src/store/store-database.ts';
import { databaseIn, openSqlite } from '../../src/store/sqlite/index.ts';
import { runCommand, runInTurn, startCommand } from '../support/command.ts';
import { newPostgresDatabase } from '../support/databases.ts';
import { fakeClock } from '../support/fakes.ts';
import { root } from '../support/sources.ts';
import { storeOver } from '../support/store.ts';
import { storeMany } from './many.ts';
import { allRows, fillRandomly } from './random-rows.ts';

const program = join(root, 'src/cli/store-move.ts');
const quiet = () => undefined;
const many = { talks: 40, activities: 40, tickets: 40 };

describe('a move from the file to PostgreSQL', () => {
  let folder: string;
  let target: { readonly url: string; readonly drop: () => Promise<void> };
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
    target = await newPostgresDatabase();
  });
  afterEach(async () => {
    await target.drop();
    rmSync(folder, { recursive: true });
  });

  const move = (tell: (walked: Walked) => void = quiet, from = folder) =>
    moveToPostgres(from, { url: target.url, connections: 1 }, tell);
  const inTarget = async <T>(work: (db: StoreDatabase) => Promise<T>) => {
    const db = openPostgres({ url: target.url, connections: 2 });
    return work(db).finally(() => db.destroy());
  };
  const inSource = async <T>(work: (db: StoreDatabase) => Promise<T>, from = folder) => {
    const db = openSqlite(from, { beside: true });
    return work(db).finally(() => db.destroy());
  };
  let full: Uint8Array | undefined;
  /** Made once, the file of all others is a copy. */
  const fill = async () => {
    if (full === undefined)
      await inSource(async (db) => {
        await migrate(db);
        await storeMany(db, many, 1);
      });
    else writeFileSync(databaseIn(folder), full);
    full ??= readFileSync(databaseIn(folder));
  };
  const refuses = (work: Promise<unknown>, sentence: RegExp) =>
    assert.rejects(work, (error: Error) => sentence.test(error.message) && !error.message.includes('\n'));
  /** As if it were killed there. */
  const endAt = (rows: number) =>
    assert.rejects(
      move(({ what, done }) => {
        if (what === 'copying' && done >= rows) throw new Error('killed');
      }),
      /killed/,
    );

  it('brings every row of every table over as it is, whatever stands in it', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const from = join(folder, String((run += 1)));
        mkdirSync(from);
        await fillRandomly(from, 20, seed);
        await target.drop();
        target = await newPostgresDatabase();
        await move(quiet, from);
        assert.deepEqual(await inTarget(allRows), await inSource(allRows, from));
      }),
      { numRuns: 3, endOnFailure: true },
    );
  });

  it('leaves the file as it was, and a store starts on what was moved', async () => {
    await fill();
    const before = readFileSync(databaseIn(folder));
    const told: Walked[] = [];
    const rows = await move((one) => void told.push(one));
    assert.ok(readFileSync(databaseIn(folder)).equals(before));
    assert.deepEqual(told.at(-1), { what: 'comparing', done: 2 * rows, total: 2 * rows });
    assert.deepEqual(
      told.filter(({ what }) => what === 'copying').map(({ total }) => total),
      told.filter(({ what }) => what === 'copying').map(() => rows),
    );
    const store = await storeOver(openPostgres({ url: target.url, connections: 2 }), fakeClock());
    assert.equal((await store.activitiesAfter('many_0000001', 0, 99)).length, many.activities);
    await store.close();
  });

  it('that was ended at any point goes on from there, and each row comes once', async () => {
    await fill();
    const first: number[] = [];
    for (const rows of [1, 300, 900, 1_700]) await endAt(rows);
    await move(({ what, done }) => void first.push(what === 'copying' ? done : Infinity));
    assert.ok((first[0] ?? 0) > 1_700, 'what was moved is not moved again');
    assert.deepEqual(await inTarget(allRows), await inSource(allRows));
  });

  it('that was killed goes on with the same command, and Latchkey does not start on the half of it', async () => {
    await fill();
    await inTarget(migrate);
    const holder = new pg.Client(target.url);
    await holder.connect();
    await holder.query('begin; lock table tickets in exclusive mode');
    const killed = startCommand(program, folder, { args: ['--to', target.url] });
    const waits = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    while ((await holder.query(waits)).rows.length === 0) {
      // In a transaction it is read once.
      await holder.query('select pg_stat_clear_snapshot()');
      await sleep(20);
    }
    killed.child.kill('SIGKILL');
    await killed.ended;
    await holder.query('rollback');
    await holder.end();
    await assert.rejects(
      storeOver(openPostgres({ url: target.url, connections: 2 }), fakeClock()),
      /DATABASE_URL cannot be used: .*not-all-is-moved-yet/,
    );
    const { out, error, code } = await runCommand(program, folder, '--to', target.url);
    assert.deepEqual([error, code], ['', 0]);
    assert.match(
      out,
      /^copying: \d+ %, [\d,]+ of [\d,]+ rows(, \d+ s left)?\n(copying: .+\n)*copying: 100 %, .+ rows\n/,
    );
    assert.match(out, /comparing: 100 %, .+\nmoved [\d,]+ rows, and each was compared\nnow set DATABASE_URL to that/);
    assert.deepEqual(await inTarget(allRows), await inSource(allRows));
  });

  it('finds what was altered in the target, or is missing there', async () => {
    await fill();
    await endAt(1_700);
    await inTarget((db) => sql`update activities set at = at + 1 where seq = 7`.execute(db));
    await refuses(move(), /^the copy of activities is not what it was copied from/);
    await inTarget((db) => sql`update activities set at = at - 1 where seq = 7`.execute(db));
    await inTarget((db) => sql`update conversations set state = null where id = 'many_0000001'`.execute(db));
    await refuses(move(), /^the copy of conversations is not/);
    await inTarget((db) => sql`delete from activities where seq = 7`.execute(db));
    await refuses(move(), /^there is something in activities of that database that was not moved there/);
  });

  it('finds that Latchkey wrote to the file between two attempts', async () => {
    await fill();
    await endAt(1_700);
    await inSource((db) => sql`update conversations set locale = 'de' where id = 'many_0000003'`.execute(db));
    await refuses(move(), /^the copy of conversations is not/);
  });

  it('is refused where anything is stored already, or was put beside what was moved', async () => {
    await fill();
    await inTarget(migrate);
    const claim = (id: string) => inTarget((db) => db.insertInto('claims').values({ id, until: 1 }).execute());
    await claim('one');
    await refuses(
      move(),
      /^there is something in claims of that database that was not moved there: take an empty one$/,
    );
    await inTarget((db) => db.deleteFrom('claims').execute());
    await endAt(300);
    await claim('one');
    await refuses(move(), /^there is something in claims/);
  });

  it('is refused while Latchkey runs, there or here, and where nothing is to be moved', async () => {
    await refuses(move(), /^there is no database in /);
    const running = await storeOver(openSqlite(folder), fakeClock());
    await refuses(move(), /cannot be used: process \d+ on .* has it already/);
    await running.close();
    const there = openPostgres({ url: target.url, connections: 2 });
    await sql`select 1`.execute(there);
    await refuses(move(), /^Latchkey is connected to that database \(1 connections\): stop its processes first$/);
    await there.destroy();
    await inSource((db) => sql`delete from kysely_migration where name like '010%'`.execute(db));
    await refuses(move(), /of another version: start this one first/);
  });

  it('says in one line why PostgreSQL cannot be used, without the password', async () => {
    await fill();
    const away = 'postgres://u:secret-word@127.0.0.1:9/latchkey';
    const told = await runInTurn(program, folder, [
      { args: ['--to', away] },
      { args: [], settings: { DATABASE_URL: away } },
      { args: ['--to', target.url], settings: { DATABASE_URL: away } },
      ...[[], ['--to'], ['--to', 'mysql://secret-word@a/b'], ['--from', 'a']].map((args) => ({ args })),
    ]);
    const cannot = { out: '', error: 'PostgreSQL cannot be used: it cannot be reached\n', code: 1 };
    assert.deepEqual(told.slice(0, 2), [cannot, cannot]);
    assert.deepEqual([told[2]?.code, told[2]?.error], [0, ''], 'what is on the command line counts');
    for (const { code, error } of told.slice(3)) {
      assert.equal(code, 1);
      assert.match(error, /^usage: npm run store:move -- --to postgres:[^\n]+\n$/);
    }
  });
});
