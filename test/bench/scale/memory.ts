import { setTimeout as sleep } from 'node:timers/promises';
import { startLatchkey, type Latchkey } from '../contestants/latchkey.ts';
import type { Talk } from '../measure.ts';
import { judged } from '../report.ts';

const sockets = 2_000;
/** What is made once for all has been made by then. */
const before = 500;
const atOnce = 16;
const restMs = 3_000;

/** Memory of a conversation whose customer has read the greeting, leaves the chat open and writes nothing; in 1,000 bytes. */
export async function memory(): Promise<string[][]> {
  const bot = await startLatchkey();
  try {
    const first = await opened(bot, before);
    const few = await atRest(bot);
    const more = await opened(bot, sockets);
    const many = await atRest(bot);
    for (const talk of [...first, ...more]) talk.close();
    const each = (a: number, b: number) => [(b - a) / sockets / 1_000];
    return [
      judged('memory of an idle open conversation', each(few.resident, many.resident), 20, 'kB'),
      judged('of that on V8’s heap and in buffers', each(few.heap, many.heap), null, 'kB'),
    ];
  } finally {
    await bot.stop();
  }
}

async function opened(bot: Latchkey, count: number): Promise<Talk[]> {
  const some = await Promise.all(Array.from({ length: atOnce }, () => bot.open(Math.ceil(count / atOnce))));
  return some.flat();
}

async function atRest(bot: Latchkey) {
  await sleep(restMs);
  return bot.child.ask('memory');
}
