import { DatabaseSync } from 'node:sqlite';
import { databaseIn } from '../../../src/store/sqlite/index.ts';
import { startLatchkey, type Latchkey } from '../contestants/latchkey.ts';
import type { Side, Step, Talk } from '../measure.ts';
import { judged } from '../report.ts';
import { single } from '../scripts.ts';
import { pair } from './pair.ts';

export const longTalk = 10_000;
/** So many messages are really said; by then every list that is kept short is full. */
const said = 500;
/** Bytes. */
const mostState = 16_384;
const any = (words: string): Step => ({ kind: 'any', words, has: '"role":"bot"' });
/** What a customer may come back with for years. */
export const varied = [
  'I get access denied when I try to export',
  'done',
  'how do I get an API key?',
  'that is not true, I upgraded',
  'how do I invite a teammate?',
  'we changed the plan, '.repeat(150),
  'what plan am I on?',
  'It worked',
  'No',
  'start over',
].map(any);
/** What fills every list that a conversation remembers. */
const wordy = [
  'I get access denied in export, reports and the dashboards, error 403, since Monday',
  'done',
  'it is wrong, '.repeat(250),
  'we changed the plan, '.repeat(150),
  'my colleague can, '.repeat(180),
  'Talk to a person',
  'Not sure',
  'still blocked, '.repeat(200),
  'start over',
].map(any);

/** A long conversation beside a short one in the same process, and how large its state becomes. */
export async function conversation(rounds: number): Promise<string[][]> {
  const bot = await startLatchkey();
  const db = new DatabaseSync(databaseIn(bot.folder));
  try {
    const [wide] = await bot.open(1);
    const wideState = wide ? await spoken(wide, db, wordy) : NaN;
    const [long] = await bot.open(1);
    if (!long) throw new Error('no talk');
    const longState = await spoken(long, db, varied);
    lengthen(db);
    // What was put in behind its back is sent to it first.
    await long.say(any('hello'));
    const sides = [
      withTenMessages(bot),
      { ...bot, open: () => Promise.resolve([{ ...long, close: () => undefined }]) },
    ];
    const script = { ...single, talks: () => 1, repeats: () => 8, goesOn: false };
    const rows = await pair(
      'a turn in a conversation of 10,000 messages to one of 10',
      sides as [Side, Side],
      script,
      rounds,
    );
    return [
      ...rows,
      judged('state of a conversation, at most in 500 messages', [longState], mostState, 'bytes'),
      judged('state of a conversation, at most in 500 long messages', [wideState], mostState, 'bytes'),
    ];
  } finally {
    db.close();
    await bot.stop();
  }
}

/** Conversations in which a little was said. */
export function withTenMessages(bot: Latchkey): Side {
  return {
    ...bot,
    async open(count) {
      const talks = await bot.open(count);
      for (const talk of talks) for (const step of single.steps) await talk.say(step);
      return talks;
    },
  };
}

/** Talks until the conversation has so many messages; gives the largest state that was stored meanwhile. */
async function spoken(talk: Talk, db: DatabaseSync, script: readonly Step[]): Promise<number> {
  const newest = db.prepare(
    'select octet_length(state) as bytes, last_seq as seq from conversations order by rowid desc',
  );
  for (let most = 0; ;)
    for (const step of script) {
      await talk.say(step);
      const { bytes, seq } = newest.get() as { readonly bytes: number; readonly seq: number };
      most = Math.max(most, bytes);
      if (seq >= said && step === script.at(-1)) return most;
    }
}

/** The same messages again and again, past the store, as if they had been written before the others. */
function lengthen(db: DatabaseSync): void {
  const times = Math.ceil(longTalk / said);
  db.exec(`begin immediate;
    create temp table talk as select id, last_seq from conversations order by rowid desc limit 1;
    with recursive n(k) as (select 1 union all select k + 1 from n where k < ${times})
    insert into activities (conversation_id, seq, client_id, activity, at, author)
    select id, seq + k * last_seq, client_id || ' ' || k, activity, at, author
    from activities join talk on id = conversation_id cross join n order by k, seq;
    update conversations set last_seq = last_seq * (1 + ${times}) where id in (select id from talk);
    drop table talk; commit`);
}
