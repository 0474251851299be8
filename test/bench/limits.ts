/* `node test/bench/limits.ts memory|disk|stop|insights [count]`: what must hold, measured with the real product in a process of its own. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { modelFile, saveModel } from '../../src/language/model-file.ts';
import { createStore } from '../../src/store/index.ts';
import { databaseIn, openSqlite } from '../../src/store/sqlite/index.ts';
import { createEvents } from '../../src/domain/events.ts';
import { dataFolder, startChild, withChild } from '../support/child.ts';
import { bearer, call, chatOf, newChat, openChat, type Chat } from '../support/direct-line.ts';
import { content, countingRandom, trainedModel } from '../support/fakes.ts';

const [what = '', count = ''] = process.argv.slice(2);
const clock = { now: () => Date.now() };

function residentMb(pid: number | undefined): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
}

/** Conversations of strangers, each begun from another address, and how much memory the process has. */
async function memory(total: number): Promise<void> {
  const folder = dataFolder();
  await withChild(folder, { TRUSTED_PROXIES: '127.0.0.1' }, async ({ url, pid }) => {
    let begun = 0;
    async function stranger(): Promise<void> {
      for (let i = (begun += 1); i <= total; i = begun += 1) {
        const from = { 'x-forwarded-for': `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}` };
        const { body } = await call(`${url}/v3/directline/tokens/generate`, 'POST', {}, from);
        const chat = chatOf(url, body as { conversationId: string; token: string });
        await call(`${url}/v3/directline/conversations`, 'POST', {}, bearer(chat.token));
        await chat.write('how do I get an API key?');
        if (i % Math.ceil(total / 10) === 0) console.log(`${i} conversations: ${residentMb(pid).toFixed(0)} MB`);
      }
    }
    await Promise.all(Array.from({ length: 8 }, stranger));
    await sleep(5_000);
    console.log(`at rest: ${residentMb(pid).toFixed(0)} MB`);
  });
  rmSync(folder, { recursive: true });
}

/** A small disk of its own that is full for so many seconds while customers write. Needs the right to mount. */
async function disk(seconds: number): Promise<void> {
  const folder = '/tmp/latchkey-small-disk';
  mkdirSync(folder, { recursive: true });
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'none', folder]).status !== 0) throw new Error('no mount');
  saveModel(modelFile(content.intents, folder), trainedModel());
  const acknowledged = new Set<string>();
  const seen = { refused: 0, other: 0, readFailed: 0, reads: 0, whileFull: 0 };
  const state = { isFull: false, isOver: false };
  const child = await startChild(folder);
  async function write(chat: Chat): Promise<void> {
    for (let i = 0; !state.isOver; i += 1) {
      const id = `${chat.id} ${i}`;
      const { status } = await chat.write('hello', id);
      if (status === 200) acknowledged.add(id);
      if (status === 200 && state.isFull) seen.whileFull += 1;
      if (status === 503) seen.refused += 1;
      else if (status !== 200) seen.other += 1;
      const read = await chat.call('GET', '/activities');
      seen.reads += 1;
      if (read.status !== 200) seen.readFailed += 1;
      await sleep(50);
    }
  }
  const chats = await Promise.all(Array.from({ length: 8 }, () => openChat(child.url)));
  const writing = Promise.all(chats.map(write));
  await sleep(5_000);
  fill(join(folder, 'filler'));
  state.isFull = true;
  const until = Date.now() + seconds * 1_000;
  while (Date.now() < until) {
    fill(join(folder, 'more'));
    await sleep(500);
  }
  const health = (await fetch(`${child.url}/health`)).status;
  rmSync(join(folder, 'filler'));
  rmSync(join(folder, 'more'));
  state.isFull = false;
  const back = Date.now();
  while ((await fetch(`${child.url}/health`)).status !== 200) await sleep(50);
  console.log(`full for ${seconds} s: health ${health}, healthy again after ${Date.now() - back} ms`);
  await sleep(5_000);
  state.isOver = true;
  await writing;
  child.signal('SIGTERM');
  console.log(`ended with ${String(await child.ended)}`);
  const db = new DatabaseSync(databaseIn(folder), { readOnly: true });
  const stored = new Set(
    db
      .prepare('select client_id from activities')
      .all()
      .map((row) => String(row.client_id)),
  );
  const [first] = db.prepare('pragma integrity_check').all();
  db.close();
  const lost = [...acknowledged].filter((id) => !stored.has(`client:${id}`));
  console.log(`${acknowledged.size} acknowledged, ${lost.length} lost; ${JSON.stringify({ ...seen, ...first })}`);
  spawnSync('umount', [folder]);
}

/** Writes until nothing more fits. */
function fill(file: string): void {
  const handle = openSync(file, 'a');
  try {
    for (const size of [65_536, 4_096, 512]) for (;;) if (!fits(handle, size)) break;
  } finally {
    closeSync(handle);
  }
}

function fits(handle: number, size: number): boolean {
  try {
    return writeSync(handle, Buffer.alloc(size)) === size;
  } catch {
    return false;
  }
}

/** Streams whose clients answer nothing, and how long the process takes to end. */
async function stop(total: number): Promise<void> {
  const folder = dataFolder();
  await withChild(folder, {}, async (child) => {
    const chat = await newChat(child.url);
    for (let opened = 0; opened < total; opened += 50)
      await Promise.all(Array.from({ length: 50 }, () => silent(child.url, chat)));
    const begun = performance.now();
    child.signal('SIGTERM');
    console.log(`ended with ${String(await child.ended)} after ${((performance.now() - begun) / 1_000).toFixed(1)} s`);
  });
  rmSync(folder, { recursive: true });
}

async function silent(url: string, chat: Chat): Promise<void> {
  const { pathname, search } = new URL(String((await chat.call('GET', '')).body.streamUrl));
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  socket.write(
    `GET ${pathname}${search} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  );
  await once(socket, 'data');
}

/** The event loop while insights are counted over so many conversations, and while half of them are forgotten. */
async function insights(total: number): Promise<void> {
  const folder = dataFolder();
  const random = countingRandom();
  const needs = { clock, random, events: createEvents(), desk: 'built-in', feeds: [], file: databaseIn(folder) };
  const store = await createStore(openSqlite(folder), needs);
  seedTalks(folder, total);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const measured = async (name: string, work: () => Promise<unknown>) => {
    delay.reset();
    delay.enable();
    const begun = performance.now();
    await work();
    delay.disable();
    const [worst, p99] = [delay.max / 1e6, delay.percentile(99) / 1e6].map((ms) => ms.toFixed(0));
    console.log(
      `${name}: ${(performance.now() - begun).toFixed(0)} ms, event loop at worst ${worst} ms, p99 ${p99} ms`,
    );
  };
  await measured('idle', () => sleep(2_000));
  await measured('insights', () => store.figures.count({ from: 0, to: clock.now() + 86_400_000 }));
  await measured('forgetting half', async () => {
    for (let after = null as readonly [number, string] | null; ;) {
      const { next } = await store.retention.forgetConversations(clock.now() - 90 * 86_400_000, after);
      if (next === null) return;
      after = next;
      await sleep(20);
    }
  });
  await measured('scrubbing', () => store.retention.scrub());
  await measured('finding one person', () => store.persons.find({ accountId: 'a', userId: 'nobody' }));
  await store.close();
  rmSync(folder, { recursive: true });
}

/** Every second one is older than a hundred days; each has ten activities and an outcome. */
function seedTalks(folder: string, total: number): void {
  const db = new DatabaseSync(databaseIn(folder));
  db.exec('begin');
  const talk = db.prepare(
    "insert into conversations values (?, 'direct-line', 'dl_1', null, 'en', ?, 1, 10, null, 0, 0)",
  );
  const said = db.prepare('insert into activities (conversation_id, seq, activity, at) values (?, ?, ?, ?)');
  const ended = db.prepare("insert into outcomes values (?, 0, 'confirmed', 'no-seat', ?)");
  const [state, words] = [
    JSON.stringify({ memory: 'x'.repeat(1_500) }),
    JSON.stringify({ type: 'message', text: 'y'.repeat(150) }),
  ];
  for (let i = 0; i < total; i += 1) {
    const id = `talk ${String(i).padStart(8, '0')}`;
    const at = clock.now() - (i % 2 === 0 ? 100 : 1) * 86_400_000;
    talk.run(id, state);
    for (let seq = 1; seq <= 10; seq += 1) said.run(id, seq, words, at);
    ended.run(id, at);
  }
  db.exec('commit');
  db.close();
}

if (what === 'memory') await memory(Number(count || 20_000));
else if (what === 'disk') await disk(Number(count || 60));
else if (what === 'stop') await stop(Number(count || 1_000));
else if (what === 'insights') await insights(Number(count || 100_000));
else console.error('memory, disk, stop or insights');
