import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lexer, type Tokens } from 'marked';
import { networkOf } from '../../src/domain/networks.ts';
import { openChat, openStream, isBot } from '../support/direct-line.ts';
import { startTestProduct, type TestProduct } from '../support/product.ts';
import { root } from '../support/sources.ts';

const codes = lexer(readFileSync(join(root, 'docs/proxy.md'), 'utf8')).filter(
  (one): one is Tokens.Code => one.type === 'code',
);
const configOf = (lang: string) => codes.find((one) => one.lang === lang)?.text ?? assert.fail(lang);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

interface Ports {
  readonly at: number;
  readonly product: string;
  readonly folder: string;
}
/** How each is started on this machine with its configuration of the document; TLS and the name are left out. */
const proxies: Readonly<
  Record<string, (ports: Ports) => { config: string; command: string; args: readonly string[] }>
> = {
  nginx: ({ at, product, folder }) => ({
    command: 'nginx',
    args: ['-p', folder, '-c', join(folder, 'config'), '-g', 'daemon off;', '-e', join(folder, 'error.log')],
    config: [
      `pid ${folder}/pid; events {} http { access_log off; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;`,
      `fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;`,
      configOf('nginx')
        .replace('listen 443 ssl;', `listen 127.0.0.1:${at};`)
        .replaceAll(/^.*ssl_certificate.*$/gm, '')
        .replace('http://127.0.0.1:3978', product),
      '}',
    ].join('\n'),
  }),
  caddy: ({ at, product, folder }) => ({
    command: 'caddy',
    args: ['run', '--adapter', 'caddyfile', '--config', join(folder, 'config')],
    config: `{\n  admin off\n}\n${configOf('caddy').replace('help.example.com', `http://127.0.0.1:${at}`).replace('127.0.0.1:3978', product.replace('http://', ''))}\n`,
  }),
};

async function answers(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    if (
      await fetch(`${url}/health`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`the proxy ended with ${child.exitCode}`);
}

/** Begins a conversation from an address that is no proxy's; `forged`: where the client says to be. */
async function begin(url: string, forged: string): Promise<number> {
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': forged };
  const sent = request(`${url}/v3/directline/tokens/generate`, { method: 'POST', headers, localAddress: '127.0.0.2' });
  sent.end('{}');
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  answer.resume();
  return answer.statusCode ?? 0;
}

describe('behind a proxy that is set up as docs/proxy.md says', () => {
  it('every header that is needed is passed on by nginx', () => {
    for (const line of [
      'proxy_http_version 1.1;',
      'proxy_set_header Upgrade $http_upgrade;',
      'proxy_set_header Connection $http_connection;',
      'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
    ])
      assert.ok(configOf('nginx').includes(line), line);
  });

  for (const [name, settingsOf] of Object.entries(proxies)) {
    describe(name, () => {
      let [folder, url] = ['', ''];
      let product: TestProduct;
      let child: ChildProcess | undefined;
      before(async function () {
        const version = spawnSync(name, [name === 'nginx' ? '-v' : 'version'], { stdio: 'ignore' });
        if (version.error) this.skip();
        const trusted = networkOf('127.0.0.1') ?? assert.fail();
        product = await startTestProduct({ trustedProxies: [trusted], limits: { conversationsPerMinute: 3 } });
        folder = mkdtempSync(join(tmpdir(), 'proxy-'));
        const at = await freePort();
        const { config, command, args } = settingsOf({ at, product: product.url, folder });
        writeFileSync(join(folder, 'config'), config);
        child = spawn(command, args, { stdio: 'ignore', env: { ...process.env, XDG_DATA_HOME: folder, HOME: folder } });
        url = `http://127.0.0.1:${at}`;
        await answers(url, child);
      });
      after(async () => {
        if (!child) return;
        child.kill();
        if (child.exitCode === null) await once(child, 'exit');
        await product.stop();
        rmSync(folder, { recursive: true });
      });

      it('a whole talk goes over its WebSocket', async () => {
        const chat = await openChat(url);
        const { streamUrl } = (await chat.call('GET', '')).body;
        const stream = await openStream(String(streamUrl).replace(/^ws:\/\/[^/]+/, url.replace('http', 'ws')));
        await stream.until(isBot);
        await chat.write('hello');
        await stream.until((one) => isBot(one) && String(one.text).startsWith('Hi! '));
        await stream.close();
      });

      it('limits are kept for each client, whom no client can make up', async () => {
        const statuses: number[] = [];
        for (let i = 0; i < 6; i += 1) statuses.push(await begin(url, `203.0.113.${i}`));
        assert.ok(statuses.includes(429), statuses.join());
      });
    });
  }
});
