import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Activity, ConnectionStatus, DirectLine as Client } from 'botframework-directlinejs';
import type { Wire } from '../../src/channels/wire.ts';
import { createInbox } from './inbox.ts';

// Its browser's XMLHttpRequest, and its CommonJS, which exports no names that Node sees.
const require = createRequire(import.meta.url);
interface Request {
  setRequestHeader(name: string, value: string): void;
  send(body?: unknown): void;
}
const NodeRequest = require('xhr2') as new () => Request;
/** Node's has no forms. */
class FormRequest extends NodeRequest {
  override send(body?: unknown): void {
    if (!(body instanceof FormData)) {
      super.send(body);
      return;
    }
    const written = new Response(body);
    this.setRequestHeader('content-type', written.headers.get('content-type') ?? '');
    void written.arrayBuffer().then((bytes) => super.send(bytes));
  }
}
Object.assign(globalThis, { XMLHttpRequest: FormRequest });
const { DirectLine } = require('botframework-directlinejs') as { DirectLine: typeof Client };

export type OfficialClient = ReturnType<typeof officialClient>;

export interface Connect {
  readonly token: string;
  readonly webSocket: boolean;
  readonly conversationId?: string;
  readonly watermark?: string;
}

/** What the client does by itself, and has no public name for. */
interface Inner {
  token: string;
  refreshToken(): { subscribe(next: (token: string) => void, failed: (error: unknown) => void): void };
  getRetryDelay(): number;
}

/** Microsoft's own client, `botframework-directlinejs`, connected; it keeps what it was sent. */
export function officialClient(url: string, connect: Connect) {
  const line = new DirectLine({ ...connect, domain: `${url}/v3/directline`, pollingInterval: 200 });
  const inner = line as unknown as Inner;
  // It waits 3 to 15 seconds.
  inner.getRetryDelay = () => 0;
  const inbox = createInbox<Wire>();
  const statuses = createInbox<ConnectionStatus>();
  const heard = line.activity$.subscribe(
    (activity) => inbox.add(activity as unknown as Wire),
    () => undefined,
  );
  const watched = line.connectionStatus$.subscribe((status) => statuses.add(status));
  const post = (activity: object) =>
    new Promise<string>((resolve, reject) => {
      line.postActivity(activity as Activity).subscribe(resolve, reject);
    });
  const message = (text: string) => ({
    ...{ type: 'message', text, from: { id: 'forged' } },
    channelData: { clientActivityID: `c-${text}` },
  });
  return {
    activities: inbox.all,
    statuses: statuses.all,
    until: inbox.until,
    reached: (status: number) => statuses.until((one) => one.valueOf() === status),
    /** Sends a message; its id once the server took it. */
    write: (text: string) => post(message(text)),
    /** Sends words with a file of so many bytes, which it fetches first; whether the server took them. */
    async upload(text: string, bytes: number) {
      const file = { contentType: 'image/png', contentUrl: await fileAt(bytes), name: 'a.png' };
      return post({ ...message(text), attachments: [file] }).then(
        (id) => id !== 'retry',
        () => false,
      );
    },
    refresh: () =>
      new Promise<string>((resolve, reject) => {
        inner.refreshToken().subscribe((token) => resolve((inner.token = token)), reject);
      }),
    reconnect: (token: string, streamUrl: string) => line.reconnect({ conversationId: '', token, streamUrl }),
    end() {
      heard.unsubscribe();
      watched.unsubscribe();
      line.end();
    },
  };
}

/** Where a file of so many bytes is, for once. */
async function fileAt(bytes: number): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader('connection', 'close').end(Buffer.alloc(bytes));
    server.close();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.png`;
}
