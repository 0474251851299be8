import { once } from 'node:events';
import { createServer } from 'node:http';
import { startChild } from '../child.ts';
import { post } from '../direct-line.ts';
import type { Contestant } from './index.ts';
import { answerJson, portOf } from './far-end.ts';

/** A bot that posts its reply to the caller's `serviceUrl`, as all do that use one of Microsoft's SDKs. */
export async function startEcho(name: string, file: string): Promise<Contestant> {
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
  const child = await startChild(file);
  let [activities, talks] = [0, 0];
  const inAll = { type: 'message', channelId: 'test', serviceUrl, from: { id: 'user' }, recipient: { id: 'bot' } };

  function open() {
    const id = `c${(talks += 1)}`;
    return {
      async say({ words: text }: { readonly words: string }) {
        const replied = new Promise<void>((resolve) => waiting.set(id, resolve));
        activities += 1;
        await post(child.port, '/api/messages', { ...inAll, id: String(activities), text, conversation: { id } });
        await replied;
      },
      close: () => void waiting.delete(id),
    };
  }

  return {
    name,
    open: (count) => Promise.resolve(Array.from({ length: count }, open)),
    cpuMs: () => child.ask('cpu'),
    async stop() {
      await child.stop();
      connector.closeAllConnections();
      connector.close();
    },
  };
}
