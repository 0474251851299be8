import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { SupportError } from '../../domain/errors.ts';
import { lockDataFolder } from './data-lock.ts';
import { refusal } from '../migrate.ts';
import { migrations } from '../migrations/index.ts';
import { databaseIn } from './index.ts';
import { whyUnusable } from './why-unusable.ts';

/** Is told how far it is. */
export type Progress = (line: string) => void;

/**
 * Copies the database of a data folder, whose process may run meanwhile, into a new file: all that was acknowledged before
 * it began. Throws `config-invalid` where it cannot, and then leaves no file.
 */
export function backUp(folder: string, file: string, tell: Progress): void {
  const source = databaseIn(folder);
  if (!existsSync(source)) throw refusal(`there is no database in ${folder}`);
  if (existsSync(file)) throw refusal(`${file} is there already`);
  const draft = `${file}.new`;
  explained(file, () => {
    rmSync(draft, { force: true });
    // Made before it is filled: nobody else may read it.
    closeSync(openSync(draft, 'wx', 0o600));
    tell(`copying ${sizeOf(source)} …`);
    copyInto(source, draft);
    tell('checking the copy …');
    check(draft);
    toDisk(draft);
    renameSync(draft, file);
  });
  tell(`backed up to ${file}, ${sizeOf(file)}`);
}

/**
 * Puts a backup into a data folder that no process has, after it was checked. Throws `config-invalid` where it cannot, and
 * where there is a database already, unless that is to be `replaced`.
 */
export function restore(
  folder: string,
  file: string,
  options: { readonly replaced: boolean; readonly tell: Progress },
): void {
  const target = databaseIn(folder);
  const { replaced, tell } = options;
  if (!existsSync(file)) throw refusal(`there is no ${file}`);
  explained(file, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const unlock = lockDataFolder(folder);
    try {
      if (existsSync(target) && !replaced) throw refusal(`${folder} has a database already: add --force to replace it`);
      tell(`checking ${sizeOf(file)} …`);
      check(file);
      tell('copying …');
      put(file, target);
    } finally {
      unlock();
    }
  });
  tell(`restored to ${folder}: start Latchkey`);
}

function copyInto(source: string, draft: string): void {
  const db = new DatabaseSync(source, { readOnly: true, timeout: 10_000 });
  try {
    db.prepare('vacuum into ?').run(draft);
  } finally {
    db.close();
  }
  indexAnew(draft);
}

/** In a copy rows may have other places than those that the index of words knows (sqlite.org/lang_vacuum.html). */
function indexAnew(draft: string): void {
  const db = new DatabaseSync(draft);
  try {
    const isThere = db.prepare("select 1 from sqlite_master where name = 'ticket_index'").get() !== undefined;
    if (isThere) db.exec("insert into ticket_index (ticket_index) values ('rebuild')");
  } finally {
    db.close();
  }
}

/** Whether it is whole, and one that this version can use. */
function check(file: string): void {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const [first] = db.prepare('pragma integrity_check(1)').all();
    if (first?.integrity_check !== 'ok') throw refusal(`${file} is damaged`);
    const isOurs = db.prepare("select 1 from sqlite_master where name = 'kysely_migration'").get() !== undefined;
    if (!isOurs) throw refusal(`${file} is no backup of Latchkey’s`);
    const names = db.prepare('select name from kysely_migration').all();
    const unknown = names.find(({ name }) => !Object.hasOwn(migrations, String(name)));
    if (unknown) throw refusal(`${file} is of a later version (${String(unknown.name)})`);
  } finally {
    db.close();
  }
}

/** Whole or not at all. What the database before had not taken over yet belongs to no other one. */
function put(file: string, target: string): void {
  copyFileSync(file, `${target}.new`);
  toDisk(`${target}.new`);
  for (const ending of ['-wal', '-shm']) rmSync(`${target}${ending}`, { force: true });
  renameSync(`${target}.new`, target);
}

function toDisk(file: string): void {
  const handle = openSync(file, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}

const sizeOf = (file: string) => `${(statSync(file).size / 1_000_000).toFixed(1)} MB`;

/** What the system says of a file in words for operators; no draft is left. */
function explained(file: string, work: () => void): void {
  try {
    work();
  } catch (cause) {
    rmSync(`${file}.new`, { force: true });
    if (cause instanceof SupportError) throw cause;
    throw new SupportError('config-invalid', {
      cause,
      detail: `${file} cannot be used: ${whyUnusable(cause) ?? String(cause)}`,
    });
  }
}
