import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { migrations } from '../../src/store/migrations/index.ts';
import { openPostgres } from '../../src/store/postgres/index.ts';
import { openSqlite } from '../../src/store/sqlite/index.ts';
import { newPostgresDatabase } from '../support/databases.ts';
import { fakeClock } from '../support/fakes.ts';
import { storeOver } from '../support/store.ts';

/** What the version before migration 010 asks: how many parameters, and the text. */
const before = readFileSync(join(import.meta.dirname, 'statements-before.txt'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => {
    const [count = '', text = ''] = line.split('\t');
    return { count: Number(count), text };
  });
const clock = fakeClock();

describe('the version before, still running beside this one', () => {
  it('asks for much', () => {
    assert.ok(before.length > 200);
    for (const table of ['conversations', 'activities', 'tickets', 'outbox', 'tokens', 'claims'])
      assert.ok(
        before.some(({ text }) => text.startsWith(`insert into "${table}"`)),
        table,
      );
  });

  it('can run each of its statements on the tables of now, in PostgreSQL', async () => {
    const { url, drop } = await newPostgresDatabase();
    await (await storeOver(openPostgres({ url, connections: 2 }), clock)).close();
    const client = new pg.Client(url);
    await client.connect();
    try {
      for (const [i, { count, text }] of before.entries()) {
        await client.query(`begin; prepare s${i} as ${text}`);
        const { rows } = await client.query<{ types: string[] }>(
          `select parameter_types::text[] as types from pg_prepared_statements where name = 's${i}'`,
        );
        const types = rows[0]?.types ?? [];
        assert.equal(types.length, count, text);
        const values = types.map((type, n) => (type === 'text' ? `'v${n}'` : '1'));
        await client.query(`execute s${i} ${count > 0 ? `(${values.join(', ')})` : ''}`).catch((error: unknown) => {
          throw new Error(text, { cause: error });
        });
        await client.query('rollback');
      }
    } finally {
      await client.end();
      await drop();
    }
  });

  it('can run each of its statements on the tables of now, in SQLite', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
    await (await storeOver(openSqlite(folder), clock)).close();
    const db = new DatabaseSync(join(folder, 'latchkey.db'));
    try {
      for (const { count, text } of before) {
        db.exec('begin');
        const values = Array.from({ length: count }, (_, n) => n);
        assert.doesNotThrow(() => db.prepare(text.replaceAll(/\$\d+/g, '?')).all(...values), text);
        db.exec('rollback');
      }
    } finally {
      db.close();
      rmSync(folder, { recursive: true });
    }
  });
});

describe('processes of this version that start at once on an empty PostgreSQL', () => {
  it('make its tables once, and all begin', async () => {
    const { url, drop } = await newPostgresDatabase();
    const stores = await Promise.all(
      Array.from({ length: 4 }, () => storeOver(openPostgres({ url, connections: 2 }), clock)),
    );
    for (const one of stores) await one.ready();
    await Promise.all(stores.map((one) => one.close()));
    const client = new pg.Client(url);
    await client.connect();
    const { rows } = await client.query<{ name: string }>('select name from kysely_migration order by name');
    await client.end();
    await drop();
    assert.deepEqual(
      rows.map(({ name }) => name),
      Object.keys(migrations),
    );
  });
});
