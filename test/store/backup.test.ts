import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { backUp, restore } from '../../src/store/sqlite/backup.ts';
import { databaseIn, openSqlite } from '../../src/store/sqlite/index.ts';
import { dataFolder, withChild } from '../support/child.ts';
import { chatOf, isBot, openChat } from '../support/direct-line.ts';
import { fakeClock } from '../support/fakes.ts';
import { nextEffects } from '../support/effects.ts';
import { storeOver, written } from '../support/store.ts';
import { worded } from './ticket-world.ts';

const quiet = () => undefined;

describe('a backup', () => {
  let [folder, file] = ['', ''];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
    file = join(folder, 'backup.db');
    const store = await storeOver(openSqlite(folder), fakeClock());
    await store.tokens.claimOnce('kept', 1e15);
    await store.close();
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const into = (replaced = false, target = join(folder, 'new')) => restore(target, file, { replaced, tell: quiet });
  const refuses = (work: () => void, sentence: RegExp) =>
    assert.throws(
      work,
      (error) => error instanceof Error && sentence.test(error.message) && !error.message.includes('\n'),
    );

  it('finds tickets by their words where it is restored, though others were removed before', async () => {
    const db = openSqlite(folder);
    const store = await storeOver(db, fakeClock());
    for (const number of ['LK-1', 'LK-2', 'LK-3']) {
      await store.open({ id: number, channel: 'x', userId: 'u', subject: null, locale: 'en', shared: false });
      await store.receive(number, written('x'));
      await store.commit(await nextEffects(store, number, { ticket: worded(`words of ${number}`, number, number) }));
    }
    await db.deleteFrom('tickets').where('number', '=', 'LK-1').execute();
    await store.close();
    backUp(folder, file, quiet);
    into();
    const again = await storeOver(openSqlite(join(folder, 'new')), fakeClock());
    const found = await again.tickets.search('words', { limit: 9 });
    assert.deepEqual(
      [found.map(({ ticket }) => ticket.number), await again.tickets.search('lk 1', { limit: 9 })],
      [['LK-3', 'LK-2'], []],
    );
    await again.close();
  });

  it('made while the process runs has all that was acknowledged, and the talk goes on from it after kill −9', async function () {
    this.timeout(120_000);
    const [own, other] = [dataFolder(), dataFolder()];
    const copy = join(own, 'copy.db');
    const left = { conversationId: '', token: '' };
    await withChild(own, {}, async (child) => {
      const chat = await openChat(child.url, 'over-limit');
      Object.assign(left, { conversationId: chat.id, token: chat.token });
      const writing = Array.from({ length: 5 }, (_, i) => chat.write(`hello ${i}`, `before ${i}`));
      for (const answer of await Promise.all(writing)) assert.equal(answer.status, 200);
      backUp(own, copy, quiet);
      child.signal('SIGKILL');
      await child.ended;
    });
    restore(other, copy, { replaced: false, tell: quiet });
    await withChild(other, {}, async ({ url }) => {
      const chat = chatOf(url, left);
      const told = (await chat.activities()).map(({ text }) => text);
      for (let i = 0; i < 5; i += 1) assert.equal(told.filter((text) => text === `hello ${i}`).length, 1);
      const { body } = await chat.write('I get access denied when I try to export', 'after');
      const stream = await chat.listen();
      await stream.until((one) => isBot(one) && String(one.id) > String(body.id));
      await stream.close();
    });
    for (const one of [own, other]) rmSync(one, { recursive: true });
  });

  it('is one file that is its owner’s alone, and tells how far it is', () => {
    const lines: string[] = [];
    backUp(folder, file, (line) => void lines.push(line));
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith('backup')),
      ['backup.db'],
    );
    assert.match(lines.join('\n'), /^copying [\d.]+ MB …\nchecking the copy …\nbacked up to .*backup\.db, [\d.]+ MB$/);
  });

  it('takes the place of no file, and is of something', () => {
    writeFileSync(file, 'mine');
    refuses(() => backUp(folder, file, quiet), /is there already/);
    refuses(() => backUp(join(folder, 'nowhere'), join(folder, 'other.db'), quiet), /there is no database/);
    refuses(() => backUp(folder, join(folder, 'no', 'such', 'folder.db'), quiet), /cannot be used/);
  });

  it('is restored over a database only where that is wanted, and what that had not taken over is gone', () => {
    backUp(folder, file, quiet);
    const target = join(folder, 'new');
    into();
    refuses(into, /--force/);
    const db = new DatabaseSync(databaseIn(target));
    db.exec('pragma journal_mode = wal; delete from claims; pragma wal_checkpoint(passive)');
    copyFileSync(`${databaseIn(target)}-wal`, join(folder, 'wal'));
    db.close();
    copyFileSync(join(folder, 'wal'), `${databaseIn(target)}-wal`);
    into(true);
    const restored = new DatabaseSync(databaseIn(target), { readOnly: true });
    assert.equal(restored.prepare('select id from claims').all().length, 1);
    restored.close();
    assert.equal(statSync(databaseIn(target)).mode & 0o777, 0o600);
  });

  it('is not restored where a process has the folder', async () => {
    backUp(folder, file, quiet);
    const db = openSqlite(join(folder, 'new'));
    refuses(() => into(true), /process \d+ on .* has it already/);
    await db.destroy();
  });

  it('is restored whole or not at all: what is damaged, of somebody else or of a later version is refused', () => {
    backUp(folder, file, quiet);
    const whole = join(folder, 'whole.db');
    copyFileSync(file, whole);
    truncateSync(file, statSync(file).size - 8_192);
    refuses(into, /damaged/);
    // Nothing of this damage shows to who only opens it: an index lacks what its table has.
    copyFileSync(whole, file);
    const torn = new DatabaseSync(file);
    torn.enableDefensive(false);
    torn.exec("insert into claims (id, until) values ('one', 1); pragma writable_schema = on");
    torn.exec("update sqlite_master set sql = replace(sql, '(\"until\")', '(\"id\")') where name = 'claims_over'");
    torn.close();
    refuses(into, /damaged/);
    writeFileSync(file, 'no database at all, but long enough to be looked at');
    refuses(into, /damaged|not one of ours/);
    rmSync(file);
    refuses(into, /there is no/);
    new DatabaseSync(file).exec('create table others (a)');
    refuses(into, /no backup of Latchkey’s/);
    copyFileSync(whole, file);
    new DatabaseSync(file).exec("insert into kysely_migration values ('999-later', '')");
    refuses(into, /later version \(999-later\)/);
    assert.ok(!existsSync(databaseIn(join(folder, 'new'))));
  });
});
