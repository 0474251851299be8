import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StartReading } from '../../src/accounts/resilient-get.ts';
import { httpGet } from '../../src/accounts/http-get.ts';
import type { AccountSource } from '../../src/accounts/source.ts';
import { SupportError } from '../../src/domain/errors.ts';
import type { HttpGet } from '../../src/domain/ports.ts';

/** One answer: a string is sent as it is, anything else as JSON. `refused`: the connection fails. */
export type FarAnswer = { readonly status: number; readonly body: unknown; readonly retryAfterMs?: number } | 'refused';

/** What stands behind a source: the answer to each GET. */
export type FarEnd = (url: URL, headers: Readonly<Record<string, string | string[] | undefined>>) => FarAnswer;

/** A source with its far end, and how it asks that. */
export interface Connected {
  readonly source: AccountSource;
  readonly get: HttpGet;
  close(): void | Promise<void>;
}

export type Connect = (farEnd: FarEnd) => Connected | Promise<Connected>;

const textOf = (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body));

/** A GET that asks a far end without any network. */
export function getFrom(farEnd: FarEnd): HttpGet {
  return (url, { headers, mostBytes }) => {
    const answer = farEnd(new URL(url), headers);
    if (answer === 'refused') return Promise.reject(new SupportError('account-unreachable', { detail: 'refused' }));
    const { status, body, retryAfterMs } = answer;
    const text = textOf(body);
    if (text.length > mostBytes) return Promise.reject(new SupportError('account-garbage'));
    const seconds = retryAfterMs === undefined ? undefined : String(retryAfterMs / 1_000);
    return Promise.resolve({ status, text, header: (name) => (name === 'retry-after' ? seconds : undefined) });
  };
}

/** Readings of such a far end, each tried once. */
export function readingFrom(farEnd: FarEnd): StartReading {
  const get = getFrom(farEnd);
  return () => () => (url, headers) => get(url, { headers: { ...headers }, deadlineMs: 1_000, mostBytes: 1_048_576 });
}

/** The far end without any network. */
export function inMemory(source: AccountSource): Connect {
  return (farEnd) => ({ source, get: getFrom(farEnd), close: () => undefined });
}

/** The far end behind a real socket; `make` gets its address, without a slash at the end. */
export function overSocket(make: (url: string) => AccountSource): Connect {
  return async (farEnd) => {
    const server = createServer((request, response) => {
      const answer = farEnd(new URL(request.url ?? '', 'http://far-end.test'), request.headers);
      if (answer === 'refused') return void request.socket.destroy();
      const { status, body, retryAfterMs } = answer;
      // restify, where a test of this process loaded it, takes the chaining away.
      response.writeHead(status, retryAfterMs === undefined ? {} : { 'retry-after': String(retryAfterMs / 1_000) });
      response.end(status === 204 ? undefined : textOf(body));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return {
      source: make(`http://127.0.0.1:${port}`),
      get: httpGet,
      async close() {
        server.closeAllConnections();
        await once(server.close(), 'close');
      },
    };
  };
}
