import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FarEnd } from './contract.ts';
import { reply } from './receiver.ts';

/** What the fakes read of a body; it is compared whole. */
export interface Posted {
  readonly ticket?: {
    readonly external_id?: string;
    readonly requester?: unknown;
    readonly comment?: { readonly html_body?: string };
  };
  readonly requestFieldValues?: { readonly summary?: string };
  readonly custom_fields?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly private?: boolean;
  readonly public?: boolean;
  readonly email?: unknown;
  readonly name?: unknown;
  readonly raiseOnBehalfOf?: unknown;
  readonly requestParticipants?: unknown;
}

/** A request as it came, its body read as JSON. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Posted;
}

/** What a fake answers. */
export interface Told {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** How it fails: `late` does what it is asked and never says so; `cut` says so in half an answer. */
export type Fault = FarEnd | 'limited' | 'cut';

/** A vendor’s API on this machine: `answer` is its logic, `fault` what is wrong with it, perhaps only for some requests. */
export async function startFarEnd(answer: (asked: Asked) => Told) {
  const asked: Asked[] = [];
  const farEnd = {
    asked,
    fault: 'up' as Fault,
    /** Answered to every request instead; null: what its logic says. */
    told: null as Told | null,
    /** Of a fault: for these requests; the others are answered. */
    hits: (asked: Asked) => asked.path !== '',
    url: new URL('http://127.0.0.1'),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
    /** The bodies of one kind of request, in order. */
    sent: (method: string, path: RegExp) =>
      asked.filter((one) => one.method === method && path.test(one.path)).map(({ body }): unknown => body),
    only: (method: string): Asked => {
      const [one = assert.fail(), ...more] = asked.filter((each) => each.method === method);
      assert.deepEqual(more, []);
      return one;
    },
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const url = new URL(request.url ?? '', 'http://far.end');
      const method = request.method ?? '';
      // Microsoft and Slack are sent forms.
      const body = (/^[{[]/.test(text) ? JSON.parse(text) : {}) as Posted;
      const one = { method, path: url.pathname, query: url.searchParams, headers: request.headers, body };
      asked.push(one);
      const fault = farEnd.hits(one) ? farEnd.fault : 'up';
      // Whoever answers with an error may well repeat what it was sent.
      const echo = JSON.stringify([text, request.headers]);
      const failing = { down: 503, refusing: 422, limited: 429 }[fault as string];
      if (failing !== undefined) {
        reply(response, failing, echo, failing === 429 ? { 'retry-after': '7' } : {});
        return;
      }
      const told = farEnd.told ?? answer(one);
      if (fault === 'late') return;
      const whole = told.body === undefined ? '' : JSON.stringify(told.body);
      const headers = { 'content-type': 'application/json', ...told.headers };
      if (fault === 'cut') {
        response.writeHead(told.status, headers);
        response.write(whole.slice(0, whole.length / 2));
        response.destroy();
        return;
      }
      reply(response, told.status, whole, headers);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  farEnd.url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return farEnd;
}

/** Whether a request carries this user and password. */
export function isFrom(user: string, password: string, { headers }: Asked): boolean {
  return headers.authorization === `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
