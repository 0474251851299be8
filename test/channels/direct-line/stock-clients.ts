import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import type { Wire } from '../../../src/channels/wire.ts';
import { bearer, buttonsOf, call, chatOf, openStream } from '../../support/direct-line.ts';
import { webChatBundle } from '../../bench/web-chat/bundle.ts';
import { startSite } from '../../support/host-site.ts';
import { officialClient } from '../../support/official-client.ts';
import { createInbox } from '../../support/inbox.ts';

/** Whom a client talks to. */
export interface Connect {
  readonly url: string;
  readonly token: string;
  readonly id: string;
  /** Goes on with the conversation behind it; missing: begins it. */
  readonly watermark?: string;
}

/** A client as its maker ships it, and what it was sent. */
export interface StockClient {
  readonly activities: readonly Wire[];
  until(fits: (activity: Wire) => boolean): Promise<Wire>;
  /** What it thinks of its connection has been this. */
  reached(status: 'online' | 'expired' | 'failed'): Promise<void>;
  write(text: string): Promise<void>;
  press(label: string): Promise<void>;
  /** Sends a file of so many bytes with some words; whether the server took it. */
  upload(text: string, bytes: number): Promise<boolean>;
  /** Gets a fresh token, as it does by itself every quarter of an hour; which that is. */
  refresh(): Promise<string>;
  /** What its host does once a token is over: hands it another. */
  takeToken(token: string, streamUrl: string): Promise<void>;
  end(): Promise<void>;
}

export type OpenClient = (connect: Connect) => Promise<StockClient>;
const numbers = { online: 2, expired: 3, failed: 4 } as const;

/** By HTTP and WebSocket alone: what the protocol says, and no more. */
export const byHand: OpenClient = async ({ url, token: first, id, watermark }) => {
  let token = first;
  const inbox = createInbox<Wire>();
  const statuses = createInbox<keyof typeof numbers>();
  const chat = () => chatOf(url, { conversationId: id, token });
  let [isOver, last] = [false, watermark ?? ''];
  let stream: Awaited<ReturnType<typeof openStream>> | undefined;

  async function listen(streamUrl: string): Promise<void> {
    stream = await openStream(streamUrl, {}, (set) => {
      last = set.watermark || last;
      inbox.add(...set.activities);
    });
    // An empty frame is a heartbeat.
    stream.send('');
    statuses.add('online');
    await stream.closed;
  }
  async function keepListening(): Promise<void> {
    while (!isOver) {
      const { status, body } = await chat()
        .call('GET', `?watermark=${last}`)
        .catch(() => ({ status: 0, body: { streamUrl: '' } }));
      if (status === 403) statuses.add('expired');
      if (status >= 400) return;
      if (status === 200) await listen(String(body.streamUrl)).catch(() => undefined);
    }
  }
  const start = () => call(`${url}/v3/directline/conversations`, 'POST', { user: {} }, bearer(token));
  const begun = watermark === undefined ? await start() : await chat().call('GET', `?watermark=${watermark}`);
  if (begun.status >= 400) statuses.add('failed');
  else void listen(String(begun.body.streamUrl)).then(keepListening);

  const post = async (text: string) => {
    const { status } = await chat().write(text, `c-${text}`);
    if (status === 403) statuses.add('expired');
  };
  return {
    activities: inbox.all,
    until: inbox.until,
    async reached(status) {
      await statuses.until((one) => one === status);
    },
    write: post,
    press: post,
    async upload(text, bytes) {
      const form = new FormData();
      const activity = { type: 'message', text, attachments: [{ name: 'a.png' }] };
      form.append('activity', new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }));
      form.append('file', new Blob([Buffer.alloc(bytes)], { type: 'image/png' }), 'a.png');
      const at = `${url}/v3/directline/conversations/${id}/upload`;
      return (await fetch(at, { method: 'POST', body: form, headers: bearer(token) })).ok;
    },
    async refresh() {
      token = String((await call(`${url}/v3/directline/tokens/refresh`, 'POST', undefined, bearer(token))).body.token);
      return token;
    },
    takeToken(fresh) {
      token = fresh;
      return Promise.resolve();
    },
    async end() {
      isOver = true;
      await stream?.close();
    },
  };
};

/** Microsoft’s `botframework-directlinejs` in Node. */
export const official =
  (webSocket: boolean): OpenClient =>
  ({ url, token, id, watermark }) => {
    const client = officialClient(url, {
      ...{ token, webSocket },
      ...(watermark !== undefined && { conversationId: id, watermark }),
    });
    return Promise.resolve({
      activities: client.activities,
      until: client.until,
      async reached(status) {
        await client.reached(numbers[status]);
      },
      async write(text) {
        await client.write(text).catch(() => undefined);
      },
      async press(label) {
        await client.write(label);
      },
      upload: (text, bytes) => client.upload(text, bytes),
      refresh: client.refresh,
      takeToken(fresh, streamUrl) {
        client.reconnect(fresh, streamUrl);
        return Promise.resolve();
      },
      end() {
        client.end();
        return Promise.resolve();
      },
    });
  };

/** Web Chat’s own page, and in it the client that it makes, with what it is told as the functions `took` and `isNow`. */
const page = '<!doctype html><meta charset="utf-8"><div id="chat"></div><script src="/webchat.js"></script>';
const start = (connect: object) => `(() => {
  const line = WebChat.createDirectLine(${JSON.stringify(connect)});
  line.getRetryDelay = () => 0;
  line.connectionStatus$.subscribe((status) => isNow(status));
  const store = WebChat.createStore({}, () => (next) => (action) => {
    if (action.type === 'DIRECT_LINE/INCOMING_ACTIVITY') took(action.payload.activity);
    return next(action);
  });
  WebChat.renderWebChat({ directLine: line, store, userID: 'me' }, document.getElementById('chat'));
  globalThis.line = line;
})()`;

/** Official Web Chat in a browser, on a site of another origin. The second is that site, which may embed us. */
export async function webChat(browser: () => Browser) {
  const site = await startSite();
  site.html = page;
  const script = readFileSync(webChatBundle());
  const open: OpenClient = async ({ url, token, id, watermark }) => {
    const tab = await (await browser().newContext({ reducedMotion: 'reduce' })).newPage();
    const inbox = createInbox<Wire>();
    const statuses = createInbox<number>();
    await tab.exposeFunction('took', (activity: Wire) => inbox.add(activity));
    await tab.exposeFunction('isNow', (status: number) => statuses.add(status));
    await tab.route('**/webchat.js', (route) => route.fulfill({ body: script, contentType: 'text/javascript' }));
    await tab.goto(site.url);
    const connect = {
      token,
      domain: `${url}/v3/directline`,
      ...(watermark !== undefined && { conversationId: id, watermark }),
    };
    await tab.evaluate(start(connect));
    const field = tab.getByPlaceholder('Type your message');
    const write = async (text: string) => {
      await field.fill(text);
      await field.press('Enter');
    };
    return {
      activities: inbox.all,
      until: inbox.until,
      async reached(status) {
        await statuses.until((one) => one === numbers[status]);
      },
      write,
      press: (label) => tab.getByRole('button', { name: label }).last().click(),
      async upload(text, bytes) {
        const file = { name: 'a.png', mimeType: 'image/png', buffer: Buffer.alloc(bytes) };
        await tab.locator('input[type=file]').setInputFiles(file);
        const answered = tab.waitForResponse(/\/upload/);
        await write(text);
        const isTaken = (await answered).ok();
        if (isTaken) await inbox.until((one) => one.text === text);
        else await tab.getByText('Send failed').first().waitFor();
        return isTaken;
      },
      refresh: () =>
        tab.evaluate<string>(
          'new Promise((done) => line.refreshToken().subscribe((token) => done(line.token = token)))',
        ),
      // It gives up then: its host shows another one in its place.
      takeToken: (fresh) => tab.evaluate(start({ ...connect, token: fresh, conversationId: id, watermark: '0' })),
      end: () => tab.context().close(),
    };
  };
  return { open, site };
}

export const isOffered = (label: string) => (activity: Wire) => buttonsOf(activity).includes(label);
