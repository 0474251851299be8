import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import pg from 'pg';
import type { Wire } from '../../src/channels/wire.ts';
import { dataFolder, startChild, type Child } from '../support/child.ts';
import { bearer, call, chatOf, latchkeyOf, openChat, openStream, type Stream } from '../support/direct-line.ts';
import { startPostgres } from '../support/postgres-server.ts';
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

/** A customer as their client saw it. */
interface History {
  readonly id: string;
  /** The messages that were acknowledged, in order. */
  readonly acknowledged: string[];
  /** What the stream brought, over all its sockets. */
  readonly seen: Wire[];
  ticket: string | null;
}

/** Processes over one PostgreSQL, of which some live. */
async function startProcesses(count: number, settings: Readonly<Record<string, string>>) {
  const folders = Array.from({ length: count }, () => dataFolder());
  const slots: (Child | null)[] = [];
  const start = async (slot: number) => (slots[slot] = await startChild(folders[slot] ?? '', settings));
  // One after the other: the first makes the tables.
  for (let slot = 0; slot < count; slot += 1) await start(slot);
  const living = () => slots.filter((one) => one !== null);
  return {
    /** Any that lives: nobody sticks to one. */
    any: () => living()[randomInt(living().length || 1)]?.url ?? '',
    async replace(signal: 'SIGKILL' | 'SIGTERM') {
      const slot = randomInt(count);
      const child = slots[slot];
      if (!child) return;
      if (count > 1) slots[slot] = null;
      child.signal(signal);
      const code = await child.ended;
      assert.equal(code, signal === 'SIGTERM' ? 0 : null, `a process ended with ${String(code)}`);
      await start(slot);
    },
    async stop() {
      for (const child of living()) {
        child.signal('SIGTERM');
        await child.ended;
      }
      for (const folder of folders) rmSync(folder, { recursive: true });
    },
  };
}
type Processes = Awaited<ReturnType<typeof startProcesses>>;

/** Again and again until it is done, each time at any process. */
async function insist<T>(processes: Processes, act: (url: string) => Promise<T | null>): Promise<T> {
  for (;;) {
    const done = await act(processes.any()).catch(() => null);
    if (done !== null) return done;
    await sleep(20);
  }
}

/** A customer’s client: it writes, sends again what failed, and listens where it can. */
function startClient(processes: Processes, history: History, token: { current: string }) {
  let [stream, isOver]: [Stream | null, boolean] = [null, false];

  async function refresh(url: string): Promise<void> {
    const answer = await call(`${url}/v3/directline/tokens/refresh`, 'POST', undefined, bearer(token.current));
    if (answer.status === 200) token.current = String(answer.body.token);
  }

  async function listen(): Promise<void> {
    for (let watermark = ''; !isOver;) {
      const opened = await insist(processes, async (url) => {
        const chat = chatOf(url, { conversationId: history.id, token: token.current });
        const { status, body } = await chat.call('GET', `?watermark=${watermark}`);
        if (status === 403) await refresh(url);
        if (status !== 200) return isOver ? 'over' : null;
        // Its stream may be at another process than the one that gave the ticket.
        const address = new URL(String(body.streamUrl));
        address.host = new URL(processes.any()).host;
        return openStream(address.href);
      });
      if (opened === 'over') return;
      stream = opened;
      await opened.closed;
      history.seen.push(...opened.activities);
      watermark = opened.watermark() || watermark;
    }
  }
  const listening = listen();

  return {
    async write(text: string): Promise<void> {
      await insist(processes, async (url) => {
        const answer = await chatOf(url, { conversationId: history.id, token: token.current }).write(text, text);
        if (answer.status === 403) await refresh(url);
        return answer.status === 200 ? text : null;
      });
      history.acknowledged.push(text);
    },
    activities: () =>
      insist(processes, async (url) => {
        const chat = chatOf(url, { conversationId: history.id, token: token.current });
        const { status, body } = await chat.call('GET', '/activities');
        if (status === 403) await refresh(url);
        return status === 200 ? (body.activities as Wire[]) : null;
      }),
    /** Ends when the stream brought this one. */
    async leave(last: string): Promise<void> {
      for (;;) {
        const here = stream;
        const brought = [...history.seen, ...(here?.activities ?? [])].some(({ id }) => id === last);
        if (brought) break;
        await sleep(50);
      }
      isOver = true;
      await stream?.close();
      await listening;
    },
  };
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
    for (let all: Wire[] = []; history.ticket === null; await sleep(50)) {
      all = await client.activities();
      const told = all.find((one) => latchkeyOf(one).ticket !== undefined);
      if (told) history.ticket = String(latchkeyOf(told).ticket);
    }
    await client.leave(String((await client.activities()).at(-1)?.id));
  } while (!isOver());
}

/** What is wrong with what the clients saw, and with what is stored. */
async function faultsOf(url: string, histories: readonly History[], atDesk: ReadonlyMap<string, number>) {
  const faults: string[] = [];
  const db = new pg.Client(url);
  await db.connect();
  const rows = async <T>(text: string) => (await db.query(text)).rows as T[];
  interface Row {
    readonly conversation_id: string;
    readonly seq: number;
    readonly client_id: string | null;
    readonly attempts: number | null;
  }
  const stored = await rows<Row>('select conversation_id, seq::int, client_id, attempts from activities order by seq');
  const talks = await rows<{ id: string; version: number; last_seq: number }>(
    'select id, version::int, last_seq::int from conversations',
  );
  const tickets = (await rows<{ number: string }>('select number from tickets')).map(({ number }) => number);
  await db.end();
  const check = (holds: boolean, what: string) => void (holds || faults.push(what));
  for (const { id, version, last_seq: last } of talks) {
    const mine = stored.filter((one) => one.conversation_id === id);
    const inbound = mine.filter(({ client_id: by }) => by !== null);
    check(mine.every(({ seq }, i) => seq === i + 1) && last === mine.length, `${id}: a gap in what is stored`);
    check(
      inbound.every(({ attempts }) => attempts === null),
      `${id}: something was not answered`,
    );
    check(version === inbound.length, `${id}: ${version} turns for ${inbound.length} messages`);
  }
  for (const { id, acknowledged, seen, ticket } of histories) {
    const ids = seen.map((one) => String(one.id));
    const sent = stored.filter((one) => one.conversation_id === id && one.client_id?.startsWith('client:'));
    check(
      String(sent.map((one) => one.client_id)) === String(acknowledged.map((text) => `client:${text}`)),
      `${id}: lost, doubled or out of order`,
    );
    check(new Set(ids).size === ids.length, `${id}: the stream brought something twice`);
    check(String(ids) === String(ids.toSorted()), `${id}: the stream was out of order`);
    check(
      acknowledged.every((text) => seen.some((one) => one.text === text)),
      `${id}: the stream lost a message`,
    );
    check(ticket !== null && tickets.includes(ticket), `${id}: its ticket is not stored`);
  }
  for (const number of tickets) check(atDesk.has(number), `${number} is not at the desk`);
  check(new Set(histories.map(({ ticket }) => ticket)).size === histories.length, 'two talks have one ticket');
  return { faults, tickets, messages: stored.filter((one) => one.client_id !== null).length };
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
    const numbers = histories.map(({ ticket }) => String(ticket));
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
