import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createResilientGet } from '../../src/accounts/resilient-get.ts';
import { createAccountReader } from '../../src/accounts/read-account.ts';
import { httpGet } from '../../src/accounts/http-get.ts';
import { seldomTold } from '../../src/accounts/account-api-facts.ts';
import { createAccountApiSource } from '../../src/accounts/account-api.ts';
import { accountMembers, type AccountMember } from '../../src/domain/snapshot.ts';
import { restoreSubject } from '../../src/identity/verify.ts';
import { keptLog } from '../support/fakes.ts';
import { subject, validAnswer } from './fixture.ts';

const text = JSON.stringify(validAnswer);
const says =
  (status: number, body = '', headers = {}): RequestListener =>
  (_, response) => {
    // restify, where a test of this process loaded it, takes the chaining away.
    response.writeHead(status, headers);
    response.end(body);
  };

/** What only a real socket shows: what the far end does, what we log, and how often it was asked. */
const table: readonly (readonly [string, RequestListener, string, number])[] = [
  ['asks for more patience than we have', says(429, '', { 'retry-after': '3' }), 'warn account-unreachable', 1],
  ['asks for no patience', says(429, '', { 'retry-after': '0' }), 'warn account-unreachable', 2],
  ['fails', says(500, text), 'warn account-unreachable', 2],
  ['says that our key is wrong', says(401), 'error account-refused', 1],
  ['answers with 2 MB', says(200, text + ' '.repeat(2_097_152)), 'error account-garbage', 1],
  ['drips 2 MB', floods, 'error account-garbage', 1],
  ['sends us elsewhere', says(302, text, { location: 'https://elsewhere.test/' }), 'warn account-unreachable', 1],
  ['sends us elsewhere for good', says(308, text, { location: '/again' }), 'warn account-unreachable', 1],
  ['hangs up before it answers', (_, response) => void response.socket?.destroy(), 'warn account-unreachable', 2],
  ['hangs up in the middle', hangsUp, 'warn account-unreachable', 2],
  ['never answers', () => undefined, 'warn account-unreachable', 1],
  ['drips', drips, 'warn account-unreachable', 1],
  ['answers with half of its JSON', says(200, text.slice(0, 200)), 'error account-garbage', 1],
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

/** Spaces without a length, as long as anybody reads. */
function floods(...[, response]: Parameters<RequestListener>): void {
  const more = () => {
    while (response.writable && response.write(' '.repeat(65_536)));
  };
  response.on('drain', more);
  more();
}

/** What no source is expected to tell. */
const nobody: readonly AccountMember[] = ['incidents', ...seldomTold];

describe('an account API that', () => {
  for (const [does, listener, logged, asked] of table)
    it(`${does} leaves the account unknown`, async () => {
      const waits = does === 'never answers' || does === 'drips';
      const { snapshot, lines, requests, tookMs } = await readFrom(listener, undefined, waits ? 1 : 50);
      const why = (member: AccountMember) => (snapshot[member].known ? 'known' : snapshot[member].why);
      const expected = accountMembers.map((member) => (nobody.includes(member) ? 'not-connected' : 'not-read'));
      assert.deepEqual(accountMembers.map(why), expected);
      assert.deepEqual(lines, [logged]);
      assert.equal(requests.length, asked);
      if (waits) assert.ok(tookMs < totalMs, `${tookMs} ms where ${leftMs} ms were left`);
    });

  it('answers with 1 MB within the deadline is read to its last byte', async () => {
    const { snapshot, lines } = await readFrom(says(200, text + ' '.repeat(1_048_576 - Buffer.byteLength(text))));
    assert.equal(snapshot.plan.known && snapshot.plan.value, 'starter');
    assert.deepEqual(lines, []);
  });

  it('fails once is read all the same', async () => {
    let count = 0;
    const { snapshot, requests } = await readFrom((...call) => {
      count += 1;
      (count === 1 ? says(503, '', { 'retry-after': '0' }) : says(200, text))(...call);
    });
    assert.equal(snapshot.plan.known && snapshot.plan.value, 'starter');
    assert.equal(requests.length, 2);
  });

  it('is asked with our key, for JSON, for exactly this user', async () => {
    const { requests } = await readFrom(says(200, text));
    const [asked] = requests;
    assert.equal(asked?.url, '/base/v1/accounts/acct_42/users/usr_7/access?object=doc_9');
    assert.deepEqual([asked.method, asked.headers.authorization], ['GET', 'Bearer a-secret-key']);
    assert.equal(asked.headers.accept, 'application/json');
  });

  for (const id of ['a/b', '../../admin', 'x?y=1', 'a#b', 'é ü', '%2e%2e', 'a\\b', 'usr|1;2&3'])
    it(`is asked for the id ${id} as one part of the path`, async () => {
      const { requests } = await readFrom(says(404, '{"error":{"code":"account_not_found"}}'), id);
      const [, base, v1, accounts, accountId, users, userId, access, ...rest] = requests[0]?.url?.split('/') ?? [];
      assert.deepEqual(
        [base, v1, accounts, users, access, rest],
        ['base', 'v1', 'accounts', 'users', 'access?object=doc_9', []],
      );
      assert.deepEqual(
        [accountId, userId].map((part) => decodeURIComponent(part ?? '')),
        [id, id],
      );
    });
});

describe('an answer', () => {
  it('has its headers, by their names in lower case', async () => {
    const { url, close } = await listen(says(429, '', { 'Retry-After': '7', 'set-cookie': ['a=1', 'b=2'] }));
    const { header } = await httpGet(url, { headers: {}, deadlineMs: 5_000, mostBytes: 10 });
    await close();
    assert.deepEqual([header('retry-after'), header('set-cookie'), header('etag')], ['7', 'a=1', undefined]);
  });
});

async function listen(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/base`,
    close: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}

const totalMs = 2_500;
const leftMs = 400;

/**
 * A reading that has 400 ms left of its 2,500 when it begins to ask; pauses take no time. What does not wait for their end has
 * each of them `slowly` times, so that it is done on any machine.
 */
async function readFrom(listener: RequestListener, id?: string, slowly = 50) {
  const requests: Parameters<RequestListener>[0][] = [];
  const far = await listen((request, response) => {
    requests.push(request);
    listener(request, response);
  });
  const log = keptLog();
  const begin = performance.now();
  let jumpMs = 0;
  const clock = { now: () => performance.now() / slowly + jumpMs };
  const random = { id: (length: number) => 'A'.repeat(length) };
  const get: typeof httpGet = (url, options) => httpGet(url, { ...options, deadlineMs: options.deadlineMs * slowly });
  const careful = createResilientGet({ get, sleep: () => Promise.resolve(), clock, random, log });
  const startReading = () => {
    const started = careful();
    jumpMs = totalMs - leftMs;
    return started;
  };
  const source = createAccountApiSource({ url: far.url, key: 'a-secret-key' });
  const as = id === undefined ? subject : restoreSubject({ ...subject, accountId: id, userId: id });
  const snapshot = await createAccountReader([source], { startReading, clock, log }).read(as);
  const tookMs = performance.now() - begin;
  await far.close();
  const lines = log.lines.map(({ level, fields }) => `${level} ${(fields as { code: string }).code}`);
  return { snapshot, lines, requests, tookMs };
}
