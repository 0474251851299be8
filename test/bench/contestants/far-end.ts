import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sampleCustomers } from '../../../src/demo/customers.ts';

/** An account API in this process, whose CPU is not counted, that answers every question alike after `delays.ms`. */
export async function startAccountApi(delays: { readonly ms: number }) {
  const customer = sampleCustomers.find((one) => one.name === 'over-limit');
  if (typeof customer?.access !== 'function') throw new Error('no sample customer');
  const body = customer.access(Date.now());
  const answer = (response: ServerResponse) => answerJson(response, body);
  const server = createServer((_, response) => {
    if (delays.ms === 0) answer(response);
    else setTimeout(answer, delays.ms, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Answers JSON. */
export function answerJson(response: ServerResponse, body: object): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}

/** Where a server listens. */
export function portOf(server: { address(): unknown }): number {
  return (server.address() as AddressInfo).port;
}
