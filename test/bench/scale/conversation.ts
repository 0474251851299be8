import { DatabaseSync } from 'node:sqlite';
import { databaseIn } from '../../../src/store/sqlite.ts';
import { startLatchkey, type Latchkey } from '../contestants/latchkey.ts';
import type { Side, Step, Talk } from '../measure.ts';
import { judged } from '../report.ts';
import { single, steps } from '../scripts.ts';
import { pair } from './pair.ts';

const longTalk = 10_000;
/** Bytes. */
const mostState = 16_384;
const any = (words: string): Step => ({ kind: 'any', words, ends: '"role":"bot"' });
const { complaint, recheck, howTo, handOff } = steps;
const varied = [
  ...[complaint, recheck, howTo('how do I get an API key?', 'get-an-api-key'), any('that is not true, I upgraded')],
  ...[howTo('how do I invite a teammate?', 'invite-a-teammate'), any('we changed the plan, '.repeat(150))],
  ...[any('what plan am I on?'), any('It worked'), any('No'), any('start over')],
];
/** What fills every list that a conversation remembers. */
const wordy = [
  ...[any('I get access denied in export, reports and the dashboards, error 403, since Monday'), recheck],
  ...['it is wrong, ', 'we changed the plan, ', 'my colleague can, '].map((words) => any(words.repeat(150))),
  ...[{ ...handOff, ends: '"role":"bot"' }, any('Not sure'), any('still blocked, '.repeat(200)), any('start over')],
];

/** A long conversation beside a short one in the same process, and how large its state becomes. */
export async function conversation(rounds: number): Promise<string[][]> {
  const bot = await startLatchkey();
  const db = new DatabaseSync(databaseIn(bot.folder), { readOnly: true });
  try {
    const [long] = await bot.open(1);
    if (!long) throw new Error('no talk');
    const grown = await grow(long, db, varied, longTalk);
    const [other] = await bot.open(1);
    const spoken = other ? await grow(other, db, wordy, 400) : NaN;
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
      judged('state of a conversation, at most in 10,000 messages', [grown], mostState, 'bytes'),
      judged('state of a conversation, at most in 400 long messages', [spoken], mostState, 'bytes'),
    ];
  } finally {
    db.close();
    await bot.stop();
  }
}

function withTenMessages(bot: Latchkey): Side {
  return {
    ...bot,
    async open(count) {
      const talks = await bot.open(count);
      for (const talk of talks) for (const step of single.steps) await talk.say(step);
      return talks;
    },
  };
}

/** Talks on until the conversation has so many messages; gives the largest state that was stored meanwhile. */
async function grow(talk: Talk, db: DatabaseSync, script: readonly Step[], messages: number): Promise<number> {
  const newest = db.prepare('select length(state) as bytes, last_seq as seq from conversations order by rowid desc');
  for (let most = 0; ;)
    for (const step of script) {
      await talk.say(step);
      const { bytes, seq } = newest.get() as { readonly bytes: number; readonly seq: number };
      most = Math.max(most, bytes);
      if (seq >= messages) return most;
    }
}
