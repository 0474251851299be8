import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { createChannelClient } from '../../../src/channels/local/channel-client.ts';
import { createExpectedReplies } from '../../../src/channels/local/expected-replies.ts';
import { isLocalService, whyNotLocal } from '../../../src/channels/local/request-guard.ts';
import type { Connector } from '../../../src/channels/teams/connector.ts';
import type { Wire } from '../../../src/channels/wire.ts';
import { readConfig } from '../../../src/config.ts';
import { isLoopback } from '../../../src/domain/web-address.ts';
import { call } from '../../support/direct-line.ts';
import { keptLog } from '../../support/fakes.ts';
import { startTestProduct } from '../../support/product.ts';
import { drawing } from '../teams/drawing.ts';
import { emulator } from './activities.ts';
import { channelsWith, startBot, type Bot } from './bot.ts';
import { startTool, type Tool } from './tool.ts';

const here = [
  'http://localhost:56150',
  'http://localhost:56150/_connector',
  'http://127.0.0.1:1/',
  'http://[::1]:5000',
];
const elsewhere = [
  ...['https://smba.trafficmanager.net/teams/', 'http://192.168.1.5:56150', 'http://localhost.evil.example:1'],
  ...['http://127.0.0.1.evil.example', 'http://localhost:1@evil.example/', 'http://evil.example', 'http://[::2]:1'],
  ...['http://0.0.0.0:1', 'http://127.1:1', 'http://2130706433:1', 'https://localhost:1', 'file:///etc', 'localhost'],
  ...['http://localhost:1/?a=b', 'http://localhost:1/a#b', 'http://localhost:1/a/%2e%2e', 'http://u:p@localhost:1'],
];
const others = ['evil.example', 'evil.example:3978', 'localhost.evil.example', '127.0.0.1.evil.example:80', '10.0.0.7'];
const teams = {
  TEAMS_APP_ID: '8f14e45f-ceea-4a2b-9c1d-000000000001',
  ...{ TEAMS_APP_SECRET: 'value', TEAMS_APP_TENANT: '72f988bf-86f1-41af-91ab-000000000002' },
};
const company = {
  ...{ DEMO: '0', ACCOUNT_API_URL: 'https://api.example.com', ACCOUNT_API_KEY: 'key' },
  ...{ IDENTITY_ISSUER: 'https://www.example.com', IDENTITY_AUDIENCE: 'a', IDENTITY_SECRET: 's'.repeat(32) },
};

describe('what is not of this machine', () => {
  let bot: Bot;
  let tool: Tool;
  before(async () => {
    tool = await startTool();
    bot = await startBot('over-limit', { metricsKey: 'key' });
  });
  after(async () => {
    await bot.stop();
    tool.close();
  });

  /** As a request comes over a socket: fetch would not name another host. */
  const from = (headers: Record<string, string>, body: unknown = emulator(tool.base).opened()) =>
    new Promise<number>((resolve, reject) => {
      const { hostname, port } = new URL(bot.url);
      const all = { 'content-type': 'application/json', ...headers };
      const sent = request({ hostname, port, path: '/api/messages', method: 'POST', headers: all }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      sent.on('error', reject);
      sent.end(typeof body === 'string' ? body : JSON.stringify(body));
    });

  for (const serviceUrl of elsewhere)
    it(`is not answered there: ${serviceUrl}`, async () => {
      assert.equal(isLocalService(serviceUrl), false);
      assert.equal((await bot.post({ ...emulator(tool.base).opened(), serviceUrl })).status, 403);
    });

  for (const host of others)
    it(`is refused, for its name leads here: ${host}`, async () => {
      assert.equal(await from({ host }), 403);
      assert.equal(await from({ host, origin: `http://${host}` }), 403);
    });

  for (const name of ['X-Forwarded-For', 'X-Forwarded-Host', 'X-Real-IP', 'Forwarded', 'Via'])
    it(`is refused where somebody passed it on: ${name}`, async () => {
      assert.equal(await from({ [name]: '127.0.0.1' }), 403);
    });

  it('is refused from pages of other sites, on this machine too', async () => {
    for (const origin of ['https://evil.example', 'http://localhost:8080', 'null'])
      assert.equal(await from({ origin }), 403, origin);
    assert.equal(await from({ 'content-type': 'text/plain' }), 415);
  });

  it('is refused by its address, and by nothing that it says', () => {
    const why = (remoteAddress: string | undefined) =>
      whyNotLocal({ socket: { remoteAddress }, headers: { host: 'localhost:3978' } } as unknown as IncomingMessage);
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '127.8.9.10']) assert.equal(why(address), null);
    for (const address of ['10.0.0.7', '::ffff:10.0.0.7', '::2', 'fe80::1', '', undefined])
      assert.equal(why(address), 'address-elsewhere', address);
  });

  it('makes us call nobody, and is no fault of ours', () => {
    assert.deepEqual(tool.asked, []);
    assert.deepEqual(bot.faults(), []);
  });

  it('is counted by why', async () => {
    const { body } = await call(`${bot.url}/metrics`, 'GET', undefined, { authorization: 'Bearer key' });
    for (const why of ['host-elsewhere', 'passed-on', 'service-url-refused'])
      assert.match(String(body.text), new RegExp(`latchkey_refused_total\\{channel="local",why="${why}"\\} [1-9]`));
  });

  it('is refused where it is no activity of these tools', async () => {
    const good = emulator(tool.base).opened();
    const bad: readonly Wire[] = [
      ...[{}, { ...good, channelId: 'slack' }, { ...good, channelId: undefined }, { ...good, serviceUrl: null }],
      ...[
        { ...good, from: undefined },
        { ...good, conversation: 'one' },
        { ...good, recipient: [] },
      ],
    ];
    for (const activity of bad) assert.equal((await bot.post(activity)).status, 400, JSON.stringify(activity));
    assert.equal(await from({}, '{"a":'), 400);
    assert.equal(await from({}, JSON.stringify({ ...good, text: 'x'.repeat(300_000) })), 413);
  });

  it('gets nothing, even if it was stored as an address', async () => {
    const log = keptLog();
    const connector = { send: () => assert.fail(), update: () => assert.fail() } as unknown as Connector;
    const chosen = () => Promise.resolve(null);
    const client = createChannelClient({ connector, expected: createExpectedReplies(), log, drawing, chosen });
    const to = { service: 'http://evil.example', conversation: 'c', place: 'emulator|c', bot: 'b', draws: 'cards' };
    const reply = { kind: 'text', text: 'hello', actions: [] } as const;
    const stored = { type: 'reply', seq: 1, at: 0, author: null, reply } as const;
    await assert.rejects(client.send(to, stored, 'id'), { code: 'channel-refused' });
    await assert.rejects(client.removeButtons(to, { ref: 'r', seq: 1 }, reply, 'local_talk'), {
      code: 'channel-refused',
    });
    await client.typing(to);
  });
});

describe('the local bot', () => {
  const started: { stop(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of started.splice(0)) await one.stop();
  });
  const running = async <T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
    const product = await starting;
    started.push(product);
    return product;
  };

  it('knows what is this machine', () => {
    for (const service of here) assert.equal(isLocalService(service), true, service);
    for (const host of ['localhost', 'LOCALHOST', '127.0.0.1', '127.255.0.1', '::1', '[::1]'])
      assert.equal(isLoopback(host), true, host);
    for (const host of ['', '0.0.0.0', '::', '128.0.0.1', '127.0.0.1.evil.example', 'localhost.', ...others])
      assert.equal(isLoopback(host), false, host);
  });

  for (const [why, env, status] of [
    ['the demo is off', company, 404],
    ['Teams is set', teams, 401],
    ['others can reach the server', { HOST: '0.0.0.0' }, 404],
    ['others can reach it by its address', { HOST: '192.168.1.5' }, 404],
    ['others can reach it by IPv6', { HOST: '::' }, 404],
    ['it has a public address', { PUBLIC_URL: 'https://help.example.com' }, 404],
  ] as const)
    it(`is not there where ${why}`, async () => {
      const { channels, demo } = readConfig({ DEMO: '1', ...env });
      assert.equal(channels.local, null);
      const product = await running(startTestProduct({ channels, demo }));
      const activity = emulator('http://localhost:56150').opened();
      assert.equal((await call(`${product.url}/api/messages`, 'POST', activity)).status, status);
      assert.deepEqual(warnings(product), []);
    });

  it('is there on this machine alone, as the sample customer that was chosen', () => {
    for (const host of ['', '127.0.0.1', 'localhost', '::1'])
      assert.deepEqual(readConfig({ HOST: host }).channels.local, { customer: 'over-limit' });
    const own = { DEMO: '1', PUBLIC_URL: 'http://localhost:3978', LOCAL_CUSTOMER: 'no-seat' };
    assert.deepEqual(readConfig(own).channels.local, { customer: 'no-seat' });
  });

  it('does not start as a sample customer that nobody knows, but where there is none', () => {
    assert.throws(() => readConfig({ LOCAL_CUSTOMER: 'admin' }), {
      message: /^LOCAL_CUSTOMER is not valid: it should be one of over-limit, wrong-plan, /,
    });
    assert.equal(readConfig({ ...company, LOCAL_CUSTOMER: 'admin' }).channels.local, null);
  });

  it('is not there without the demo, even if it is set', async () => {
    const product = await running(
      startTestProduct({ channels: channelsWith({ customer: 'over-limit' }), demo: false }),
    );
    assert.equal((await call(`${product.url}/api/messages`, 'POST', {})).status, 404);
  });

  it('says once, when it starts, whom it answers', async () => {
    const product = await running(startBot());
    assert.deepEqual(warnings(product), [
      'POST /api/messages answers anybody on this machine, without a token: the demo is on and TEAMS_APP_ID is not set',
    ]);
  });
});

function warnings({ log }: Pick<Bot, 'log'>): readonly string[] {
  return log.lines.filter(({ level }) => level === 'warn').map(({ message }) => message);
}
