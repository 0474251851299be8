import { createServer, type Server } from 'node:http';
import type { Clock } from '../domain/ports.ts';
import type { SampleCustomer } from './customers.ts';

const path = /^\/v1\/accounts\/([^/?]+)\/users\/([^/?]+)\/access$/;

/** An HTTP server that speaks `docs/account-api.yaml` for the sample customers. Not started yet. */
export function createSampleAccountApi(customers: readonly SampleCustomer[], key: string, clock: Clock): Server {
  return createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    const { status, body } =
      headers.authorization === `Bearer ${key}` ? answer(method, url) : refusal(401, 'unauthorized');
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });

  function answer(method: string, url: string) {
    const asked = idsIn(url);
    if (!asked) return refusal(404, 'no_such_path');
    if (method !== 'GET') return refusal(405, 'only_get');
    const inAccount = customers.filter((one) => one.person.accountId === asked.accountId);
    const customer = inAccount.find((one) => one.person.userId === asked.userId);
    if (typeof customer?.access === 'function') return { status: 200, body: customer.access(clock.now()) };
    return refusal(404, customer?.access ?? (inAccount.length > 0 ? 'user_not_in_account' : 'account_not_found'));
  }
}

function refusal(status: number, code: string) {
  return { status, body: { error: { code } } };
}

function idsIn(url: string) {
  try {
    const [, accountId, userId] = (path.exec(url) ?? []).map(decodeURIComponent);
    return accountId && userId ? { accountId, userId } : null;
  } catch {
    // Not percent-encoded as it should be.
    return null;
  }
}
