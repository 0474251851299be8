import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { sampleCustomers } from '../../src/demo/customers.ts';
import type { Variables } from '../../src/domain/settings.ts';
import { SupportError } from '../../src/domain/errors.ts';
import { failureInWords } from '../../src/cli/tried-account/failure.ts';
import { runAccountTry } from '../../src/cli/tried-account/run.ts';
import { countingRandom } from '../support/fakes.ts';
import { dataFolder, programArgs } from '../support/child.ts';

const root = join(import.meta.dirname, '../..');

interface Run {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** One run in this process, with these settings alone. */
async function run(args: readonly string[], env: Variables = {}): Promise<Run> {
  let [out, error] = ['', ''];
  const code = await runAccountTry(args, env, {
    clock: { now: () => Date.now() },
    random: countingRandom(),
    print: (text) => void (out += `${text}\n`),
    complain: (line) => void (error += `${line}\n`),
  });
  return { code, out, error };
}

describe('npm run account:try', () => {
  /** The account API at this address, as the settings name it. */
  const at = (url: string, more: Variables = {}) => ({
    ACCOUNT_API_URL: url,
    ACCOUNT_API_KEY: 'a-secret-key',
    ...more,
  });

  async function against(status: number, body: string, args: readonly string[], more: Variables = {}): Promise<Run> {
    const server = createServer((_, response) => {
      response.writeHead(status, { 'content-type': 'application/json', location: '/elsewhere' });
      response.end(body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      return await run(args, at(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, more));
    } finally {
      server.close();
      server.closeAllConnections();
    }
  }

  const ada = ['acct_42', 'usr_7'];

  it('tells of a customer of the demo what was read, why they are blocked, and what they would read', async () => {
    const { code, out, error } = await run(['over-limit', '--feature', 'export']);
    assert.deepEqual([code, error], [0, '']);
    for (const part of [
      /^acct_northgate_studio \/ usr_1$/m,
      /^ {2}✓ account-api +status 200, \d+ ms$/m,
      /^FACTS {2}19 known, 0 missing, 12 off the list$/m,
      /^ {2}✓ plan +starter$/m,
      /^VERDICT {2}monthly-limit$/m,
      /^ {2}✗ monthly-limit +500,000 of 500,000 tokens are used;/m,
      /^ {2}✓ no-seat +You have a seat\.$/m,
      /^THE CUSTOMER READS\n {2}Your monthly limit blocks Export\./m,
      /^IGNORED OR DOUBTFUL\n {2}Nothing\.$/m,
    ])
      assert.match(out, part);
    assert.ok(out.split('\n').every((line) => line.length <= 80));
  });

  it('says of a company’s API what is missing, what it could say, and what is ignored or doubtful', async () => {
    const body = {
      account: { id: 'acct_42', state: 'ok' },
      user: { id: 'usr_7', role: 'member', seat: 'YES' },
      entitlements: [{ feature: 'exports', granted: true, limit: 3 }],
      usage: [{ meter: 'tokens', kind: 'quota', used: 1, limit: '5' }],
      hasNo: ['sessions'],
    };
    const { code, out, error } = await against(200, JSON.stringify(body), [...ada, '--feature', 'export']);
    assert.deepEqual([code, error], [0, '']);
    for (const part of [
      /^ {2}\? accountStatus +not told: account\.status, or hasNo: suspensions$/m,
      /^ {2}\? planChangedAt +not told: subscription\.changedAt, or hasNo: changes$/m,
      /^ {2}\? seat +not as agreed: user\.seat is none of the words that$/m,
      /^ {2}\? quotas +not as agreed: usage\[\]\.limit is a text, and should$/m,
      /^ {2}\? usage\[\]\.limit +is a text, and should be a number or "unlimited"$/m,
      /^ {2}· account\.state +the contract has no such member$/m,
      /^ {2}· entitlements\[\]\.limit +the contract has no such member$/m,
      /^ {2}· entitlements\[\]\.feature +not in the catalog: exports$/m,
      /^ {2}\? entitlements\[\]\.feature +in the catalog, and not told: export$/m,
      /^VERDICT {2}nothing is proved$/m,
    ])
      assert.match(out, part);
    assert.ok(out.split('\n').every((line) => line.length <= 80));
  });

  it('says which meter of the feature the usage does not list', async () => {
    const body = {
      account: { id: 'acct_42' },
      entitlements: [{ feature: 'export', granted: true }],
      usage: [{ meter: 'api-calls', kind: 'quota', limit: 'unlimited', used: 3 }],
    };
    const { out } = await against(200, JSON.stringify(body), [...ada, '--feature', 'export']);
    assert.match(out, /^ {2}✓ quotas +api-calls: 3 used, no limit$/m);
    assert.match(out, /^ {2}\? monthly-limit +The monthly usage could not be read\.$/m);
    assert.match(out, /^ {2}\? usage\[\]\.meter +in the catalog, and not told: tokens$/m);
  });

  it('tells a healthy customer of the least API that nothing blocks, by the settings as by the answer', async () => {
    const body = {
      account: { id: 'acct_42' },
      user: { id: 'usr_7' },
      entitlements: [{ feature: 'reports', granted: true }],
      usage: [],
    };
    const more = { ACCOUNT_API_HAS_NO: 'sessions seats trials payments plans suspensions' };
    const { code, out } = await against(200, JSON.stringify(body), [...ada, '--feature', 'reports'], more);
    assert.equal(code, 0);
    assert.match(out, /^VERDICT {2}nothing-blocks$/m);
  });

  const json = (code: string) => JSON.stringify({ error: { code } });
  const failures: readonly [what: string, tried: () => Promise<Run>, sentence: RegExp][] = [
    [
      'refuses the key',
      () => against(401, '{}', ada),
      /^The account API refused the key \(401\): check ACCOUNT_API_KEY\.$/m,
    ],
    [
      'has no such path',
      () => against(404, json('no_route'), ada),
      /^The account API answered 404 without one of the two codes that prove something .*: check ACCOUNT_API_URL\.$/m,
    ],
    [
      'answers with a page',
      () => against(200, '<h1>', ada),
      /^The account API answered with something that is not JSON: check/m,
    ],
    [
      'sends us elsewhere',
      () => against(302, '', ada),
      /^The account API sends us elsewhere \(302\), and no redirect/m,
    ],
    ['fails', () => against(500, '', ada), /^The account API answered with the status 500\.$/m],
    [
      'answers of another account',
      () => against(200, '{"account":{"id":42}}', ada),
      /^The account API answered, and nothing of it is used: the answer has not the account\.id and user\.id/m,
    ],
    [
      'is not there',
      () => run(ada, at('http://127.0.0.1:9')),
      /^The account API is not there: nothing listens at that address: check ACCOUNT_API_URL\.$/m,
    ],
  ];
  for (const [what, tried, sentence] of failures)
    it(`ends with 1 and one plain sentence where the account API ${what}`, async () => {
      const { code, out, error } = await tried();
      assert.equal(code, 1);
      assert.match(error, sentence);
      assert.equal(error.trimEnd().split('\n').length, 1);
      assert.match(out, /^ {2}✗ account-api +failed, /m);
      assert.doesNotMatch(out + error, /a-secret-key/);
    });

  const unreachable = (cause: object) => new SupportError('account-unreachable', { cause });
  for (const [name, error, sentence] of [
    ['stripe', unreachable({ code: 'EAI_AGAIN', hostname: 'api.stripe.com' }), 'api.stripe.com is not known to DNS.'],
    ['stripe', new SupportError('account-refused'), 'Stripe refused the key (no status): check STRIPE_KEY.'],
    [
      'status-page',
      unreachable({ code: 'CERT_HAS_EXPIRED' }),
      'The status page has a certificate that is not trusted (CERT_HAS_EXPIRED).',
    ],
    [
      'account-api',
      unreachable(new Error('no answer within 2500 ms')),
      'The account API did not answer within 2.5 seconds.',
    ],
    [
      'status-page',
      unreachable({ code: 'ECONNRESET' }),
      'The status page could not be reached (ECONNRESET): check STATUS_PAGE_URL.',
    ],
    [
      'account-api',
      new SupportError('account-garbage', { detail: 'over 1048576 bytes' }),
      'The account API answered, and nothing of it is used: over 1048576 bytes.',
    ],
    ['stripe', new TypeError('x'), 'Stripe could not be read, and the fault is ours: TypeError: x'],
  ] as const)
    it(`has a sentence of its own: ${sentence}`, () => {
      assert.equal(failureInWords({ name, error, status: null }), sentence);
    });

  it('is no failure where the API says that there is no such customer', async () => {
    const { code, out } = await against(404, json('user_not_in_account'), ada);
    assert.equal(code, 0);
    assert.match(out, /^ {2}✓ membership +not-in-account$/m);
    assert.match(out, /^VERDICT {2}not-identified\n {2}✗ not-identified .*\n.*\n\nTHE CUSTOMER READS$/m);
  });

  it('is a command, with the same exit code and sentence', async () => {
    const command = programArgs('src/cli/account-try.ts', ...ada);
    const env = { PATH: process.env.PATH, DATA_DIR: dataFolder(), ...at('http://accounts.invalid') };
    const child = execFile(process.execPath, command, { cwd: root, env });
    let error = '';
    child.stderr?.on('data', (text: string) => void (error += text));
    const [code] = (await once(child, 'close')) as [number];
    assert.deepEqual([code, error], [1, 'accounts.invalid is not known to DNS: check ACCOUNT_API_URL.\n']);
  });

  it('says how it is used, and whom the demo has', async () => {
    const { code, out, error } = await run([]);
    assert.deepEqual([code, out], [1, '']);
    assert.match(error, /^usage: npm run account:try -- <account> <user>/);
    for (const { name } of sampleCustomers) assert.ok(error.includes(name), name);
    const named = await run(['over-limit', '--feature', 'exprot']);
    assert.equal(named.code, 1);
    assert.match(named.error, /^the catalog has no feature "exprot"; it has export, api,/);
  });

  it('takes no id that could be another path', async () => {
    assert.equal((await run(['..', 'usr_7'], at('http://127.0.0.1:9'))).code, 1);
  });
});
