import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, Agent, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';
import { contentFolder } from '../../src/config.ts';
import { sampleCustomers } from '../../src/demo/customers.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { loadContent } from '../../src/knowledge/load.ts';
import { snapshot } from '../diagnosis/snapshots.ts';
import { startChild, type Child } from './child.ts';

/**
 * `npm run bench`: a whole durable Latchkey turn over Direct Line against the SDK's bare EchoBot answering by callback,
 * in one run on one machine. A turn ends when its last reply has reached the client.
 */
const words = 'I get access denied when I try to export';
const turns = 3_000;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

interface Row {
  readonly bot: string;
  readonly conversations: number;
  readonly cpuMs: number;
  readonly p50: number;
  readonly p99: number;
}

type Turn = (conversation: number) => Promise<void>;

async function measure(bot: string, child: Child, conversations: number, turn: Turn): Promise<Row> {
  const each = Math.ceil(turns / conversations);
  const run = async (count: number, times: number[]) => {
    const talk = async (conversation: number) => {
      for (let i = 0; i < count; i += 1) {
        const before = performance.now();
        await turn(conversation);
        times.push(performance.now() - before);
      }
    };
    await Promise.all(Array.from({ length: conversations }, (_, i) => talk(i)));
  };
  await run(Math.ceil(each / 3), []);
  const times: number[] = [];
  const before = await child.cpuMs();
  await run(each, times);
  const used = (await child.cpuMs()) - before;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  return { bot, conversations, cpuMs: used / times.length, p50: at(0.5), p99: at(0.99) };
}

async function echo(): Promise<Row[]> {
  const waiting = new Map<string, () => void>();
  const connector = createServer((incoming, response) => {
    incoming.resume().on('end', () => {
      const conversation = /conversations\/(\w+)\//.exec(incoming.url ?? '')?.[1] ?? '';
      answerJson(response, { id: '1' });
      waiting.get(conversation)?.();
    });
  }).listen(0, '127.0.0.1');
  await once(connector, 'listening');
  const serviceUrl = `http://127.0.0.1:${portOf(connector)}`;
  const child = await startChild('echo-server.ts');
  let count = 0;
  const turn: Turn = async (conversation) => {
    const id = `c${conversation}`;
    const replied = new Promise<void>((resolve) => waiting.set(id, resolve));
    count += 1;
    await post(child.port, '/api/messages', {
      type: 'message',
      id: String(count),
      text: words,
      channelId: 'test',
      serviceUrl,
      from: { id: 'user' },
      recipient: { id: 'bot' },
      conversation: { id },
    });
    await replied;
  };
  const rows = [await measure('EchoBot', child, 1, turn), await measure('EchoBot', child, 32, turn)];
  await child.stop();
  connector.closeAllConnections();
  connector.close();
  return rows;
}

async function latchkey(): Promise<Row[]> {
  const customer = sampleCustomers.find((one) => one.name === 'over-limit');
  if (typeof customer?.access !== 'function') throw new Error('no sample customer');
  const body = customer.access(Date.now());
  let delayMs = 0;
  const answer = (response: ServerResponse) => answerJson(response, body);
  const accountApi = createServer((_, response) => {
    if (delayMs === 0) answer(response);
    else setTimeout(answer, delayMs, response);
  }).listen(0, '127.0.0.1');
  await once(accountApi, 'listening');
  const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  const child = await startChild('latchkey-server.ts', [dataDir, `http://127.0.0.1:${portOf(accountApi)}`]);
  const talks = await Promise.all(Array.from({ length: 32 }, () => openTalk(child.port)));
  const turn: Turn = async (conversation) => talks[conversation]?.say(words);
  const rows = [await measure('Latchkey', child, 1, turn), await measure('Latchkey', child, 32, turn)];
  for (const ms of [1, 100]) {
    delayMs = ms;
    rows.push(await measure(`API ${ms} ms`, child, 32, turn));
  }
  for (const talk of talks) talk.close();
  await child.stop();
  accountApi.closeAllConnections();
  accountApi.close();
  rmSync(dataDir, { recursive: true });
  return rows;
}

async function openTalk(port: number) {
  const { identity } = (await post(port, '/demo/identity', { customer: 'over-limit' })) as { identity: string };
  const { token, conversationId } = (await post(port, '/v3/directline/tokens/generate', { identity })) as Record<
    string,
    string
  >;
  const authorization = `Bearer ${token ?? ''}`;
  const { streamUrl = '' } = (await post(port, '/v3/directline/conversations', {}, authorization)) as Record<
    string,
    string
  >;
  const socket = new WebSocket(streamUrl);
  let done: () => void = () => undefined;
  socket.on('message', (frame: Buffer) => {
    if (frame.includes('suggestedActions')) done();
  });
  await once(socket, 'open');
  return {
    async say(text: string) {
      const answered = new Promise<void>((resolve) => {
        done = resolve;
      });
      await post(
        port,
        `/v3/directline/conversations/${conversationId ?? ''}/activities`,
        { type: 'message', text },
        authorization,
      );
      await answered;
    },
    close: () => socket.close(),
  };
}

function post(port: number, path: string, body: object, authorization?: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) };
  return new Promise((resolve, reject) => {
    const sent = request(
      { agent, host: '127.0.0.1', port, path, method: 'POST', headers },
      (response: IncomingMessage) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          if ((response.statusCode ?? 500) >= 300) reject(new Error(`${path}: ${text}`));
          else resolve(text === '' ? null : JSON.parse(text));
        });
      },
    );
    sent.on('error', reject);
    sent.end(JSON.stringify(body));
  });
}

function answerJson(response: ServerResponse, body: object): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}

function portOf(server: { address(): unknown }): number {
  return (server.address() as AddressInfo).port;
}

/** From the start of the process until it says where it listens; the words are trained and the code compiled before. */
async function coldStart(): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  const root = join(import.meta.dirname, '../..');
  const args = ['--disable-warning=ExperimentalWarning', '--import', './src/cli/compile-cache.ts', 'src/main.ts'];
  const times: number[] = [];
  for (let i = 0; i < 6; i += 1) {
    const before = performance.now();
    const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, PORT: '0', DATA_DIR: dataDir } });
    await once(child.stdout, 'data');
    times.push(performance.now() - before);
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  rmSync(dataDir, { recursive: true });
  return times.slice(1).sort((a, b) => a - b)[2] ?? 0;
}

/** One snapshot judged by every cause, in microseconds. */
function diagnosis(): number {
  const { content } = loadContent(contentFolder);
  const feature = content.catalog.features.find(({ slug }) => slug === 'export') ?? null;
  const about = { feature, catalog: content.catalog };
  const [many, given] = [200_000, snapshot()];
  for (let i = 0; i < many / 10; i += 1) diagnose(given, about);
  const before = performance.now();
  for (let i = 0; i < many; i += 1) diagnose(given, about);
  return ((performance.now() - before) * 1000) / many;
}

const rows = [...(await echo()), ...(await latchkey())];
console.log('bot        conversations   CPU ms/turn   p50 ms   p99 ms');
for (const { bot, conversations, cpuMs, p50, p99 } of rows)
  console.log(
    bot.padEnd(10),
    String(conversations).padStart(13),
    cpuMs.toFixed(3).padStart(13),
    p50.toFixed(2).padStart(8),
    p99.toFixed(2).padStart(8),
  );
for (const conversations of [1, 32]) {
  const [echoRow, ours] = rows.filter((row) => row.conversations === conversations && !row.bot.startsWith('API'));
  if (echoRow && ours)
    console.log(
      `${conversations} conversations: ${(ours.cpuMs / echoRow.cpuMs).toFixed(2)} x the EchoBot's CPU (goal: 0.80)`,
    );
}
const [fast, slow] = rows.filter(({ bot }) => bot.startsWith('API'));
if (fast && slow)
  console.log(
    `a turn whose account API takes 100 ms: ${(slow.cpuMs / fast.cpuMs).toFixed(2)} x the CPU of one with 1 ms`,
  );
console.log(`diagnosis of one snapshot: ${diagnosis().toFixed(1)} µs (goal: under 20)`);
console.log(`cold start to listening: ${(await coldStart()).toFixed(0)} ms, median of 5 (goal: under 1000)`);
agent.destroy();
