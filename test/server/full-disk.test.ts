import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { sql } from 'kysely';
import { call, openChat } from '../support/direct-line.ts';
import { fakeClock } from '../support/fakes.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';

describe('a disk that takes nothing', () => {
  const clock = fakeClock();
  let product: TestProduct;
  before(async () => (product = await startTestProduct({ clock })));
  after(() => product.stop());

  const health = () => {
    clock.forward(1_000);
    return call(`${product.url}/health`, 'GET');
  };
  const readOnly = (is: 'on' | 'off') => sql.raw(`pragma query_only = ${is}`).execute(product.db);
  const stored = () => product.log.lines.filter(({ message }) => message.includes('stored'));

  it('is told by /health and to who writes, honestly and with when to come again; reading goes on, and it ends by itself', async () => {
    const chat = await openChat(product.url);
    await chat.write('before', 'client-0');
    assert.equal((await health()).status, 200);
    await readOnly('on');
    for (const answer of [await health(), await chat.write('meanwhile', 'client-1'), await health()]) {
      assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '5']);
      assert.equal(answer.body.error?.code, 'store-unavailable');
      assert.match(answer.body.error.message, /was not taken/);
    }
    assert.ok((await chat.activities()).some(({ text }) => text === 'before'));
    assert.equal((await call(`${product.url}/widget.js`, 'GET')).status, 200);
    await readOnly('off');
    assert.deepEqual([(await health()).status, (await chat.write('after', 'client-1')).status], [200, 200]);
    assert.ok((await chat.activities()).some(({ text }) => text === 'after'));
  });

  it('is logged once when it begins, without a stack, and once when it ends', () => {
    assert.deepEqual(
      stored().map(({ level, fields, message }) => [level, fields, message]),
      [
        ['error', { alarm: 'store-unavailable' }, 'nothing can be stored: it is read-only'],
        ['info', {}, 'what comes is stored again'],
      ],
    );
    assert.equal(product.faults().length, 1, JSON.stringify(product.faults()));
  });

  it('that is full is one, too', async () => {
    const chat = await openChat(product.url);
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(product.db);
    await sql.raw(`pragma max_page_count = ${rows[0]?.page_count ?? 0}`).execute(product.db);
    let last = 200;
    for (let i = 0; i < 1_000 && last === 200; i += 1) last = (await chat.write('x'.repeat(3_000))).status;
    assert.equal(last, 503);
    assert.match(stored().at(-1)?.message ?? '', /the disk is full/);
    await sql.raw('pragma max_page_count = 1000000').execute(product.db);
    assert.equal((await chat.write('again')).status, 200);
  });
});

describe('a client that hangs up in the middle of a message', () => {
  it('is no fault of ours', async () => {
    const product = await startTestProduct();
    for (const path of ['/v3/directline/tokens/generate', '/demo/identity']) {
      const socket = connect(Number(new URL(product.url).port), '127.0.0.1');
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`;
      await new Promise<void>((resolve) => socket.write(head, () => resolve()));
      // What is asked on another connection is answered behind it.
      await call(`${product.url}/health`, 'GET');
      socket.resetAndDestroy();
    }
    await product.stop();
    assert.deepEqual(product.faults(), []);
  });
});
