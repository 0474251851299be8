import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Wire } from '../../src/channels/wire.ts';
import { createInbox } from './inbox.ts';

/** What came back from one call: its status, its headers, and its body as JSON. */
export interface Called {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Wire & { readonly error?: { readonly code: string; readonly message: string } };
}

export interface Chat {
  readonly id: string;
  readonly token: string;
  /** `path` follows `/v3/directline/conversations/<id>`. */
  call(method: string, path: string, body?: unknown): Promise<Called>;
  write(text: string, clientActivityId?: string): Promise<Called>;
  activities(watermark?: string): Promise<Wire[]>;
  /** Opens the stream as a client does: a fresh ticket for every socket. */
  listen(watermark?: string): Promise<Stream>;
}

/** Any call: JSON in, JSON out. A string is sent as it stands. */
export async function call(url: string, method: string, body?: unknown, headers: Record<string, string> = {}) {
  const sent = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  const init = { method, headers: { ...type, ...headers }, redirect: 'manual' as const };
  const response = await fetch(url, sent === undefined ? init : { ...init, body: sent });
  const text = await response.text();
  const isJson = response.headers.get('content-type') === 'application/json';
  return {
    status: response.status,
    headers: response.headers,
    body: (isJson ? JSON.parse(text) : { text }) as Called['body'],
  } satisfies Called;
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** A new conversation with its token, whatever there was before; not started. */
export async function newChat(url: string, identity?: string): Promise<Chat> {
  const who = identity === undefined ? {} : { identity, anew: true };
  const made = await call(`${url}/v3/directline/tokens/generate`, 'POST', who);
  if (made.status !== 200) throw new Error(`no token: ${JSON.stringify(made.body)}`);
  return chatOf(url, made.body as { conversationId: string; token: string });
}

/** A sample customer's conversation, opened; the bot has not answered yet. */
export async function openChat(url: string, customer?: string): Promise<Chat> {
  const signed = customer && (await call(`${url}/demo/identity`, 'POST', { customer })).body.identity;
  const chat = await newChat(url, signed as string | undefined);
  await call(`${url}/v3/directline/conversations`, 'POST', { user: {} }, bearer(chat.token));
  return chat;
}

export function chatOf(url: string, { conversationId: id, token }: { conversationId: string; token: string }): Chat {
  const at = `${url}/v3/directline/conversations/${id}`;
  const reach: Chat['call'] = (method, path, body) => call(at + path, method, body, bearer(token));
  return {
    id,
    token,
    call: reach,
    write: (text, clientActivityID) =>
      reach('POST', '/activities', {
        type: 'message',
        text,
        ...(clientActivityID !== undefined && { channelData: { clientActivityID } }),
      }),
    async activities(watermark = '') {
      return (await reach('GET', `/activities?watermark=${watermark}`)).body.activities as Wire[];
    },
    async listen(watermark = '') {
      const { body } = await reach('GET', `?watermark=${watermark}`);
      return openStream(String(body.streamUrl).replace('localhost', '127.0.0.1'));
    },
  };
}

export type Stream = Awaited<ReturnType<typeof openStream>>;

/** A client's socket that keeps what it was sent; `heard` gets each set as it comes. */
export async function openStream(
  streamUrl: string,
  headers: Record<string, string> = {},
  heard: (set: Sent) => void = () => undefined,
) {
  const socket = new WebSocket(streamUrl, { headers });
  const inbox = createInbox<Wire>();
  let watermark = '';
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  socket.on('message', (frame: Buffer) => {
    const set = JSON.parse(frame.toString()) as Sent;
    watermark = set.watermark;
    inbox.add(...set.activities);
    heard(set);
  });
  await once(socket, 'open');
  socket.on('error', () => undefined);
  return {
    activities: inbox.all,
    texts: () => inbox.all.map((one) => String(one.text)),
    watermark: () => watermark,
    closed,
    send: (frame: string) => socket.send(frame),
    /** The first activity that fits, as soon as it is there. */
    until: inbox.until,
    async close() {
      socket.close();
      await closed;
    },
  };
}

interface Sent {
  readonly activities: Wire[];
  readonly watermark: string;
}

export const isBot = (activity: Wire) => (activity.from as { role?: string }).role === 'bot';

/** What a reply says about itself, such as its verdict or its ticket number. */
export function latchkeyOf(activity: Wire): Wire {
  const data = activity.channelData as { latchkey?: Wire } | undefined;
  return data?.latchkey ?? {};
}

export function buttonsOf(activity: Wire): string[] {
  const suggested = activity.suggestedActions as { actions: { value: string }[] } | undefined;
  return (suggested?.actions ?? []).map(({ value }) => value);
}
