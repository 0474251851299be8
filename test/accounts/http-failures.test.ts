import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { httpGet } from '../../src/accounts/get.ts';
import { createHttpAccounts } from '../../src/accounts/http.ts';
import { unreadSnapshot } from '../../src/domain/snapshot.ts';
import { restoreSubject } from '../../src/identity/verify.ts';
import { fakeClock, keptLog } from '../support/fakes.ts';
import { subject, validAnswer } from './fixture.ts';

const text = JSON.stringify(validAnswer);
const says =
  (status: number, body = '', headers = {}): RequestListener =>
  (_, response) => {
    // restify, where a test of this process loaded it, takes the chaining away.
    response.writeHead(status, headers);
    response.end(body);
  };
const page = '<!doctype html><title>Bad gateway</title>';
const deadlineMs = 5_000;
const code = (name: string) => JSON.stringify({ error: { code: name } });

/** What the far end does, what we log, and how long we wait (milliseconds). */
const table: readonly (readonly [string, RequestListener, string, number?])[] = [
  ['says that our key is wrong', says(401), 'error account-refused'],
  ['says that our key may not', says(403, page), 'error account-refused'],
  ['asks for patience', says(429, '', { 'retry-after': '1' }), 'warn account-unreachable'],
  ['fails', says(500, text), 'warn account-unreachable'],
  ['is not there behind its proxy', says(502, page), 'warn account-unreachable'],
  ['is down for maintenance', says(503, page), 'warn account-unreachable'],
  ['answers with no content', says(204), 'warn account-unreachable'],
  ['answers with a page', says(200, page), 'error account-garbage'],
  ['answers with nothing', says(200), 'error account-garbage'],
  ['answers with half of its JSON', says(200, text.slice(0, 200)), 'error account-garbage'],
  ['answers with JSON that is no object', says(200, '[]'), 'error account-garbage'],
  ['answers with null', says(200, 'null'), 'error account-garbage'],
  ['answers with very deep JSON', says(200, '['.repeat(100_000) + ']'.repeat(100_000)), 'error account-garbage'],
  ['answers with 2 MB', says(200, text + ' '.repeat(2_097_152)), 'error account-garbage'],
  ['has no such path', says(404, page), 'error account-garbage'],
  ['has another reason for 404', says(404, code('no_such_route')), 'error account-garbage'],
  ['sends us elsewhere', says(302, text, { location: 'https://elsewhere.test/' }), 'warn account-unreachable'],
  ['sends us elsewhere for good', says(308, text, { location: '/again' }), 'warn account-unreachable'],
  ['hangs up before it answers', (_, response) => void response.socket?.destroy(), 'warn account-unreachable'],
  ['hangs up in the middle', hangsUp, 'warn account-unreachable'],
  ['never answers', () => undefined, 'warn account-unreachable', 50],
  ['drips', drips, 'warn account-unreachable', 50],
];

function hangsUp(...[, response]: Parameters<RequestListener>): void {
  response.writeHead(200, { 'content-length': text.length });
  response.write(text.slice(0, 100), () => response.socket?.destroy());
}

/** Valid JSON, a character at a time, and never the last one. */
function drips(...[, response]: Parameters<RequestListener>): void {
  let sent = 0;
  const timer = setInterval(() => response.write(text[sent++ % (text.length - 1)]), 5);
  response.on('close', () => clearInterval(timer));
}

describe('an account API that', () => {
  for (const [does, listener, logged, patience = deadlineMs] of table)
    it(`${does} leaves the account unknown`, async () => {
      const { snapshot, lines, requests, at } = await readFrom(listener, patience);
      assert.deepEqual(snapshot, unreadSnapshot('verified', at));
      assert.deepEqual(lines, [logged]);
      assert.equal(requests.length, 1, 'one request, no retries');
    });

  it('answers within the deadline is read to its last byte', async () => {
    const { snapshot, lines } = await readFrom(says(200, text + ' '.repeat(1_048_576 - Buffer.byteLength(text))));
    assert.equal(snapshot.plan.known && snapshot.plan.value, 'starter');
    assert.deepEqual(lines, []);
  });

  it('is asked with our key, for JSON, for exactly this user', async () => {
    const { requests } = await readFrom(says(200, text));
    const [asked] = requests;
    assert.equal(asked?.url, '/base/v1/accounts/acct_42/users/usr_7/access');
    assert.deepEqual([asked.method, asked.headers.authorization], ['GET', 'Bearer a-secret-key']);
    assert.equal(asked.headers.accept, 'application/json');
  });

  for (const id of ['a/b', '../../admin', 'x?y=1', 'a#b', 'é ü', '%2e%2e', 'a\\b', 'usr|1;2&3'])
    it(`is asked for the id ${id} as one part of the path`, async () => {
      const { requests } = await readFrom(says(404, code('account_not_found')), deadlineMs, id);
      const [, base, v1, accounts, accountId, users, userId, access, ...rest] = requests[0]?.url?.split('/') ?? [];
      assert.deepEqual([base, v1, accounts, users, access, rest], ['base', 'v1', 'accounts', 'users', 'access', []]);
      assert.deepEqual(
        [accountId, userId].map((part) => decodeURIComponent(part ?? '')),
        [id, id],
      );
    });
});

async function readFrom(listener: RequestListener, patience = deadlineMs, id?: string) {
  const requests: Parameters<RequestListener>[0][] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    listener(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/base`;
  const [clock, log] = [fakeClock(), keptLog()];
  const api = { url, key: 'a-secret-key', deadlineMs: patience };
  const as = id === undefined ? subject : restoreSubject({ ...subject, accountId: id, userId: id });
  const snapshot = await createHttpAccounts(api, { get: httpGet, clock, log }).read(as);
  server.closeAllConnections();
  await once(server.close(), 'close');
  const lines = log.lines.map(({ level, fields }) => `${level} ${(fields as { code: string }).code}`);
  return { snapshot, lines, requests, at: clock.now() };
}
