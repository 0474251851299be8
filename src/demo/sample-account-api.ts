import { createServer, type Server } from 'node:http';
import type { Clock } from '../domain/ports.ts';
import type { SampleCustomer } from './customers.ts';

const path = /^\/v1\/accounts\/([^/]+)\/users\/([^/]+)\/access$/;

/** An HTTP server that speaks `account-api.md` for the sample customers. Not started yet. */
export function createSampleAccountApi(customers: readonly SampleCustomer[], key: string, clock: Clock): Server {
  return createServer((request, response) => {
    const { status, body } = answer(request.url ?? '', request.headers.authorization);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });

  function answer(url: string, authorization: string | undefined) {
    if (authorization !== `Bearer ${key}`) return { status: 401, body: { error: { code: 'unauthorized' } } };
    const [, accountId = '', userId = ''] = (path.exec(url) ?? []).map(decodeURIComponent);
    const inAccount = customers.filter((one) => one.person.accountId === accountId);
    const customer = inAccount.find((one) => one.person.userId === userId);
    if (typeof customer?.access === 'function') return { status: 200, body: customer.access(clock.now()) };
    const code = customer?.access ?? (inAccount.length > 0 ? 'user_not_in_account' : 'account_not_found');
    return { status: 404, body: { error: { code } } };
  }
}
