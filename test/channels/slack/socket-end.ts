import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { startSlackApi } from './far-end.ts';

/** What was delivered, until it is acknowledged. */
interface Delivery {
  readonly type: string;
  readonly payload: unknown;
  readonly acknowledged: (payload: unknown) => void;
  attempts: number;
  /** Over which socket it goes; null: over none. */
  over: WebSocket | null;
}

/**
 * Slack's end of Socket Mode on this machine: an address is good for one socket, which is greeted; what is delivered goes over
 * one of the sockets, and over another where the first is gone before it is acknowledged.
 */
export async function startSlackSockets(api: Awaited<ReturnType<typeof startSlackApi>>) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', autoPong: false });
  await once(server, 'listening');
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/link`;
  const tickets = new Set<string>();
  const waiting = new Map<string, Delivery>();
  const greeted: WebSocket[] = [];
  const leaving = new Set<WebSocket>();
  const state = { greeted: 0, closed: 0, pings: 0, asked: 0, ids: 0 };
  api.state.socketUrl = () => {
    const ticket = String((state.asked += 1));
    tickets.add(ticket);
    return `${url}?ticket=${ticket}`;
  };

  function flush(): void {
    for (const [envelope_id, one] of waiting) {
      const over = one.over ?? greeted.filter((socket) => !leaving.has(socket)).at(one.attempts % 2 ? 0 : -1);
      if (one.over || !over) continue;
      one.over = over;
      const retry = one.type === 'events_api' && {
        retry_attempt: one.attempts,
        retry_reason: one.attempts > 0 ? 'timeout' : '',
      };
      one.attempts += 1;
      const envelope = {
        envelope_id,
        type: one.type,
        payload: one.payload,
        accepts_response_payload: one.type !== 'events_api',
        ...retry,
      };
      over.send(JSON.stringify(envelope));
    }
  }

  server.on('connection', (socket, request) => {
    const ticket = new URL(request.url ?? '', 'http://localhost').searchParams.get('ticket') ?? '';
    if (!tickets.delete(ticket)) {
      socket.close(1008);
      return;
    }
    socket.on('error', () => undefined);
    socket.on('ping', (data) => {
      state.pings += 1;
      socket.pong(data);
    });
    socket.on('message', (data: Buffer) => {
      const { envelope_id, payload } = JSON.parse(data.toString()) as { envelope_id: string; payload?: unknown };
      waiting.get(envelope_id)?.acknowledged(payload);
      waiting.delete(envelope_id);
    });
    socket.on('close', () => {
      greeted.splice(greeted.indexOf(socket), 1);
      state.closed += 1;
      for (const one of waiting.values()) if (one.over === socket) one.over = null;
      flush();
    });
    greeted.push(socket);
    const debug_info = {
      host: 'applink-1',
      started: '2026-11-01 10:00:00.000',
      build_number: 1,
      approximate_connection_time: 18_060,
    };
    socket.send(
      JSON.stringify({ type: 'hello', num_connections: greeted.length, connection_info: { app_id: 'A1' }, debug_info }),
    );
    state.greeted += 1;
    flush();
  });

  return {
    state,
    /** Resolves with what the acknowledgement holds; undefined: nothing. */
    deliver: (type: string, payload: unknown): Promise<unknown> =>
      new Promise((acknowledged) => {
        waiting.set(`e-${(state.ids += 1)}`, { type, payload, acknowledged, attempts: 0, over: null });
        flush();
      }),
    /** Delivers again what is not acknowledged, as Slack does after three seconds. */
    again() {
      for (const one of waiting.values()) one.over = null;
      flush();
    },
    /** Whether something is not acknowledged. */
    isWaiting: () => waiting.size > 0,
    /** How many sockets are open. */
    open: () => greeted.length,
    /** Wants each socket replaced; it is closed when `drop` is called. */
    leave(reason = 'refresh_requested') {
      for (const socket of greeted) {
        leaving.add(socket);
        socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-1' } }));
      }
    },
    /** Cuts off every socket, or those that are to be replaced. */
    drop(which: 'all' | 'leaving' = 'all') {
      for (const socket of [...greeted]) if (which === 'all' || leaving.has(socket)) socket.terminate();
    },
    /** Sends as it is what is no frame of Slack's. */
    say: (text: string) => greeted.forEach((socket) => socket.send(text)),
    stop() {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

/** Resolves when it is so. */
export async function until(is: () => boolean): Promise<void> {
  for (let looks = 0; !is(); looks += 1) {
    if (looks > 300_000) throw new Error(`it is never so: ${String(is)}`);
    await new Promise((next) => setImmediate(next));
  }
}
