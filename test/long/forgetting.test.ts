import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createForgetting } from '../../src/bot/forgetting.ts';
import { fakeClock, keptLog } from '../support/fakes.ts';
import { isBot, openChat } from '../support/direct-line.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';
import { heldBytes } from './collect.ts';
import { storeMany } from '../store/many.ts';

const dayMs = 86_400_000;
const many = { talks: 50_000, activities: 10, tickets: 10_000 };
/** Of CPU in one go, with the turns of chats in it; of memory that is held afterwards, as a part of what was before. */
const most = { pieceMs: 150, grown: 0.1 };

/** The longest piece of work in one go while `work` was done: of this thread’s CPU, and of the clock, which knows of other programs, too. */
async function longestPiece(work: () => Promise<unknown>) {
  const cpuMs = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  };
  const longest = { cpuMs: 0, clockMs: 0 };
  const state = { isDone: false };
  const done = work().finally(() => (state.isDone = true));
  for (let [cpu, clock] = [cpuMs(), performance.now()]; !state.isDone;) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    const [cpuNow, clockNow] = [cpuMs(), performance.now()];
    longest.cpuMs = Math.max(longest.cpuMs, cpuNow - cpu);
    longest.clockMs = Math.max(longest.clockMs, clockNow - clock);
    [cpu, clock] = [cpuNow, clockNow];
  }
  await done;
  return longest;
}

describe('50,000 conversations that are forgotten in one night', () => {
  let folder: string;
  let product: TestProduct;
  const clock = fakeClock();
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
    product = await startTestProduct({ clock, dataDir: folder });
    await storeMany(product.db, many, clock.now() - 100 * dayMs);
    // A night before, so that this one forgets.
    await product.store.retention.night(clock.now() - dayMs);
  });
  after(async () => {
    await product.stop();
    rmSync(folder, { recursive: true });
  });

  /** Milliseconds until a customer who complains is answered. */
  async function chatOnce(): Promise<number> {
    const chat = await openChat(product.url, 'over-limit');
    const stream = await chat.listen();
    await stream.until(isBot);
    const asked = performance.now();
    await chat.write('I get access denied when I try to export');
    await stream.until((one) => isBot(one) && String(one.text).includes('limit'));
    const took = performance.now() - asked;
    await stream.close();
    return took;
  }

  it('hold up nobody: chats are answered meanwhile, and memory stays flat', async () => {
    let [up, isDone] = [0, false];
    const log = keptLog();
    const forgetting = createForgetting({
      ...{ retention: product.store.retention, leases: product.store.leases, clock, log, uptime: () => up },
      days: { conversations: 90, tickets: 90, screenshots: null },
    });
    up += dayMs;
    await chatOnce();
    const before = await heldBytes();
    const begun = performance.now();
    const answers: number[] = [];
    const forgotten = (async () => {
      forgetting.run();
      while (!log.lines.some(({ message }) => message.includes('was removed'))) await pause(50);
      isDone = true;
    })();
    const chats = (async () => {
      while (!isDone) {
        answers.push(await chatOnce());
        await pause(200);
      }
    })();
    const longest = await longestPiece(() => Promise.all([forgotten, chats]));
    const seconds = (performance.now() - begun) / 1_000;
    answers.sort((a, b) => a - b);
    const grown = (await heldBytes()) / before - 1;
    console.log({
      seconds,
      longest,
      grown,
      answers: answers.length,
      median: answers[answers.length >> 1],
      worst: answers.at(-1),
    });
    const left = await sql<{ n: number }>`select count(*) as n from conversations where id like 'many_%'`.execute(
      product.db,
    );
    assert.equal(left.rows[0]?.n, 0);
    assert.ok(longest.cpuMs < most.pieceMs, JSON.stringify(longest));
    assert.ok(grown < most.grown, `${grown}`);
  });
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
