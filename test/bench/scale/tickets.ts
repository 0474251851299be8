import { startLatchkey, type Latchkey } from '../contestants/latchkey.ts';
import type { Side, Step } from '../measure.ts';
import { short, steps } from '../scripts.ts';
import { withTickets } from './filled.ts';
import { pair } from './pair.ts';

const [few, many] = [1_000, 1_000_000];
export const pageOfQueue: Step = { kind: 'page', words: '/console/api/tickets?view=waiting', has: '"number"' };

/** The console's queue and a hand-off over few and over many stored tickets. */
export async function tickets(rounds: number): Promise<string[][]> {
  const folders = [await withTickets(few), await withTickets(many)] as const;
  const small = await startLatchkey({ folder: folders[0] });
  const large = await startLatchkey({ folder: folders[1] });
  const consoles = [await consoleOf(small), await consoleOf(large)] as const;
  try {
    const pages = { ...short('the queue', pageOfQueue), talks: () => 1, repeats: () => 40 };
    const handOffs = short('hand-offs', steps.complaint, steps.handOff);
    return [
      ...(await pair('a page of the queue over 1,000,000 tickets to 1,000', consoles, pages, rounds)),
      ...(await pair('a complaint and its hand-off over 1,000,000 tickets to 1,000', [small, large], handOffs, rounds)),
    ];
  } finally {
    await small.stop();
    await large.stop();
  }
}

/** An agent who is signed in; a step is a path. */
export async function consoleOf(bot: Latchkey): Promise<Side> {
  const url = `http://127.0.0.1:${bot.child.port}`;
  const entered = await fetch(`${url}/console/sign-in`, { redirect: 'manual' });
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const say = async ({ words: path, has }: Step) => {
    const answer = await fetch(url + path, { headers: { cookie } });
    const text = await answer.text();
    if (answer.status !== 200 || !text.includes(has)) throw new Error(`${path}: ${answer.status} ${text}`);
  };
  return { ...bot, open: () => Promise.resolve([{ say, close: () => undefined }]) };
}
