import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { otherTables, personalTables } from '../../src/store/personal-tables.ts';
import { openPostgres } from '../../src/store/postgres/index.ts';
import type { StoreDatabase } from '../../src/store/store-database.ts';
import { openInMemory } from './in-memory.ts';
import { startPostgres } from './postgres-server.ts';

/** The PostgreSQL of a run: all its processes use one, which the first that wants it starts. */
const folder = join(tmpdir(), `latchkey-run-${env.TEST_RUN ?? process.pid}`);
const urlFile = join(folder, 'url');

/** Where a PostgreSQL listens in which databases can be made: that of `TEST_DATABASE_URL`, or one of this run. */
export async function postgresUrl(): Promise<string> {
  if (env.TEST_DATABASE_URL) return env.TEST_DATABASE_URL;
  try {
    mkdirSync(folder, { mode: 0o755 });
    const { url } = await startPostgres(folder);
    writeFileSync(`${urlFile}.new`, url);
    renameSync(`${urlFile}.new`, urlFile);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  for (;;)
    try {
      return readFileSync(urlFile, 'utf8');
    } catch {
      await sleep(50);
    }
}

/** Ends it with the run. */
export function mochaGlobalTeardown(): void {
  try {
    process.kill(Number(readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGQUIT');
  } catch {
    return;
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

let made = 0;
/** Databases of this process that nobody uses now, nothing in them: making one takes ten times as long as clearing it. */
const cleared: string[] = [];

/** A database there, as a new one is; and what ends all connections to it and takes it back. */
export async function newPostgresDatabase(): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> {
  const url = cleared.pop() ?? (await create());
  return {
    url,
    async drop() {
      // A second at most: who lets go later is waited for by the next statement.
      await tell(
        url,
        `select pg_terminate_backend(pid, 1000) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid();
        drop schema public cascade;
        create schema public authorization pg_database_owner;
        grant usage on schema public to public`,
      );
      cleared.push(url);
    },
  };
}

async function create(): Promise<string> {
  const server = await postgresUrl();
  const name = `latchkey_${process.pid}_${(made += 1)}`;
  await tell(server, `create database ${name} strategy file_copy`);
  return Object.assign(new URL(server), { pathname: name }).href;
}

async function tell(url: string, statements: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(statements).finally(() => client.end());
}

const tables = Object.keys({ ...personalTables, ...otherTables });

/** A kind of store; `open` makes a new database of it, which goes when it is closed. */
interface Kind {
  readonly name: string;
  open(): Promise<StoreDatabase>;
}

const sqlite: Kind = { name: 'SQLite', open: () => openInMemory() };
const postgres: Kind = { name: 'PostgreSQL', open: openEmptied };

/** Those that no test has closed, and where each is. */
const open = new Map<StoreDatabase, string>();
/** Databases of this process that are not used now, their tables empty. */
const free: string[] = [];

/** One that is emptied when it is closed, for the next test: making one takes a hundred times as long. */
async function openEmptied(): Promise<StoreDatabase> {
  const url = free.pop() ?? (await newPostgresDatabase()).url;
  const db = openPostgres({ url, connections: 5 });
  const destroy = db.destroy.bind(db);
  open.set(db, url);
  return Object.assign(db, {
    async destroy() {
      if (!open.delete(db)) return;
      const isWhole = await empty(db);
      await destroy();
      if (isWhole) free.push(url);
    },
  });
}

/** The same as another process has it, to be destroyed before; in SQLite there is no other, and it is itself. */
export function openBeside(db: StoreDatabase): StoreDatabase {
  const url = open.get(db);
  return url === undefined ? db : openPostgres({ url, connections: 5 });
}

/** False where a test has taken away what belongs there. */
async function empty(db: StoreDatabase): Promise<boolean> {
  try {
    await sql`drop function if exists no_room cascade`.execute(db);
    for (const table of tables) await sql`delete from ${sql.table(table)}`.execute(db);
    return true;
  } catch {
    return false;
  }
}

/** `TEST_STORE=PostgreSQL`: what is tried over one kind of store by itself, such as talks, is tried over this one. */
const usual = env.TEST_STORE === postgres.name ? postgres : sqlite;
let current = usual;

/** A new database of the kind that is tried now. */
export function openDatabase(): Promise<StoreDatabase> {
  return current.open();
}

/** From now on this cannot be done, as `insert on tickets`: the disk is full. Call the result to make room. */
export async function fillDisk(db: StoreDatabase, event: string): Promise<() => Promise<void>> {
  const run = async (...statements: string[]) => {
    for (const one of statements) await sql.raw(one).execute(db);
  };
  const [, where = event, table = '', when] = /^(\w+ on (\w+))(?: when (.+))?$/.exec(event) ?? [];
  const trigger = `create trigger no_room before ${where} for each row`;
  if (!db.isShared) {
    await run(`${trigger} ${when ? `when ${when}` : ''} begin select raise(abort, 'disk full'); end`);
    return () => run('drop trigger no_room');
  }
  await run(
    `create or replace function no_room() returns trigger language plpgsql as $$ begin raise 'disk full'; end $$`,
    `${trigger} ${when ? `when (${when})` : ''} execute function no_room()`,
  );
  return () => run(`drop trigger if exists no_room on ${table}`);
}

/** The same promises of every kind of store; `kind`: its name. */
export function onEachStore(what: string, tests: (kind: string) => void): void {
  for (const kind of [sqlite, postgres])
    describe(`${what}, in ${kind.name}`, () => {
      before(() => void (current = kind));
      after(() => void (current = usual));
      afterEach(async () => {
        for (const db of open.keys()) await db.destroy();
      });
      tests(kind.name);
    });
}
