import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { openSqlite } from '../../src/store/sqlite/index.ts';
import { dataFolder, startChild, type Child } from '../support/child.ts';
import { chatOf, latchkeyOf, openChat, type Chat } from '../support/direct-line.ts';
import { agent, startZendesk } from './zendesk-far-end.ts';

/** When a process is killed: at the n-th of these since its start. */
interface Moment {
  readonly at: 'a number is given' | 'the desk is asked' | 'the desk has answered';
  readonly count: number;
  /** As if the desk had been away for longer than it keeps an idempotency key. */
  readonly keysForgotten: boolean;
}

const moments: fc.Arbitrary<Moment> = fc.record({
  at: fc.constantFrom('a number is given', 'the desk is asked', 'the desk has answered'),
  count: fc.integer({ min: 1, max: 5 }),
  keysForgotten: fc.boolean(),
});
const customers = 4;

/** Customers ask for a person while the process is killed again and again; then all is brought to the desk. */
async function killUnderLoad(kills: number) {
  const folder = dataFolder();
  const desk = await startZendesk();
  const settings = { ZENDESK_URL: desk.url.origin, ZENDESK_EMAIL: agent.email, ZENDESK_TOKEN: agent.token };
  const plan = fc.sample(moments, kills);
  const given = new Set<string>();
  let running = startChild(folder, settings);
  let left = plan[0]?.count ?? 0;

  async function restart(killed: Child, { keysForgotten }: Moment): Promise<Child> {
    await killed.ended;
    if (keysForgotten) desk.forgetKeys();
    await letLeasesPass(folder);
    plan.shift();
    left = plan[0]?.count ?? 0;
    return startChild(folder, settings);
  }

  async function now(at: Moment['at']): Promise<void> {
    const [moment] = plan;
    if (moment?.at !== at) return;
    left -= 1;
    if (left !== 0) return;
    const child = await running;
    running = restart(child, moment);
    child.signal('SIGKILL');
  }

  /** Until it is done, whatever process runs. */
  async function insist<T>(chat: Chat, act: (chat: Chat) => Promise<T | null>): Promise<T> {
    for (;;) {
      const { url } = await running;
      const done = await act(chatOf(url, { conversationId: chat.id, token: chat.token })).catch(() => null);
      if (done !== null) return done;
    }
  }

  async function askForPersons(): Promise<void> {
    while (plan.length > 0) {
      const chat = await openChat((await running).url, 'over-limit').catch(() => null);
      if (!chat) continue;
      for (const text of ['I get access denied when I try to export', 'Talk to a person'])
        await insist(chat, async (one) => ((await one.write(text, text)).status === 200 ? text : null));
      given.add(await insist(chat, ticketIn));
      await now('a number is given');
    }
  }

  desk.hits = () => {
    void now('the desk is asked');
    setImmediate(() => void now('the desk has answered'));
    return true;
  };
  try {
    await Promise.all(Array.from({ length: customers }, askForPersons));
    const stored = await storedAfter(await running, folder);
    return { given, stored, atDesk: desk.tickets.map((one) => one.external_id) };
  } finally {
    (await running).signal('SIGKILL');
    desk.close();
    rmSync(folder, { recursive: true });
  }
}

/** The number in the talk, as soon as it stands there. */
async function ticketIn(chat: Chat): Promise<string | null> {
  const told = (await chat.activities()).find((one) => latchkeyOf(one).ticket !== undefined);
  return told ? String(latchkeyOf(told).ticket) : null;
}

/** As if 30 seconds had gone by. */
async function letLeasesPass(folder: string): Promise<void> {
  const db = openSqlite(folder);
  await db.updateTable('outbox').set({ leased_until: 0, next_at: 0 }).execute();
  await db.destroy();
}

/** The stored numbers, once every one of them was brought or refused. */
async function storedAfter(child: Child, folder: string) {
  // Beside the process, which holds the folder for itself.
  const db = new DatabaseSync(join(folder, 'latchkey.db'), { readOnly: true, timeout: 5_000 });
  const waiting = db.prepare('select id from outbox where delivered_at is null and died_at is null limit 1');
  while (waiting.get()) await sleep(50);
  child.signal('SIGTERM');
  await child.ended;
  const rows = db.prepare('select number from tickets').all();
  db.close();
  return rows.map(({ number }) => String(number));
}

/** The promise, with so many kills. */
export function killedUnderLoad(kills: number): void {
  describe('a process that is killed while customers get ticket numbers', () => {
    it(`has each number once in the store and once at the desk, after ${kills} kills`, async function () {
      this.timeout(kills * 10_000 + 300_000);
      const { given, stored, atDesk } = await killUnderLoad(kills);
      assert.ok(given.size > kills / 10);
      assert.equal(new Set(stored).size, stored.length);
      assert.deepEqual(
        [...given].filter((number) => !stored.includes(number)),
        [],
      );
      assert.deepEqual(atDesk.toSorted(), stored.toSorted());
    });
  });
}
