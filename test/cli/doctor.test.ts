import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { judgeClock } from '../../src/cli/checks/clock.ts';
import { programArgs } from '../support/child.ts';
import { root } from '../support/sources.ts';
import { startPatient, type Env, type Patient } from './examined.ts';
import { jsonOf } from './far-ends.ts';

const identity: Env = {
  ...{ IDENTITY_ISSUER: 'https://www.example.com', IDENTITY_AUDIENCE: 'latchkey' },
  IDENTITY_SECRET: 'an-identity-secret-of-32-bytes-and-more',
};

describe('npm run doctor', () => {
  let patient: Patient;
  beforeEach(async () => (patient = await startPatient()));
  afterEach(() => patient.close());

  it('the public address leads to Latchkey, or is said not to', async () => {
    const env = { PUBLIC_URL: patient.farEnd.url.origin };
    patient.answer = ({ path }) => jsonOf(200, path === '/health' ? { status: 'ok' } : {});
    assert.match(await patient.lineOf('PUBLIC_URL', env), /^ok .+leads to Latchkey$/);
    patient.answer = () => jsonOf(502);
    assert.match(await patient.lineOf('PUBLIC_URL', env), /^warn .+answers 502.+start it and look again/);
    patient.farEnd.close();
    assert.match(await patient.lineOf('PUBLIC_URL', env), /^warn .+does not answer: [A-Z_]+; start it/);
    assert.match(await patient.lineOf('PUBLIC_URL', { PUBLIC_URL: 'http://help.example.com' }), /^warn .+without TLS/);
  });

  it('sites without TLS, and TLS without a trusted proxy, are warnings', async () => {
    const sites = { ALLOWED_ORIGINS: 'https://www.example.com http://old.example.com' };
    assert.match(await patient.lineOf('origins', sites), /^warn .+http:\/\/old\.example\.com is without TLS/);
    assert.match(await patient.lineOf('origins', { ALLOWED_ORIGINS: 'https://www.example.com' }), /^ok/);
    patient.farEnd.close();
    const behind = { PUBLIC_URL: 'https://127.0.0.1:9' };
    assert.match(await patient.lineOf('proxies', behind), /^warn .+set TRUSTED_PROXIES/);
    assert.match(await patient.lineOf('proxies', { ...behind, TRUSTED_PROXIES: '127.0.0.1' }), /^ok/);
  });

  it('the notices of a start are lines, too', async () => {
    const lines = await patient.linesOf({ ...identity, DEMO: '0', STRIPE_KEY: 'rk_live_1234567', METRIC_KEY: 'a' });
    const told = lines.filter((line) => line.startsWith('warn  settings: '));
    assert.deepEqual(
      told.map((line) => /[A-Z_]{6,}/.exec(line)?.[0]),
      ['METRIC_KEY', 'PUBLIC_URL', 'ALLOWED_ORIGINS'],
    );
    assert.match(told[1] ?? '', /; set it to the address/);
  });

  it('the disk is looked at and left as it is', async () => {
    assert.match(await patient.lineOf('disk', {}), /^ok .+can be written to, \d+ MB are free$/);
    const below = join(patient.folder, 'not', 'yet');
    assert.match(await patient.lineOf('disk', { DATA_DIR: below }), /^ok .+can be made$/);
    assert.deepEqual(readdirSync(patient.folder), []);
    const file = join(patient.folder, 'file');
    writeFileSync(file, '');
    assert.match(await patient.lineOf('disk', { DATA_DIR: file }), /^fail .+is no folder; set DATA_DIR/);
    const open = join(patient.folder, 'open');
    mkdirSync(open);
    chmodSync(open, 0o755);
    assert.match(await patient.lineOf('disk', { DATA_DIR: open }), /^warn .+may look into .+; chmod 700/);
    assert.match(await patient.lineOf('disk', { DATA_DIR: '/proc/latchkey' }), /^fail/);
  });

  it('the company’s own words are read as a start reads them', async () => {
    const CONTENT_DIR = join(patient.folder, 'words');
    mkdirSync(CONTENT_DIR);
    assert.match(await patient.lineOf('words', { CONTENT_DIR }), /^ok .+words can be used$/);
    writeFileSync(join(CONTENT_DIR, 'brand.yaml'), 'accent: green\n');
    const one = `fail  words: ${CONTENT_DIR}/brand.yaml:1: accent: should be a colour of six digits, such as "#0f5f5c"`;
    const todo = `; npm run content:check -- ${CONTENT_DIR}`;
    assert.equal(await patient.lineOf('words', { CONTENT_DIR }), one + todo);
    writeFileSync(join(CONTENT_DIR, 'replies.yaml'), 'lines:\n\thello: a\n');
    assert.equal(await patient.lineOf('words', { CONTENT_DIR }), `${one}, and 1 more${todo}`);
  });

  it('a port is free, ours already, or taken', async () => {
    assert.match(await patient.lineOf('port', {}), /^ok .+is free$/);
    const PORT = patient.farEnd.url.port;
    patient.answer = () => jsonOf(200, { status: 'ok' });
    assert.match(await patient.lineOf('port', { PORT }), /^ok .+Latchkey answers on it already/);
    patient.answer = () => jsonOf(200, {});
    assert.match(await patient.lineOf('port', { PORT }), /^fail .+taken by something else; end that/);
    const silent = createServer((socket) => void socket.destroy()).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const taken = await patient.lineOf('port', { PORT: String((silent.address() as AddressInfo).port) });
    silent.close();
    assert.match(taken, /^fail/);
    assert.match(await patient.lineOf('port', { HOST: '203.0.113.1' }), /^fail .+cannot be used: EADDRNOTAVAIL/);
  });

  it('the clock is compared with those who answer', async () => {
    patient.answer = () => jsonOf(200, { page: { id: 'p' } });
    const env = { STATUS_PAGE_URL: patient.farEnd.url.origin };
    const off = (ms: number) => patient.lineOf('clock', env, { now: () => Date.now() + ms });
    assert.match(await off(0), /^ok .+agrees with 1 other$/);
    assert.match(await off(10_000), /^warn .+ahead of the others; set it by NTP$/);
    assert.match(await off(-60_000), /^fail .+behind the others; set it by NTP: identities are refused/);
    assert.match(await patient.lineOf('clock', {}), /^ok .+was not compared$/);
    assert.equal(judgeClock([0, 86_400_000, 100]).status, 'ok', 'one that is wrong does not count');
  });

  const run = (env: Env) => {
    const args = programArgs(join(root, 'src/cli/doctor.ts'));
    const base = { PATH: process.env.PATH, DATA_DIR: patient.folder, PORT: '0' };
    return spawnSync(process.execPath, args, { cwd: patient.folder, encoding: 'utf8', env: { ...base, ...env } });
  };

  it('ends with 0 for the demo, which has nothing to warn of', () => {
    const { status, stdout, stderr } = run({});
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^(ok {4}[^\n]+\n){4}$/);
  });

  it('ends with 1 where something does not work', () => {
    const { status, stdout } = run({ DEMO: '1', STATUS_PAGE_URL: 'http://127.0.0.1:9' });
    assert.equal(status, 1);
    assert.match(stdout, /^fail {2}status page: 127\.0\.0\.1:9 does not answer: [A-Za-z]+; check the address/m);
  });

  it('tells each setting that is missing or malformed, and ends with 1', () => {
    const { status, stdout } = run({ DEMO: '0', IDENTITY_SECRET: 'too-short-a-secret', IDENTITY_ISSUER: 'a' });
    assert.equal(status, 1);
    assert.match(stdout, /^fail {2}settings: IDENTITY_SECRET is not valid: it should be/m);
    assert.match(stdout, /^fail {2}settings: ACCOUNT_API_URL is missing/m);
    assert.doesNotMatch(stdout, /too-short/);
  });
});
