import { createRequire } from 'node:module';
import type { Activity, ConnectionStatus, DirectLine as Client } from 'botframework-directlinejs';
import type { Wire } from '../../src/channels/wire.ts';

// Its browser's XMLHttpRequest, and its CommonJS, which exports no names that Node sees.
const require = createRequire(import.meta.url);
Object.assign(globalThis, { XMLHttpRequest: require('xhr2') as unknown });
const { DirectLine } = require('botframework-directlinejs') as { DirectLine: typeof Client };

export type OfficialClient = ReturnType<typeof officialClient>;

export interface Connect {
  readonly token: string;
  readonly webSocket: boolean;
  readonly conversationId?: string;
  readonly watermark?: string;
}

/** Microsoft's own client, `botframework-directlinejs`, connected; it keeps what it was sent. */
export function officialClient(url: string, connect: Connect) {
  const line = new DirectLine({ ...connect, domain: `${url}/v3/directline`, pollingInterval: 200 });
  const activities: Wire[] = [];
  const statuses: ConnectionStatus[] = [];
  const waiting = new Set<() => void>();
  const heard = line.activity$.subscribe((activity) => {
    activities.push(activity as unknown as Wire);
    for (const look of waiting) look();
  });
  const watched = line.connectionStatus$.subscribe((status) => statuses.push(status));
  return {
    activities,
    statuses,
    /** Sends a message; its id once the server took it. */
    write: (text: string) =>
      new Promise<string>((resolve, reject) => {
        const activity = {
          type: 'message',
          text,
          from: { id: 'forged' },
          channelData: { clientActivityID: `c-${text}` },
        };
        line.postActivity(activity as Activity).subscribe(resolve, reject);
      }),
    until: (fits: (activity: Wire) => boolean) =>
      new Promise<Wire>((resolve) => {
        const look = () => {
          const found = activities.find(fits);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    end() {
      heard.unsubscribe();
      watched.unsubscribe();
      line.end();
    },
  };
}
