import { sql } from 'kysely';
import type { Database } from '../../src/store/schema.ts';

/** How many there are of what was kept long enough. */
export interface Many {
  readonly talks: number;
  /** Of each talk. */
  readonly activities: number;
  /** Closed tickets, each of a talk of its own. */
  readonly tickets: number;
}

/** Talks that were last heard of at `at`, with all that belongs to them, as many days of chats leave them behind. */
export async function storeMany(db: Database, { talks, activities, tickets }: Many, at: number): Promise<void> {
  const text = 'I get access denied when I try to export, and nothing of what is said there helps. '.repeat(3);
  const said = JSON.stringify({ type: 'message', text });
  const state = JSON.stringify({ v: 5, stack: [], memory: { text: text.repeat(8) } });
  const one = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${talks})`;
  const ticketed = sql`with recursive n(i) as (select 1 where ${tickets} > 0 union all select i + 1 from n where i < ${tickets})`;
  const inserts = [
    sql`insert into conversations (id, channel, user_id, locale, state, version, last_seq, opened_at) ${one}
      select printf('many_%07d', i), 'direct-line', 'dl_' || i, 'en', ${state}, 1, ${activities}, ${at} from n`,
    sql`insert into activities (conversation_id, seq, client_id, activity, at, author) ${one},
      s(k) as (select 1 union all select k + 1 from s where k < ${activities})
      select printf('many_%07d', i), k, 'client:' || k, ${said}, ${at}, 'dl_' || i from n, s`,
    sql`insert into tokens (hash, conversation_id, user_id, expires_at, refreshable_until, ends_at) ${one}
      select hex(randomblob(16)), printf('many_%07d', i), 'dl_' || i, ${at}, ${at}, ${at} from n`,
    sql`insert into claims (id, until) ${one} select hex(randomblob(16)), ${at} from n`,
    sql`insert into outcomes (conversation_id, complaint, outcome, cause, at) ${one}
      select printf('many_%07d', i), 0, 'answered', 'no-seat', ${at} from n`,
    sql`insert into shown (conversation_id, complaint, article, cause, at) ${one}
      select printf('many_%07d', i), 0, 'seats', 'no-seat', ${at} from n`,
    sql`insert into feedback (conversation_id, complaint, answered, reason, at) ${one}
      select printf('many_%07d', i), 0, 0, 'words of my own', ${at} from n`,
    sql`insert into article_feedback (conversation_id, complaint, article, channel, answered, reason, at) ${one}
      select printf('many_%07d', i), 0, 'seats', 'direct-line', 0, 'words of my own', ${at} from n`,
    sql`insert into unanswered (conversation_id, seq, words, at) ${one}
      select printf('many_%07d', i), 1, ${text}, ${at} from n`,
    sql`insert into tickets (number, conversation_id, opened_at, body) ${ticketed}
      select printf('LK-%07d', i), printf('many_%07d', i), ${at}, ${state} from n`,
    sql`insert into work (number, conversation_id, state, since, priority, cause) ${ticketed}
      select printf('LK-%07d', i), printf('many_%07d', i), 'closed', ${at}, 1, 'no-seat' from n`,
    sql`insert into outbox (id, number, desk, attempts, next_at, leased_until, delivered_at, conversation_id, place)
      ${ticketed} select printf('LK-%07d', i), printf('LK-%07d', i), 'built-in', 1, 0, 0, ${at},
      printf('many_%07d', i), 0 from n`,
    sql`insert into audit (at, id, actor_id, actor_name, action, number) ${ticketed}
      select ${at}, hex(randomblob(16)), 'ada', 'Ada', 'close', printf('LK-%07d', i) from n`,
  ];
  for (const insert of inserts) await insert.execute(db);
}
