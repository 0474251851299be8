import type { Server } from 'node:http';
import type { Clock } from '../domain/ports.ts';
import type { SampleCustomer } from './customers.ts';
import { createServer } from './create-server.ts';

const accessPath = /^\/v1\/accounts\/([^/?]+)\/users\/([^/?]+)\/access(?:\?object=([^&]+))?$/;

interface Asked {
  readonly accountId: string;
  readonly userId: string;
  readonly object: string | undefined;
}

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
    const answerTo = readerOf(url);
    if (!answerTo) return refusal(404, 'no_such_path');
    return method === 'GET' ? answerTo() : refusal(405, 'only_get');
  }

  function readerOf(url: string) {
    const ids = idsIn(url);
    if (ids) return () => accessOf(ids);
    const email = emailIn(url);
    return email === null ? null : () => ({ status: 200, body: { people: peopleAt(email) } });
  }

  function accessOf({ accountId, userId, object }: Asked) {
    const inAccount = customers.filter((one) => one.person.accountId === accountId);
    const customer = inAccount.find((one) => one.person.userId === userId);
    if (typeof customer?.access === 'function') return { status: 200, body: customer.access(clock.now(), object) };
    return refusal(404, customer?.access ?? (inAccount.length > 0 ? 'user_not_in_account' : 'account_not_found'));
  }

  /** Of those who are in an account, `over-limit` is `over-limit@example.com`. */
  function peopleAt(email: string) {
    return customers
      .filter(({ name, access }) => typeof access === 'function' && email.toLowerCase() === `${name}@example.com`)
      .map(({ person: { accountId, userId, name } }) => ({ account_id: accountId, user_id: userId, name }));
  }
}

function refusal(status: number, code: string) {
  return { status, body: { error: { code } } };
}

function idsIn(url: string): Asked | null {
  try {
    const [, accountId, userId, object] = (accessPath.exec(url) ?? []).map(
      (part?: string) => part && decodeURIComponent(part),
    );
    return accountId && userId ? { accountId, userId, object } : null;
  } catch {
    // Not percent-encoded as it should be.
    return null;
  }
}

function emailIn(url: string): string | null {
  const { pathname, searchParams } = URL.parse(url, 'http://sample') ?? {};
  return pathname === '/v1/people' ? (searchParams?.get('email') ?? null) : null;
}
