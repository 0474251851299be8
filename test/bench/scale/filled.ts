import { DatabaseSync } from 'node:sqlite';
import { databaseIn, openSqlite } from '../../../src/store/sqlite/index.ts';
import { ticketOfSomeone } from '../../desks/tickets.ts';
import { storeOver } from '../../support/store.ts';
import { temporaryFolder } from '../folders.ts';

const day = 86_400_000;
/** In the order in which SQLite sorts them: invented ids fill the whole range in which new ones fall. */
export const letters = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';

/** Fills the tables of a new data folder, past the store: by SQL, in one transaction. */
async function filled(fill: (db: DatabaseSync) => void): Promise<string> {
  const folder = temporaryFolder();
  const store = openSqlite(folder);
  await storeOver(store, { now: () => Date.now() });
  await store.destroy();
  const db = new DatabaseSync(databaseIn(folder));
  db.exec(
    'pragma journal_mode = delete; pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -524288; begin',
  );
  fill(db);
  db.exec('commit');
  db.close();
  return folder;
}

/** Conversations of ten activities each, with their tokens and outcomes. */
export function withActivities(count: number): Promise<string> {
  const conversations = count / 10;
  const state = JSON.stringify({ memory: 'x'.repeat(800) });
  const words = JSON.stringify({ type: 'message', text: 'y'.repeat(110) });
  const start = Date.now() - 90 * day;
  const at = `${start} + rowid * ${Math.floor((80 * day) / conversations)}`;
  return filled((db) => {
    db.exec(`
      with recursive n(i) as (select 0 union all select i + 1 from n where i < ${conversations - 1})
      insert into conversations (id, channel, user_id, locale, state, version, last_seq, opened_at)
      select substr('${letters}', 1 + i * 64 / ${conversations}, 1) || printf('%021d', i),
        'direct-line', 'dl_' || i, 'en', '${state}', 1, 10, ${start} from n;
      create temp table seqs (seq integer); insert into seqs values (1), (2), (3), (4), (5), (6), (7), (8), (9), (10);
      insert into activities (conversation_id, seq, client_id, activity, at, author)
      select id, seq, iif(seq % 2, 'client:' || seq || id, null), '${words}', ${at.replace('rowid', 'c.rowid')},
        iif(seq % 2, user_id, null) from conversations c cross join seqs order by id, seq;
      insert into outcomes (conversation_id, complaint, outcome, cause, at)
      select id, 0, 'confirmed', 'no-seat', ${at} from conversations order by id;
      insert into tokens (hash, conversation_id, user_id, expires_at, refreshable_until, ends_at)
      select id, id, user_id, ${start + 200 * day}, ${start + 200 * day}, ${start + 200 * day} from conversations order by id;
    `);
  });
}

/** Of ten tickets one waits, one is claimed and eight are closed; each is of another customer. */
export function withTickets(count: number): Promise<string> {
  const body = JSON.stringify(ticketOfSomeone('LK-NUMBER')).replaceAll("'", "''");
  const start = Date.now() - 30 * day;
  const number = `printf('LK-%08d', i)`;
  const n = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})`;
  return filled((db) => {
    db.exec(`
      insert into conversations (id, channel, user_id, locale, version, last_seq)
      ${n} select 'talk ' || i, 'direct-line', 'dl_' || i, 'en', 0, 0 from n;
      insert into tickets (number, conversation_id, opened_at, body)
      ${n} select ${number}, 'talk ' || i, ${start} + i * 1000, replace('${body}', 'LK-NUMBER', ${number}) from n;
      insert into outbox (id, number, desk, attempts, next_at, leased_until, delivered_at, conversation_id, place)
      ${n} select ${number}, ${number}, 'built-in', 1, 0, 0, 1, 'talk ' || i, 1 from n;
      insert into work (number, conversation_id, state, since, priority, cause, customer, email, holder_id, holder_name)
      ${n} select ${number}, 'talk ' || i, case i % 10 when 0 then 'waiting' when 1 then 'claimed' else 'closed' end,
        ${start} + i * 1000, i % 7 > 0, case i % 3 when 0 then 'no-seat' else 'monthly-limit' end, 'acct|' || i,
        'c' || i || '@customer.example', case when i % 10 > 0 then 'ana' end, 'Ana' from n;
    `);
  });
}
