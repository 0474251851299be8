import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Random } from '../../src/domain/ports.ts';
import { openChat, call, type Called } from '../support/direct-line.ts';
import { fakeClock, keptLog, type KeptLog } from '../support/fakes.ts';
import { startPostgres, type PostgresServer } from '../support/postgres-server.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

/** Every test is a process of its own on the same tables. */
const random: Random = { id: (length) => randomBytes(length).toString('base64url').slice(0, length) };
const begins = 'nothing can be stored: ';
const ends = 'what comes is stored again';

describe('while PostgreSQL is not as it was', () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-away-'));
  // PostgreSQL runs as somebody else where this is root.
  chmodSync(folder, 0o755);
  let postgres: PostgresServer;
  let product: TestProduct;
  let log: KeptLog;
  let clock: ReturnType<typeof fakeClock>;
  before(async () => (postgres = await startPostgres(join(folder, 'postgres'))));
  after(async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    [log, clock] = [keptLog(), fakeClock()];
    product = await startTestProduct({ database: postgres.url, log, clock, random });
  });
  afterEach(() => product.stop());

  const ask = async (text: string) => {
    const client = new pg.Client(postgres.url);
    await client.connect();
    await client.query(text).finally(() => client.end());
  };
  const health = () => {
    clock.forward(1_000);
    return call(`${product.url}/health/ready`, 'GET');
  };
  /** Refused for now, in words that say so. */
  const assertAway = ({ status, headers, body }: Called) => {
    assert.equal(status, 503);
    assert.ok(Number(headers.get('retry-after')) > 0);
    assert.equal(body.error?.code, 'store-unavailable');
  };
  /** An upgrade that is refused. */
  const upgrade = async (url: URL) => {
    const headers = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
    const asked = get(url, { headers: { ...headers, 'sec-websocket-key': randomBytes(16).toString('base64') } });
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    answer.resume();
    return answer;
  };
  const linesOf = (begin: string) => log.lines.filter(({ message }) => message.startsWith(begin)).length;

  /** A chat with an open stream, through what `away` does until `back`. */
  async function lasts(away: () => Promise<void>, back: () => Promise<void>): Promise<void> {
    const chat = await openChat(product.url);
    const stream = await chat.listen();
    const acknowledged: string[] = [];
    const write = async (text: string) => {
      const answer = await chat.write(text, text);
      if (answer.status === 200) acknowledged.push(text);
      return answer;
    };
    await write('before');
    await stream.until(({ text }) => text === 'before');
    const address = new URL(String((await chat.call('GET', '')).body.streamUrl).replace(/^ws/, 'http'));
    await away();
    for (const watermark of ['0', '1', '-', '']) {
      address.searchParams.set('watermark', watermark);
      const { statusCode, headers } = await upgrade(address);
      assert.deepEqual([statusCode, Number(headers['retry-after']) > 0], [503, true], `watermark ${watermark}`);
    }
    for (let i = 0; i < 5; i += 1) {
      assertAway(await write(`meanwhile ${i}`));
      assertAway(await health());
    }
    assert.equal((await call(`${product.url}/health/live`, 'GET')).status, 200);
    await back();
    for (let status = 503; status !== 200;) ({ status } = await write('after'));
    await stream.until(({ text }) => text === 'after');
    assert.deepEqual(
      stream.texts().filter((text) => acknowledged.includes(text)),
      acknowledged,
      'each once, in order, on the same socket',
    );
    assert.equal((await health()).status, 200);
    assert.deepEqual([linesOf(begins), linesOf(ends)], [1, 1], JSON.stringify(log.lines));
    await stream.close();
  }

  it('because it was stopped: chats stay open, posts are refused for now, and it goes on by itself', () =>
    lasts(
      () => postgres.stop('SIGINT'),
      () => postgres.start(),
    ));

  it('because it was killed', () =>
    lasts(
      () => postgres.stop('SIGQUIT'),
      () => postgres.start(),
    ));

  it('because it is read-only, as where another server takes over', () =>
    lasts(
      async () => {
        await ask('alter system set default_transaction_read_only = on');
        await ask('select pg_reload_conf()');
        await readOnly(true);
      },
      async () => {
        await ask('begin read write; select 1; commit');
        await ask('alter system reset default_transaction_read_only');
        await ask('select pg_reload_conf()');
        await readOnly(false);
      },
    ));

  /** Until it is so for who connects, and a moment more for who is connected. */
  async function readOnly(wanted: boolean): Promise<void> {
    for (;;) {
      const client = new pg.Client(postgres.url);
      await client.connect();
      const { rows } = await client.query<{ default_transaction_read_only: string }>(
        'show default_transaction_read_only',
      );
      await client.end();
      if ((rows[0]?.default_transaction_read_only === 'on') === wanted) return;
      await sleep(20);
    }
  }

  it('because somebody holds what is to be written: who waits is told within its time, and others are served', async () => {
    const [held, other] = [await openChat(product.url), await openChat(product.url)];
    const holder = new pg.Client(postgres.url);
    await holder.connect();
    await holder.query(`begin; select 1 from conversations where id = '${held.id}' for update`);
    const waiting = held.write('held', 'held');
    assert.equal((await other.write('not held')).status, 200);
    assertAway(await waiting);
    await holder.query('rollback');
    await holder.end();
    assert.equal((await held.write('held', 'held')).status, 200);
    assert.deepEqual([linesOf(begins), linesOf(ends)], [0, 0], 'others were stored meanwhile');
  });

  it('because one statement was ended by its administrator: whoever waited for it is told, and nobody is alarmed', async () => {
    const chat = await openChat(product.url);
    const holder = new pg.Client(postgres.url);
    await holder.connect();
    await holder.query(`begin; select 1 from conversations where id = '${chat.id}' for update`);
    const waiting = chat.write('held', 'held');
    for (let ended = 0; ended === 0;) {
      const { rows } = await holder.query(
        `select pg_cancel_backend(pid) from pg_stat_activity
        where application_name = 'latchkey' and wait_event_type = 'Lock'`,
      );
      ended = rows.length;
    }
    assertAway(await waiting);
    await holder.query('rollback');
    await holder.end();
    assert.equal((await chat.write('held', 'held')).status, 200);
    assert.deepEqual([linesOf(begins), linesOf(ends)], [0, 0]);
  });

  it('because every connection is in use: nobody waits for ever, nobody is alarmed, and all goes on when one is free', async () => {
    const chats = await Promise.all(Array.from({ length: 8 }, () => openChat(product.url)));
    const holder = new pg.Client(postgres.url);
    await holder.connect();
    await holder.query('begin; lock table conversations in access exclusive mode');
    const answers = await Promise.all(chats.map((chat) => chat.write('one', 'one')));
    for (const one of answers) assertAway(one);
    await holder.query('rollback');
    await holder.end();
    for (const chat of chats) for (let status = 503; status !== 200;) ({ status } = await chat.write('one', 'one'));
    assert.deepEqual([linesOf(begins), linesOf('all connections were in use')], [0, 1], JSON.stringify(log.lines));
  });
});
