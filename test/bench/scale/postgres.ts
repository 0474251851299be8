import type { PostgresServer } from '../../support/postgres-server.ts';
import { startLatchkey } from '../contestants/latchkey.ts';
import { startDurablePostgres } from '../contestants/postgres.ts';
import type { Side } from '../measure.ts';
import { asMarkdown, judged, judgedHead } from '../report.ts';
import { mixed, short, single, steps } from '../scripts.ts';
import { longTalk, varied, withTenMessages } from './conversation.ts';
import { activitiesIn, databaseWith, run, ticketsIn } from './filled-postgres.ts';
import { flat, pair } from './pair.ts';
import { consoleOf, pageOfQueue } from './tickets.ts';

/** The same over PostgreSQL; what is as large there as over a file is not measured again. */
export async function scaleOverPostgres(rounds: number): Promise<string> {
  const server = await startDurablePostgres(['max_wal_size=8GB', 'shared_buffers=512MB']);
  const rows: string[][] = [];
  try {
    for (const part of [conversation, tickets, activities]) {
      const found = await part(server, rounds);
      console.error(found.map((row) => row.join('  ')).join('\n'));
      rows.push(...found);
    }
    return asMarkdown([judgedHead, ...rows]);
  } finally {
    await server.stop();
  }
}

async function conversation(server: PostgresServer, rounds: number): Promise<string[][]> {
  const databaseUrl = await databaseWith(server, 'long');
  const bot = await startLatchkey({ databaseUrl });
  try {
    const [long] = await bot.open(1);
    if (!long) throw new Error('no talk');
    for (const step of [...varied, ...varied, ...varied]) await long.say(step);
    const times = longTalk / 100;
    await run(
      databaseUrl,
      `insert into activities (conversation_id, seq, client_id, activity, at, author)
        select id, seq + k * last_seq, client_id || ' ' || k, activity, at, author
        from activities join conversations on id = conversation_id cross join generate_series(1, ${times}) k`,
      `update conversations set last_seq = last_seq * (1 + ${times})`,
    );
    const side: Side = { ...bot, open: () => Promise.resolve([{ ...long, close: () => undefined }]) };
    // What was put in behind its back is sent to it first.
    for (const step of varied) await long.say(step);
    const script = { ...single, talks: () => 1, repeats: () => 8, goesOn: false };
    const what = 'a turn in a conversation of 10,000 messages to one of 10';
    return await pair(what, [withTenMessages(bot), side], script, rounds);
  } finally {
    await bot.stop();
  }
}

async function tickets(server: PostgresServer, rounds: number): Promise<string[][]> {
  const small = await startLatchkey({ databaseUrl: await databaseWith(server, 'few', ...ticketsIn(1_000)) });
  const large = await startLatchkey({ databaseUrl: await databaseWith(server, 'many', ...ticketsIn(1_000_000)) });
  try {
    const consoles = [await consoleOf(small), await consoleOf(large)] as const;
    const pages = { ...short('the queue', pageOfQueue), talks: () => 1, repeats: () => 40 };
    const handOffs = short('hand-offs', steps.complaint, steps.handOff);
    return [
      ...(await pair('a page of the queue over 1,000,000 tickets to 1,000', consoles, pages, rounds)),
      ...(await pair('a complaint and its hand-off over 1,000,000 tickets to 1,000', [small, large], handOffs, rounds)),
    ];
  } finally {
    await small.stop();
    await large.stop();
    await run(server.url, 'drop database many with (force)');
  }
}

async function activities(server: PostgresServer, rounds: number): Promise<string[][]> {
  const urls = [
    await databaseWith(server, 'nothing'),
    await databaseWith(server, 'years', ...activitiesIn(10_000_000)),
  ] as const;
  const [empty, full] = [await startLatchkey({ databaseUrl: urls[0] }), await startLatchkey({ databaseUrl: urls[1] })];
  try {
    const rows = await pair('a turn in a store of 10 million activities to an empty one', [empty, full], mixed, rounds);
    const starts: number[] = [];
    for (let i = 0; i < rounds; i += 1) {
      const [few, many] = [await startMs(urls[0]), await startMs(urls[1])];
      starts.push(many / few);
    }
    return [...rows, judged('a start after a kill over 10 million activities to over none', starts, flat)];
  } finally {
    await empty.stop();
    await full.stop();
  }
}

/** Until a first customer is greeted; it ends as it would in a crash. */
async function startMs(databaseUrl: string): Promise<number> {
  const begun = performance.now();
  const bot = await startLatchkey({ databaseUrl });
  const [talk] = await bot.open(1);
  const took = performance.now() - begun;
  talk?.close();
  await bot.stop();
  return took;
}
