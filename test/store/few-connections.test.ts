import assert from 'node:assert/strict';
import pg from 'pg';
import { codeOf } from '../../src/domain/errors.ts';
import { createPool, type Pool } from '../../src/store/postgres/pool.ts';
import { newPostgresDatabase } from '../support/databases.ts';
import { keptLog, type KeptLog } from '../support/fakes.ts';

const isRefused = (error: unknown) => codeOf(error) === 'store-unavailable';

describe('a PostgreSQL that takes two connections', () => {
  const user = `few_${process.pid}`;
  let database: Awaited<ReturnType<typeof newPostgresDatabase>>;
  let administrator: pg.Client;
  let log: KeptLog;
  let pool: Pool;
  before(async () => {
    database = await newPostgresDatabase();
    administrator = new pg.Client(database.url);
    await administrator.connect();
    await administrator.query(`create role ${user} login connection limit 2`);
  });
  after(async () => {
    await administrator.query(`drop role ${user}`);
    await administrator.end();
    await database.drop();
  });
  beforeEach(async () => {
    // PostgreSQL counts those of the test before until their processes are gone.
    for (let left = 1; left > 0;)
      left = (await administrator.query('select from pg_stat_activity where usename = $1', [user])).rowCount ?? 0;
    log = keptLog();
    pool = newPool();
  });
  const newPool = () =>
    createPool({ url: Object.assign(new URL(database.url), { username: user }).href, connections: 5 }, log);
  afterEach(() => pool.end());
  const told = () => log.lines.map(({ level, fields }) => ({ level, ...fields }));

  it('is not away: who wanted a third is refused, which is told once with its code and what to do', async () => {
    const taken = await Promise.all([pool.take(), pool.take()]);
    await assert.rejects(pool.take(), isRefused);
    await assert.rejects(pool.take(), isRefused);
    for (const one of taken) assert.equal((await one.query('select 1')).rowCount, 1);
    for (const one of taken) pool.release(one);
    assert.deepEqual(told(), [{ level: 'warn', code: '53300' }]);
    assert.match(log.lines[0]?.message ?? '', /takes no more connections: set DATABASE_POOL lower/);
  });

  it('is away for a process that gets none', async () => {
    const others = await Promise.all([pool.take(), pool.take()]);
    const late = newPool();
    await assert.rejects(late.take(), isRefused);
    await late.end();
    for (const one of others) pool.release(one);
    assert.deepEqual(told(), [{ level: 'error', alarm: 'store-unavailable' }]);
  });

  it('and loses one is not away: that is told with its code, and the next one is made', async () => {
    const lost = await pool.take();
    const { rows } = await lost.query<{ pid: number }>('select pg_backend_pid() as pid');
    const asking = lost.query('select pg_sleep(60)').catch((error: unknown) => error);
    for (let ended = 0; ended === 0;) {
      const sleeping = await administrator.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where pid = $1 and wait_event = 'PgSleep'",
        [rows[0]?.pid],
      );
      ended = sleeping.rows.length;
    }
    const error = await asking;
    assert.ok(isRefused(pool.toldAs(error)));
    pool.release(lost, error);
    const next = await pool.take();
    assert.equal((await next.query('select 1')).rowCount, 1);
    pool.release(next);
    assert.deepEqual(told(), [{ level: 'warn', code: '57P01' }]);
  });
});
