import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { latchkeyOf, openChat } from '../support/direct-line.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { insist, startClient, startProcesses, type History, type Processes } from './many-clients.ts';
import { faultsOf } from './many-faults.ts';
import { startWebhookDesk } from './webhook-desk.ts';

/** What happens to them while customers write. */
type Blow = 'kill one' | 'stop one' | 'stop PostgreSQL' | 'kill PostgreSQL';

/** How much is tried: so many clients write for so long, and until every blow fell. */
export interface Amount {
  readonly seconds: number;
  readonly processes: number;
  readonly clients: number;
  readonly blows: number;
}

/** One customer after the other until `isOver`; each asks for a person at last. */
async function lane(processes: Processes, isOver: () => boolean, histories: History[]): Promise<void> {
  do {
    const chat = await insist(processes, (url) => openChat(url, 'over-limit'));
    const history: History = { id: chat.id, acknowledged: [], seen: [], ticket: null };
    histories.push(history);
    const client = startClient(processes, history, { current: chat.token });
    const texts = ['I get access denied when I try to export', 'hello', 'what plan am I on', 'Talk to a person'];
    for (const [i, text] of texts.entries()) await client.write(i === 1 ? `${text} ${histories.length}` : text);
    while (history.ticket === null) {
      const all = await client.activities();
      const told = all.find((one) => latchkeyOf(one).ticket !== undefined);
      if (told) history.ticket = String(latchkeyOf(told).ticket);
      else if (all.some(({ text }) => String(text).startsWith('Something went wrong'))) break;
      else await sleep(50);
    }
    await client.leave(String((await client.activities()).at(-1)?.id));
  } while (!isOver());
}

/** Customers write to any of so many processes while these, and their PostgreSQL, are killed and come back. */
export async function manyProcesses({ seconds, processes: count, clients, blows }: Amount) {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-chaos-'));
  // PostgreSQL runs as somebody else where this is root.
  chmodSync(folder, 0o755);
  const postgres = await startPostgres(join(folder, 'postgres'));
  const desk = await startWebhookDesk();
  const settings = { ...desk.settings, DATABASE_URL: postgres.url, DATABASE_POOL: '10' };
  const processes = await startProcesses(count, settings);
  const plan = fc.sample(fc.constantFrom<Blow>('kill one', 'stop one', 'stop PostgreSQL', 'kill PostgreSQL'), blows);
  const restart = async (signal: 'SIGINT' | 'SIGQUIT') => {
    await postgres.stop(signal);
    await postgres.start();
  };
  const strike: Readonly<Record<Blow, () => Promise<void>>> = {
    'kill one': () => processes.replace('SIGKILL'),
    'stop one': () => processes.replace('SIGTERM'),
    'stop PostgreSQL': () => restart('SIGINT'),
    'kill PostgreSQL': () => restart('SIGQUIT'),
  };
  const histories: History[] = [];
  const until = performance.now() + seconds * 1_000;
  let left = plan.length;
  try {
    const lanes = Array.from({ length: clients }, () =>
      lane(processes, () => left === 0 && performance.now() > until, histories),
    );
    for (const blow of plan) {
      const before = histories.length;
      // So that each falls among others’ work.
      while (histories.length < before + clients / 4) await sleep(20);
      await strike[blow]();
      left -= 1;
    }
    await Promise.all(lanes);
    const numbers = histories.flatMap(({ ticket }) => ticket ?? []);
    while (!numbers.every((number) => desk.arrived.has(number))) await sleep(100);
    return {
      plan,
      talks: histories.length,
      arrived: desk.arrived,
      ...(await faultsOf(postgres.url, histories, desk.arrived)),
    };
  } finally {
    await processes.stop();
    await postgres.stop();
    desk.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
