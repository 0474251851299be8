import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { dataFolder, startChild, type Child } from '../support/child.ts';
import { bearer } from '../support/direct-line.ts';

const { href: tellMemory } = pathToFileURL(join(import.meta.dirname, 'tell-memory.ts'));
/** At once. */
const clients = 16;
/** Of memory, up or down. */
const tolerance = 0.1;

/** What strangers ask for: each time something else, of which nothing may be kept. */
const hostile: readonly ((url: string, i: number) => Promise<Response>)[] = [
  (url, i) => fetch(`${url}/widget/x${i}%2F..%2F..%2Fwidget%2Fwidget.css`, { headers: { 'accept-encoding': 'gzip' } }),
  (url, i) => fetch(`${url}/${'a'.repeat(i % 2_000)}/${i}?x=${i}`),
  (url, i) => fetch(`${url}/articles/no-article-${i}`),
  (url, i) =>
    fetch(`${url}/health?${i}`, { method: 'HEAD', headers: { 'x-forwarded-for': `2001:db8::${i % 65_536}` } }),
  (url, i) => fetch(`${url}/console/api/tickets/LK-${i}`, { headers: { cookie: `latchkey_agent=${i}` } }),
  (url, i) =>
    fetch(`${url}/v3/directline/conversations/nobody${i}/activities?watermark=${i}`, {
      headers: bearer(String(i).padStart(43, 'a')),
    }),
  (url, i) => post(`${url}/v3/directline/tokens/generate`, `{"identity":"${i}.${'e'.repeat(i % 9_000)}.x"}`),
  (url, i) => post(`${url}/v3/directline/tokens/generate`, `{"x${i}":`),
  (url, i) => post(`${url}/v3/directline/tokens/refresh`, '{}', bearer(String(i).padStart(43, 'b'))),
  (url, i) => post(`${url}/demo/identity`, JSON.stringify({ customer: `nobody ${i}` })),
];

function post(url: string, body: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
}

/** A conversation of nobody, begun and left: one of 200 addresses opens it. */
async function openAndLeave(url: string, i: number): Promise<void> {
  const from = { 'x-forwarded-for': `10.9.0.${i % 200}` };
  const made = await post(`${url}/v3/directline/tokens/generate`, '{}', from);
  assert.equal(made.status, 200);
  const { token } = (await made.json()) as { token: string };
  const begun = await post(`${url}/v3/directline/conversations`, '{}', { ...bearer(token), ...from });
  await begun.arrayBuffer();
  assert.equal(begun.status, 201);
}

/** So many times, some at once. */
async function many(count: number, one: (i: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let i = next++; i < count; i = next++) await one(i);
    }),
  );
}

describe('the memory of the process', () => {
  let folder = '';
  let child: Child;
  before(async () => {
    folder = dataFolder();
    const settings = { NODE_OPTIONS: `--import ${tellMemory}`, TRUSTED_PROXIES: '127.0.0.1' };
    child = await startChild(folder, settings);
  });
  after(async () => {
    child.signal('SIGKILL');
    await child.ended;
    rmSync(folder, { recursive: true });
  });

  /** Megabytes that somebody holds, after a collection. */
  async function held(): Promise<number> {
    const file = join(folder, 'memory.json');
    rmSync(file, { force: true });
    process.kill(child.pid ?? assert.fail(), 'SIGUSR2');
    while (!existsSync(file)) await sleep(20);
    return Number(readFileSync(file, 'utf8')) / 1e6;
  }

  /** Is as large at the end, and at each of some moments before, as after the first tenth, in which everything was loaded. */
  async function staysFlat(name: string, count: number, one: (i: number) => Promise<unknown>): Promise<void> {
    const tenth = count / 10;
    await many(tenth, one);
    const first = await held();
    const later: number[] = [];
    for (let done = 1; done < 10; done += 3) {
      await many(3 * tenth, (i) => one(i + done * tenth));
      later.push(await held());
    }
    const told = [first, ...later].map((mb) => mb.toFixed(1)).join(', ');
    console.log(`      held after ${tenth}, ${4 * tenth}, ${7 * tenth}, ${count} ${name}: ${told} MB`);
    for (const mb of later) assert.ok(Math.abs(mb - first) <= tolerance * first, told);
  }

  it('is flat over 30,000 hostile requests', () =>
    staysFlat('hostile requests', 30_000, async (i) => {
      const answer = await hostile[i % hostile.length]?.(child.url, i);
      await answer?.arrayBuffer();
      assert.ok(answer && answer.status < 500, String(answer?.status));
    }));

  it('is flat over 20,000 conversations of nobody', () =>
    staysFlat('conversations', 20_000, (i) => openAndLeave(child.url, i)));
});
