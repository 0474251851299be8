import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { codeOf } from '../../src/domain/errors.ts';
import { openSqlite } from '../../src/store/sqlite/index.ts';
import { fakeClock } from '../support/fakes.ts';
import { storeOver, textOf, written } from '../support/store.ts';

const talk = { id: 'a', channel: 'direct-line', userId: 'dl_1', subject: null, locale: 'en', shared: false } as const;

describe('a database that another program holds', () => {
  let folder: string;
  let other: DatabaseSync;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'latchkey-'))));
  afterEach(() => {
    other.close();
    rmSync(folder, { recursive: true });
  });

  async function heldStore(options?: { readonly patienceMs: number }) {
    const store = await storeOver(openSqlite(folder, options), fakeClock());
    await store.open(talk);
    other = new DatabaseSync(join(folder, 'latchkey.db'));
    other.exec('begin immediate');
    return store;
  }

  it('is waited for without holding up anything else: others are served, what is stored is read, then it is stored', async () => {
    const store = await heldStore();
    const order: string[] = [];
    const storing = Promise.all([
      store.receive('a', written('waits')).then(() => order.push('stored')),
      store.open({ ...talk, id: 'b' }).then(() => order.push('opened')),
    ]);
    assert.deepEqual(await store.activitiesAfter('a', 0, 9), []);
    order.push('read');
    await new Promise(setImmediate);
    other.exec('commit');
    await storing;
    assert.equal(order[0], 'read');
    assert.deepEqual((await store.activitiesAfter('a', 0, 9)).map(textOf), ['waits']);
    assert.equal((await store.load('b'))?.id, 'b');
    await store.close();
  });

  it('is waited for in the order in which it was asked for', async () => {
    const store = await heldStore();
    const texts = Array.from({ length: 20 }, (_, i) => `message ${i}`);
    let storing = Promise.resolve<unknown>(null);
    for (const text of texts) storing = Promise.all([storing, store.receive('a', written(text))]);
    await new Promise(setImmediate);
    other.exec('commit');
    await storing;
    const stored = (await store.activitiesAfter('a', 0, 99)).map(textOf);
    assert.deepEqual(stored, texts);
    await store.close();
  });

  it('for too long is told, and nothing is half stored', async () => {
    const store = await heldStore({ patienceMs: 0 });
    const unavailable = (error: unknown) => codeOf(error) === 'store-unavailable';
    await assert.rejects(store.receive('a', written('refused')), unavailable);
    await assert.rejects(store.open({ ...talk, id: 'b' }), unavailable);
    other.exec('commit');
    assert.deepEqual(await store.activitiesAfter('a', 0, 9), []);
    assert.equal((await store.receive('a', written('again'))).duplicate, false);
    await store.close();
  });
});

describe('a data folder', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'latchkey-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is refused while another process has it, whose number is told, and taken when that has ended', async () => {
    const first = await storeOver(openSqlite(folder), fakeClock());
    assert.throws(
      () => openSqlite(folder),
      (error: Error) =>
        codeOf(error) === 'config-invalid' &&
        error.message.startsWith(`DATA_DIR (${folder}) cannot be used: `) &&
        error.message.includes(`process ${process.pid} on `),
    );
    await first.close();
    await (await storeOver(openSqlite(folder), fakeClock())).close();
  });
});
