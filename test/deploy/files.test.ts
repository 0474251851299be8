import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

const read = (file: string) => readFileSync(file, 'utf8');
const settings = [...read('.env.example').matchAll(/^(?:# )?([A-Z][A-Z\d_]*)=/gm)].map(([, name = '']) => name);
const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } };
/** As `npm start` starts it, without the shell. */
const started = scripts.start.replace(/^exec /, '').split(' ');

const areSettings = (names: readonly string[]) =>
  assert.deepEqual(
    names.filter((name) => !settings.includes(name)),
    [],
  );

describe('the Dockerfile', () => {
  const lines = read('Dockerfile')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)] as const);
  const of = (word: string) => lines.filter(([first]) => first === word).map(([, rest]) => rest);

  it('has nothing but instructions that there are', () => {
    const known = 'FROM WORKDIR COPY RUN ENV USER VOLUME EXPOSE HEALTHCHECK CMD'.split(' ');
    assert.deepEqual(
      lines.filter(([word]) => !known.includes(word)),
      [],
    );
  });

  it('has two stages, and takes over packages without those of developers', () => {
    assert.equal(of('FROM').length, 2);
    assert.ok(of('RUN').some((run) => /^npm ci --omit=dev\b/.test(run)));
    assert.ok(of('COPY').includes('--from=packages /app/node_modules node_modules'));
  });

  it('copies what is there', () => {
    const copied = of('COPY').filter((one) => !one.startsWith('--'));
    for (const file of copied.flatMap((one) => one.split(' ').slice(0, -1))) assert.ok(existsSync(file), file);
  });

  it('does not run as root', () => {
    const words = lines.map(([word]) => word);
    assert.deepEqual(of('USER'), ['node']);
    assert.ok(words.indexOf('USER') < words.indexOf('CMD') && words.indexOf('USER') > words.lastIndexOf('COPY'));
  });

  it('starts what npm start does, with no shell between it and the signals', () => {
    assert.deepEqual(JSON.parse(of('CMD')[0] ?? ''), started);
  });

  it('asks the server whether it is ready', () => {
    assert.match(
      of('HEALTHCHECK')[0] ?? '',
      /CMD \["node", "-e", "fetch\('http:\/\/127\.0\.0\.1:3978\/health\/ready'\)/,
    );
  });

  it('names settings that there are', () => {
    const set = of('ENV').flatMap((one) => one.split(' ').map((pair) => pair.split('=')[0] ?? ''));
    areSettings(set.filter((name) => name !== 'NODE_ENV'));
  });
});

describe('compose.yaml', () => {
  interface Service {
    readonly environment: Readonly<Record<string, string>>;
    readonly networks: readonly string[] | Readonly<Record<string, { readonly ipv4_address: string }>>;
    readonly stop_grace_period?: string;
    readonly volumes: readonly string[];
  }
  const { services } = parse(read('compose.yaml'), { merge: true }) as { services: Readonly<Record<string, Service>> };
  const bots = Object.entries(services).filter(([name]) => name.startsWith('bot-'));

  it('has two bots, a database and a proxy', () => {
    assert.deepEqual(Object.keys(services), ['bot-1', 'bot-2', 'database', 'proxy']);
  });

  it('gives the bots settings that there are, and among them those without which it is not safe', () => {
    for (const [, { environment, stop_grace_period: grace }] of bots) {
      areSettings(Object.keys(environment));
      for (const name of ['DATABASE_URL', 'IDENTITY_SECRET', 'PUBLIC_URL', 'TRUSTED_PROXIES'])
        assert.ok(name in environment, name);
      assert.equal(grace, '15s');
    }
  });

  it('trusts its proxy alone', () => {
    const { networks } = services.proxy ?? assert.fail();
    const address = 'inside' in networks ? networks.inside.ipv4_address : '';
    for (const [, { environment }] of bots) assert.equal(environment.TRUSTED_PROXIES, address);
  });

  it('gives no two bots the same folder', () => {
    const volumes = bots.flatMap(([, one]) => one.volumes);
    assert.equal(new Set(volumes).size, volumes.length);
  });

  it('has a proxy that leads to every bot, asks whether it is ready, and keeps the metrics inside', () => {
    const caddy = read('deploy/Caddyfile');
    for (const [name] of bots) assert.ok(caddy.includes(`${name}:3978`), name);
    assert.match(caddy, /health_uri \/health\/ready\b/);
    assert.match(caddy, /respond \/metrics 404/);
  });
});

describe('the systemd unit', () => {
  const parts = new Map<string, Map<string, string>>();
  for (const line of read('deploy/latchkey.service').split('\n')) {
    const [, part] = /^\[(\w+)\]$/.exec(line) ?? [];
    if (part !== undefined) parts.set(part, new Map());
    const [, key, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (key !== undefined) [...parts.values()].at(-1)?.set(key, value ?? '');
  }
  const service = parts.get('Service') ?? new Map<string, string>();

  it('has its three parts, and nothing that is no line of one', () => {
    assert.deepEqual([...parts.keys()], ['Unit', 'Service', 'Install']);
    const odd = read('deploy/latchkey.service').split('\n');
    assert.deepEqual(
      odd.filter((line) => line !== '' && !/^(?:#.*|\[\w+\]|\w+=.*)$/.test(line)),
      [],
    );
  });

  it('starts what npm start does, by the Node that npm ci brings, and not as root', () => {
    const folder = service.get('WorkingDirectory') ?? '';
    const [node, ...rest] = service.get('ExecStart')?.split(' ') ?? [];
    assert.deepEqual([node, ...rest], [`${folder}/node_modules/.bin/node`, ...started.slice(1)]);
    assert.equal(service.get('User'), 'latchkey');
  });

  it('gives it longer to stop than it takes', () => {
    assert.equal(service.get('KillSignal'), 'SIGTERM');
    assert.ok(Number(service.get('TimeoutStopSec')) > 9);
  });

  it('names settings that there are', () => areSettings([service.get('Environment')?.split('=')[0] ?? '']));
});
