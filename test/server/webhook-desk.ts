import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A desk on this machine that takes every ticket and counts how often each came. */
export async function startWebhookDesk() {
  const arrived = new Map<string, number>();
  const server = createServer((request, response) => {
    void json(request).then(() => {
      const id = String(request.headers['webhook-id']);
      if (!id.includes('/')) arrived.set(id, (arrived.get(id) ?? 0) + 1);
      // Two statements: restify changes writeHead in this whole process, and it returns nothing then.
      response.writeHead(204);
      response.end();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    settings: {
      WEBHOOK_URL: `http://127.0.0.1:${port}/tickets`,
      WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
    },
    /** How often each ticket came, by its number, which is the message’s id. */
    arrived,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
