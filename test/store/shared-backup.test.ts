import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { backUp, restore } from '../../src/store/sqlite/backup.ts';
import { migrate } from '../../src/store/migrate.ts';
import { moveToPostgres } from '../../src/store/move.ts';
import { openPersons } from '../../src/store/open-persons.ts';
import { openPostgres } from '../../src/store/postgres/index.ts';
import { backUpShared, restoreShared, type Telling } from '../../src/store/shared-backup.ts';
import { databaseIn, openSqlite } from '../../src/store/sqlite/index.ts';
import type { StoreDatabase } from '../../src/store/store-database.ts';
import { newPostgresDatabase } from '../support/databases.ts';
import { countingRandom, fakeClock } from '../support/fakes.ts';
import { storeOver, written } from '../support/store.ts';
import { storeMany } from './many.ts';
import { allRows, fillRandomly } from './random-rows.ts';
import { migrateBefore } from './earlier.ts';

const quiet: Telling = { tell: () => undefined, walked: () => undefined };
const many = { talks: 30, activities: 30, tickets: 30 };

describe('a backup of PostgreSQL', () => {
  let folder: string;
  let file: string;
  const databases: { readonly drop: () => Promise<void> }[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
    file = join(folder, 'backup.db');
  });
  afterEach(async () => {
    for (const one of databases.splice(0)) await one.drop();
    rmSync(folder, { recursive: true });
  });

  async function newDatabase() {
    const made = await newPostgresDatabase();
    databases.push(made);
    return { url: made.url, connections: 2 };
  }
  type Settings = Awaited<ReturnType<typeof newDatabase>>;
  const within = async <T>(db: StoreDatabase, work: (db: StoreDatabase) => Promise<T>) =>
    work(db).finally(() => db.destroy());
  const rowsIn = (settings: Settings) => within(openPostgres(settings), allRows);
  const rowsInFolder = (name: string) => within(openSqlite(name, { beside: true }), allRows);
  const put = (settings: Settings, replaced = false) => restoreShared(settings, file, { ...quiet, replaced });
  const refuses = (work: Promise<unknown>, sentence: RegExp) =>
    assert.rejects(work, (error: Error) => sentence.test(error.message) && !error.message.includes('\n'));
  /** One with something in it. */
  async function filled() {
    const [settings, from] = [await newDatabase(), join(folder, 'from')];
    mkdirSync(from, { recursive: true });
    await within(openSqlite(from), async (db) => {
      await migrate(db);
      await storeMany(db, many, 1);
    });
    await moveToPostgres(from, settings, quiet.walked);
    rmSync(from, { recursive: true });
    return settings;
  }

  it('is restored into either store, as one of the file is, with every row as it was', async () => {
    const from = join(folder, 'from');
    mkdirSync(from);
    const [seed = 0] = fc.sample(fc.integer(), 1);
    await fillRandomly(from, 30, seed);
    const rows = await rowsInFolder(from);
    const shared = await newDatabase();
    backUp(from, file, quiet.tell);
    await put(shared);
    assert.deepEqual(await rowsIn(shared), rows, `file to PostgreSQL, seed ${seed}`);
    restore(join(folder, 'to'), file, { replaced: false, tell: quiet.tell });
    assert.deepEqual(await rowsInFolder(join(folder, 'to')), rows, 'file to file');
    rmSync(file);
    await backUpShared(shared, file, quiet);
    restore(join(folder, 'back'), file, { replaced: false, tell: quiet.tell });
    assert.deepEqual(await rowsInFolder(join(folder, 'back')), rows, `PostgreSQL to file, seed ${seed}`);
    const other = await newDatabase();
    await put(other);
    assert.deepEqual(await rowsIn(other), rows, `PostgreSQL to PostgreSQL, seed ${seed}`);
  });

  it('is of one instant, while processes write to it', async () => {
    const settings = await filled();
    const rows = await rowsIn(settings);
    const running = openPostgres(settings);
    const writing: Promise<unknown>[] = [];
    const add = async (id: string) => {
      await running.insertInto('claims').values({ id, until: 1 }).execute();
      await sql`update conversations set locale = ${id}`.execute(running);
    };
    const walked: Telling['walked'] = ({ done }) => void writing.push(add(`while ${done}`).catch(() => undefined));
    await backUpShared(settings, file, { ...quiet, walked });
    await Promise.all(writing);
    assert.ok(writing.length > 5);
    await running.destroy();
    restore(join(folder, 'to'), file, { replaced: false, tell: quiet.tell });
    assert.deepEqual(await rowsInFolder(join(folder, 'to')), rows);
    assert.notDeepEqual(await rowsIn(settings), rows);
  });

  it('is one file of its owner’s, takes the place of none, and leaves nothing beside it where it fails', async () => {
    const settings = await filled();
    await backUpShared(settings, file, quiet);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(folder), ['backup.db']);
    await refuses(backUpShared(settings, file, quiet), /is there already$/);
    await refuses(
      backUpShared(await newDatabase(), join(folder, 'b.db'), quiet),
      /nothing of Latchkey’s in its database/,
    );
    const away = { url: 'postgres://u:secret@127.0.0.1:9/x', connections: 2 };
    await refuses(backUpShared(away, join(folder, 'b.db'), quiet), /^PostgreSQL cannot be used: it cannot be reached$/);
    await refuses(backUpShared(settings, join(folder, 'no', 'b.db'), quiet), /cannot be used: it cannot be opened$/);
    assert.deepEqual(readdirSync(folder), ['backup.db']);
  });

  it('is not restored over anything without --force, nor while a process is connected', async () => {
    const [settings, other] = [await filled(), await newDatabase()];
    await backUpShared(settings, file, quiet);
    await within(openPostgres(other), async (db) => {
      await migrate(db);
      await db.insertInto('claims').values({ id: 'theirs', until: 1 }).execute();
      await refuses(put(other, true), /^Latchkey is connected to that database/);
    });
    const before = await rowsIn(other);
    await refuses(put(other), /has something in it already: add --force to replace it$/);
    assert.deepEqual(await rowsIn(other), before);
    await put(other, true);
    assert.deepEqual(await rowsIn(other), await rowsIn(settings));
    assert.deepEqual(readdirSync(folder), ['backup.db']);
  });

  it('is restored whole or not at all: what fails in the middle leaves what was there', async () => {
    const settings = await filled();
    await backUpShared(settings, file, quiet);
    const before = await rowsIn(settings);
    const walked: Telling['walked'] = ({ done }) => {
      if (done > 500) throw new Error('killed');
    };
    await assert.rejects(restoreShared(settings, file, { ...quiet, walked, replaced: true }), /killed/);
    assert.deepEqual(await rowsIn(settings), before);
    writeFileSync(file, 'no database at all, but long enough to be looked at');
    await refuses(put(settings, true), /damaged|not one of ours/);
    rmSync(file);
    await refuses(put(settings, true), /there is no/);
    assert.deepEqual(await rowsIn(settings), before);
  });

  it('takes the place of a move that was not brought to its end, with --force alone', async () => {
    const settings = await filled();
    await backUpShared(settings, file, quiet);
    const [half, from] = [await newDatabase(), join(folder, 'to')];
    restore(from, file, { replaced: false, tell: quiet.tell });
    const end = () => {
      throw new Error('killed');
    };
    await assert.rejects(moveToPostgres(from, half, end), /killed/);
    await refuses(backUpShared(half, join(folder, 'b.db'), quiet), /of another version/);
    await refuses(put(half), /^a move to that database was not brought to its end: add --force/);
    await put(half, true);
    assert.deepEqual(await rowsIn(half), await rowsIn(settings));
    await (await storeOver(openPostgres(half), fakeClock())).close();
  });

  it('of an earlier version is brought up to date where it is restored', async () => {
    const settings = await filled();
    await backUpShared(settings, file, quiet);
    await within(openSqlite(join(folder, 'old')), async (db) => {
      await migrateBefore(db, '010');
      await sql`insert into claims values ('of old', 1)`.execute(db);
    });
    rmSync(file);
    backUp(join(folder, 'old'), file, quiet.tell);
    await put(settings, true);
    assert.deepEqual((await rowsIn(settings)).claims, ['[["id","of old"],["until",1]]']);
  });

  it('gives the same export of a person from either store', async () => {
    const from = join(folder, 'from');
    const store = await storeOver(openSqlite(from), fakeClock());
    const person = { accountId: 'a', userId: 'u' };
    const subject = { ...person, verifiedBy: 'signed-identity' } as const;
    for (const id of ['one', 'two']) {
      await store.open({ id, channel: 'direct-line', userId: 'dl_1', subject, locale: 'en', shared: false });
      await store.receive(id, written('access denied 🦊 '.repeat(50)));
    }
    await store.close();
    const settings = await newDatabase();
    await moveToPostgres(from, settings, quiet.walked);
    const [own, shared] = await Promise.all([
      openPersons({ dataDir: from, database: null }, countingRandom()),
      openPersons({ dataDir: join(folder, 'nowhere'), database: settings }, countingRandom()),
    ]);
    const told = await shared.find(person);
    assert.deepEqual(told, await own.find(person));
    assert.equal(told.conversations?.length, 2);
    await Promise.all([own.close(), shared.close()]);
    assert.ok(!existsSync(databaseIn(join(folder, 'nowhere'))));
  });

  it('is told of in a sentence where the server refuses it', async () => {
    const settings = await newDatabase();
    const named = { ...settings, url: settings.url.replace(/\/\w+$/, '/nowhere') };
    const why = /^(PostgreSQL|DATABASE_URL) cannot be used: there is no database of this name$/;
    await refuses(backUpShared(named, file, quiet), why);
    await refuses(openPersons({ dataDir: folder, database: named }, countingRandom()), why);
  });
});
