import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { customers } from './customers.ts';

/** What the company's bot asks with. */
export const accountKey = 'northwind-key';

/** The company's own account API, on a port of this machine: docs/account-api.md in some lines. */
export async function startAccountApi() {
  const server = createServer(({ url = '', headers }, response) => {
    const [, accountId, userId] = /^\/v1\/accounts\/([^/]+)\/users\/([^/]+)\/access$/.exec(url) ?? [];
    const found = customers.find(({ person }) => person.accountId === accountId && person.userId === userId);
    const isOurs = headers.authorization === `Bearer ${accountKey}`;
    const body =
      typeof found?.access === 'function' ? found.access(Date.now()) : { error: { code: 'account_not_found' } };
    response.writeHead(isOurs ? (found ? 200 : 404) : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
