import assert from 'node:assert/strict';
import pg from 'pg';
import { judgeServer } from '../../src/cli/checks/database.ts';
import { newPostgresDatabase, postgresUrl } from '../support/databases.ts';
import { startPatient, type Patient } from './examined.ts';

describe('npm run doctor looks at PostgreSQL', () => {
  let patient: Patient;
  let database: Awaited<ReturnType<typeof newPostgresDatabase>>;
  beforeEach(async () => {
    patient = await startPatient();
    database = await newPostgresDatabase();
  });
  afterEach(async () => {
    await database.drop();
    patient.close();
  });

  const lineWith = (options: string, env = {}) => {
    const url = new URL(database.url);
    if (options) url.searchParams.set('options', options);
    return patient.lineOf('DATABASE_URL', { DATABASE_URL: url.href, ...env });
  };
  const run = async (sql: string, url = database.url) => {
    const client = new pg.Client(url);
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };

  it('and says how many processes it takes, or that it takes hardly one', async () => {
    assert.match(await lineWith(''), /^ok .+PostgreSQL \d\d can be used, by \d+ processes of 11 connections$/);
    assert.match(
      await lineWith('', { DATABASE_POOL: '200' }),
      /^warn .+enough for one process of 201; set DATABASE_POOL/,
    );
  });

  it('and finds what would lose or refuse what is stored', async () => {
    assert.match(await lineWith('-c synchronous_commit=off'), /^warn .+synchronous_commit is off.+; set it to on$/);
    assert.match(await lineWith('-c default_transaction_read_only=on'), /^fail .+read-only; set the address/);
    await run(`drop role if exists nobody_${process.pid}`);
    await run(`create role nobody_${process.pid} login`);
    const guest = new URL(database.url);
    guest.username = `nobody_${process.pid}`;
    const told = await patient.lineOf('DATABASE_URL', { DATABASE_URL: guest.href });
    await run(`drop role nobody_${process.pid}`);
    assert.match(told, /^fail .+may not create tables there; make the user the owner/);
  });

  it('and finds an encoding that does not take every text', async () => {
    const [server, name] = [await postgresUrl(), `latin_${process.pid}`];
    await run(
      `create database ${name} encoding 'SQL_ASCII' locale_provider libc locale 'C' template template0`,
      server,
    );
    const latin = new URL(server);
    latin.pathname = name;
    const told = await patient.lineOf('DATABASE_URL', { DATABASE_URL: latin.href });
    await run(`drop database ${name}`, server);
    assert.match(told, /^fail .+its encoding is SQL_ASCII; make the database anew/);
  });

  it('and says why it cannot be reached, without the password', async () => {
    const away = await patient.lineOf('DATABASE_URL', { DATABASE_URL: 'postgres://u:hidden@127.0.0.1:9/x' });
    assert.match(away, /^fail .+: it cannot be reached; check the address/);
    const nowhere = new URL(database.url);
    nowhere.pathname = 'nowhere';
    assert.match(
      await patient.lineOf('DATABASE_URL', { DATABASE_URL: nowhere.href }),
      /^fail .+there is no database of this name/,
    );
  });

  it('and finds one that is too old, or takes fewer connections than a process wants', () => {
    const facts = { version: 170_002, encoding: 'UTF8', isReadOnly: false, mayCreate: true, commits: 'on' };
    assert.deepEqual(judgeServer({ ...facts, version: 130_011, connections: 97 }, 10), {
      ...{ status: 'fail', what: 'it is PostgreSQL 13', todo: 'take 14 or later' },
    });
    assert.equal(judgeServer({ ...facts, connections: 10 }, 10).status, 'fail');
    assert.equal(judgeServer({ ...facts, connections: 11 }, 10).status, 'warn');
    assert.equal(judgeServer({ ...facts, connections: 22 }, 10).status, 'ok');
  });
});
