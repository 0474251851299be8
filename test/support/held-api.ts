import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An account API that answers each read when the test says so. */
export async function startHeldApi() {
  const held: ServerResponse[] = [];
  const server = createServer((_, response) => {
    held.push(response);
    server.emit('read');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    settings: { ACCOUNT_API_URL: `http://127.0.0.1:${port}`, ACCOUNT_API_KEY: 'key' },
    /** Resolves when a read waits; call the result to answer it with an account of which nothing is known. */
    async asked(): Promise<() => void> {
      if (held.length === 0) await once(server, 'read');
      const response = held.shift();
      return () => {
        // Two statements: restify changes writeHead in this whole process, and it returns nothing then.
        response?.writeHead(200, { 'content-type': 'application/json' });
        response?.end('{"account":{"id":"acct_northgate_studio"}}');
      };
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
