import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dataFolder, withChild } from '../support/child.ts';
import { askForPerson, signIn } from '../support/console.ts';
import { isBot, latchkeyOf, newChat, type Chat, type Stream } from '../support/direct-line.ts';
import { startHeldApi } from '../support/held-api.ts';

const recorder = pathToFileURL(resolve(import.meta.dirname, '../support/egress-recorder.ts')).href;

/** What a product does on the network, in a process of its own, while somebody talks with it. */
async function watched(settings: Readonly<Record<string, string>>, talk: (url: string) => Promise<void>) {
  const folder = dataFolder();
  const file = join(folder, 'egress');
  const env = { ...settings, NODE_OPTIONS: `--import ${recorder}`, EGRESS_FILE: file };
  await withChild(folder, env, async ({ url }) => talk(url));
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  rmSync(folder, { recursive: true });
  const of = (what: string) =>
    lines.filter((line) => line.startsWith(`${what} `)).map((line) => line.split(' ').slice(1));
  return {
    listens: of('listen').map(([port = '']) => port),
    connects: of('connect').map(([host = '', port = '']) => ({ host, port })),
    /** Names that are not this machine's. */
    lookups: of('lookup').flatMap(([name = '']) => (/^(localhost|127\.0\.0\.1|::1)$/.test(name) ? [] : [name])),
    datagrams: lines.filter((line) => line === 'datagrams').length,
  };
}

async function say(chat: Chat, stream: Stream, words: string): Promise<void> {
  const { body } = await chat.write(words);
  await stream.until((one) => isBot(one) && String(one.id) > String(body.id));
}

const here = /^(localhost|127\.0\.0\.1|::1)$/;

describe('with no integration set', () => {
  it('the demo connects to nobody but itself: its sample account API and status page, on this machine, in its own process', async () => {
    const { listens, connects, lookups, datagrams } = await watched({}, async (url) => {
      const { ticket, stream } = await askForPerson(url);
      await stream.close();
      const desk = await signIn(url);
      for (const path of ['tickets', `tickets/${ticket}`, 'insights', 'audit']) await desk.get(path);
      assert.equal((await desk.act(ticket, 'claim', { from: null })).status, 200);
      assert.equal((await desk.act(ticket, 'close', { cause: 'none' })).status, 200);
      for (const path of ['/', '/widget.js', '/health', '/articles/access-denied']) await fetch(url + path);
    });
    assert.deepEqual([lookups, datagrams], [[], 0]);
    assert.ok(connects.length > 0, 'the account was read');
    for (const { host, port } of connects) assert.ok(here.test(host) && listens.includes(port), `${host}:${port}`);
    assert.equal(listens.length, 3, 'itself, its account API, its status page');
  });

  it('a company’s connects to its account API alone, and to nothing at all for who is not signed in', async () => {
    const api = await startHeldApi();
    const settings = {
      ...api.settings,
      DEMO: '0',
      IDENTITY_ISSUER: 'site',
      IDENTITY_AUDIENCE: 'latchkey',
      IDENTITY_SECRET: 's'.repeat(32),
    };
    const all = await watched(settings, async (url) => {
      const chat = await newChat(url);
      const stream = await chat.listen();
      for (const words of ['I get access denied when I try to export', 'Talk to a person', 'how do I get an API key?'])
        await say(chat, stream, words);
      assert.ok(stream.activities.some((one) => latchkeyOf(one).ticket !== undefined));
      await stream.close();
    });
    assert.deepEqual([all.connects, all.lookups, all.datagrams], [[], [], 0]);
    const signed = await watched(settings, async (url) => {
      const chat = await newChat(url, identity());
      await chat.listen();
      await chat.write('I get access denied when I try to export');
      (await api.asked())();
    });
    api.close();
    const { port } = new URL(api.settings.ACCOUNT_API_URL);
    assert.deepEqual([...new Set(signed.connects.map((one) => `${one.host} ${one.port}`))], [`127.0.0.1 ${port}`]);
    assert.deepEqual([signed.lookups, signed.datagrams], [[], 0]);
  });
});

/** An identity as a company's site signs it. */
function identity(): string {
  const now = Math.floor(Date.now() / 1_000);
  const claims = {
    iss: 'site',
    aud: 'latchkey',
    sub: 'u1',
    account_id: 'a1',
    iat: now,
    exp: now + 60,
    jti: String(now),
  };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${head}.${createHmac('sha256', 's'.repeat(32)).update(head).digest('base64url')}`;
}
