import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Wire } from '../../src/channels/wire.ts';
import { dataFolder, startChild, type Child } from '../support/child.ts';
import { bearer, call, chatOf, openStream, type Stream } from '../support/direct-line.ts';

/** A customer as their client saw it. */
export interface History {
  readonly id: string;
  /** The messages that were acknowledged, in order. */
  readonly acknowledged: string[];
  /** What the stream brought, over all its sockets. */
  readonly seen: Wire[];
  ticket: string | null;
}

/** Processes over one PostgreSQL, of which some live. */
export async function startProcesses(count: number, settings: Readonly<Record<string, string>>) {
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
export type Processes = Awaited<ReturnType<typeof startProcesses>>;

/** Again and again until it is done, each time at any process. */
export async function insist<T>(processes: Processes, act: (url: string) => Promise<T | null>): Promise<T> {
  for (;;) {
    const done = await act(processes.any()).catch(() => null);
    if (done !== null) return done;
    await sleep(20);
  }
}

/** A customer’s client: it writes, sends again what failed, and listens where it can. */
export function startClient(processes: Processes, history: History, token: { current: string }) {
  const state: { stream: Stream | null; isOver: boolean } = { stream: null, isOver: false };

  const hasLeft = () => state.isOver;

  async function refresh(url: string): Promise<void> {
    const answer = await call(`${url}/v3/directline/tokens/refresh`, 'POST', undefined, bearer(token.current));
    if (answer.status === 200) token.current = String(answer.body.token);
  }

  async function listen(): Promise<void> {
    for (let watermark = ''; !state.isOver;) {
      const opened = await insist(processes, async (url) => {
        const chat = chatOf(url, { conversationId: history.id, token: token.current });
        const { status, body } = await chat.call('GET', `?watermark=${watermark}`);
        if (status === 403) await refresh(url);
        if (status !== 200) return state.isOver ? 'over' : null;
        // Its stream may be at another process than the one that gave the ticket.
        const address = new URL(String(body.streamUrl));
        address.host = new URL(processes.any()).host;
        return openStream(address.href);
      });
      if (opened === 'over') return;
      state.stream = opened;
      // Whoever left meanwhile saw none to close.
      if (hasLeft()) await opened.close();
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
        const here = state.stream;
        const brought = [...history.seen, ...(here?.activities ?? [])].some(({ id }) => id === last);
        if (brought) break;
        await sleep(50);
      }
      state.isOver = true;
      await state.stream?.close();
      await listening;
    },
  };
}
