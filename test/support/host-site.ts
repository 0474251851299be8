import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { reply } from '../desks/receiver.ts';

/** A company's site on an origin of its own: each of its pages is `html`. */
export async function startSite() {
  const site = { url: '', html: '', headers: {} as Readonly<Record<string, string>>, close: () => server.close() };
  const server = createServer((_request, response) => {
    reply(response, 200, site.html, { 'content-type': 'text/html; charset=utf-8', ...site.headers });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  site.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return site;
}
