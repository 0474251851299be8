import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Wire } from '../../src/channels/wire.ts';
import { call, latchkeyOf, openChat } from './direct-line.ts';

/** An agent's browser: its cookie, and calls as the console's page makes them. */
export type Console = Awaited<ReturnType<typeof signIn>>;

/** Signs in to the demo's console, as another person each time. */
export async function signIn(url: string) {
  const entered = await call(`${url}/console/sign-in`, 'GET');
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return consoleWith(url, cookie);
}

/** A console with this cookie. */
export function consoleWith(url: string, cookie: string) {
  const headers = { cookie, origin: url };
  return {
    cookie,
    get: (path: string) => call(`${url}/console/api/${path}`, 'GET', undefined, headers),
    post: (path: string, body: unknown = {}) => call(`${url}/console/api/${path}`, 'POST', body, headers),
    /** What a ticket's action answers. */
    act: (ticket: string, action: string, body: unknown = {}) =>
      call(`${url}/console/api/tickets/${ticket}/${action}`, 'POST', body, headers),
    stream: () => openStream(url, headers),
  };
}

async function openStream(url: string, headers: Record<string, string>) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/console/stream`, { headers });
  const told: Wire[] = [];
  const waiting: (() => void)[] = [];
  socket.on('message', (data: Buffer) => {
    told.push(JSON.parse(data.toString()) as Wire);
    for (const wake of waiting.splice(0)) wake();
  });
  await once(socket, 'open');
  return {
    told,
    watch: (ticket: string | null, watermark = '0') => socket.send(JSON.stringify({ watch: ticket, watermark })),
    send: (text: string) => socket.send(text),
    closed: once(socket, 'close').then(([code]) => code as number),
    /** The first thing told that fits, even if it was told before. */
    async until(fits: (one: Wire) => boolean): Promise<Wire> {
      for (;;) {
        const found = told.find(fits);
        if (found) return found;
        await new Promise<void>((wake) => waiting.push(wake));
      }
    },
    close: () => socket.close(),
  };
}

/** A sample customer who asks for a person; their chat and the ticket's number. */
export async function askForPerson(url: string, customer = 'over-limit') {
  const chat = await openChat(url, customer);
  const stream = await chat.listen();
  await chat.write('I get access denied when I try to export');
  await chat.write('Talk to a person');
  const given = await stream.until((one) => latchkeyOf(one).ticket !== undefined);
  return { chat, stream, ticket: String(latchkeyOf(given).ticket) };
}
