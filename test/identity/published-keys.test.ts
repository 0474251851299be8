import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeptKeys } from '../../src/domain/ports.ts';
import { keptKeysIn } from '../../src/store/kept-keys.ts';
import { fakeClock } from '../support/fakes.ts';
import { createVerifier } from '../../src/identity/verify.ts';
import { keyNamed, startKeyServer } from './key-server.ts';
import { verifierNeeds } from './needs.ts';

const minute = 60_000;

describe('the keys that an issuer publishes', () => {
  let server: Awaited<ReturnType<typeof startKeyServer>>;
  const first = keyNamed('first');
  beforeEach(async () => (server = await startKeyServer(first.jwk)));
  afterEach(() => server.close());

  /** What becomes of an identity, by a verifier that was started now; `kept`: what one before it left. */
  function started(clock = fakeClock(), kept?: KeptKeys) {
    const needs = { ...verifierNeeds(clock), ...(kept && { kept }) };
    const trusted = { issuer: 'site', audience: 'latchkey', keys: [], jwksUrl: server.url };
    const verify = createVerifier(trusted, needs);
    const tried = async (key: ReturnType<typeof keyNamed>, header?: object) => {
      const before = needs.reasons.length;
      const subject = await verify(await key.sign(clock, header)).catch(() => null);
      return subject ? 'accepted' : needs.reasons[before];
    };
    return { clock, needs, tried };
  }

  for (const alg of ['ES256', 'RS256', 'EdDSA'] as const)
    it(`prove identities signed with ${alg}, and are asked for once`, async () => {
      const key = keyNamed('k', alg);
      server.keys.push(key.jwk);
      const { tried } = started();
      for (let i = 0; i < 3; i += 1) assert.equal(await tried(key), 'accepted');
      assert.equal(server.asked, 1);
    });

  it('may change: an identity of a key that is new has them read anew, one of an old key is still believed', async () => {
    const { clock, tried } = started();
    assert.equal(await tried(first), 'accepted');
    const second = keyNamed('second');
    server.keys.push(second.jwk);
    clock.forward(minute);
    assert.deepEqual([await tried(second), await tried(first), server.asked], ['accepted', 'accepted', 2]);
  });

  it('may change without having names', async () => {
    const [one, two] = [keyNamed(undefined), keyNamed(undefined)];
    server.keys = [one.jwk];
    const { clock, tried } = started();
    assert.equal(await tried(one), 'accepted');
    server.keys = [two.jwk];
    clock.forward(minute);
    assert.equal(await tried(two), 'accepted');
  });

  it('are asked for once in 30 seconds at the most, however many unknown keys are named', async () => {
    const { clock, tried } = started();
    const strange = keyNamed('strange');
    for (let i = 0; i < 20; i += 1) assert.equal(await tried(strange), 'unknown-key');
    assert.equal(server.asked, 1);
    clock.forward(30_000);
    await Promise.all(Array.from({ length: 20 }, () => tried(strange)));
    assert.equal(server.asked, 2);
  });

  it('are believed no more ten minutes after they were taken off', async () => {
    const { clock, tried } = started();
    assert.equal(await tried(first), 'accepted');
    server.keys = [keyNamed('second').jwk];
    clock.forward(10 * minute);
    assert.equal(await tried(first), 'unknown-key');
  });

  for (const fault of ['down', 'silent', 'moved'] as const)
    it(`are good for a day while their server is ${fault}`, async function () {
      const { clock, needs, tried } = started();
      assert.equal(await tried(first), 'accepted');
      server.fault = fault;
      // What takes no answer waits for its deadline, so of that only the ends are tried.
      const steps = fault === 'silent' ? [23 * 60 + 59] : [11, 60, 600, 600, 168];
      for (const minutes of steps) {
        clock.forward(minutes * minute);
        assert.equal(await tried(first), 'accepted', `${minutes} minutes on`);
      }
      clock.forward(minute);
      assert.equal(await tried(first), 'keys-unavailable');
      const levels = needs.log.lines.filter(({ message }) => message.includes('JWKS')).map(({ level }) => level);
      assert.deepEqual([levels[0], levels.at(-1)], ['warn', 'error']);
      server.fault = 'up';
      clock.forward(5_000);
      assert.equal(await tried(first), 'accepted');
    });

  it('are not asked for by everybody while their server is down', async () => {
    const { clock, tried } = started();
    await tried(first);
    clock.forward(11 * minute);
    server.fault = 'down';
    for (let i = 0; i < 20; i += 1) assert.equal(await tried(first), 'accepted');
    assert.equal(server.asked, 2);
  });

  it('that never came prove nobody, and are asked for again soon', async () => {
    server.fault = 'down';
    const { clock, tried } = started();
    assert.deepEqual(
      [await tried(first), await tried(first), server.asked],
      ['keys-unavailable', 'keys-unavailable', 1],
    );
    server.fault = 'up';
    clock.forward(5_000);
    assert.equal(await tried(first), 'accepted');
  });

  it('are believed where a clock was set back, and then read anew', async () => {
    const { clock, tried } = started();
    await tried(first);
    clock.forward(-3_600_000);
    assert.deepEqual([await tried(first), server.asked], ['accepted', 2]);
  });

  const broken: Readonly<Record<string, string>> = {
    'no JSON': '<html>',
    'no set': '[]',
    'more than a megabyte': `{"keys":[],"x":"${'x'.repeat(1_100_000)}"}`,
    'over 100 keys': JSON.stringify({ keys: Array(101).fill(first.jwk) }),
  };
  for (const [name, body] of Object.entries(broken))
    it(`are kept where the answer is ${name}`, async () => {
      const { clock, tried } = started();
      await tried(first);
      server.body = body;
      clock.forward(11 * minute);
      assert.equal(await tried(first), 'accepted');
    });

  describe('are kept for a restart', () => {
    let dataDir: string;
    const file = () => join(dataDir, 'identity-keys.json');
    const clock = fakeClock();
    beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'latchkey-'))));
    afterEach(() => rmSync(dataDir, { recursive: true }));
    /** A process on this data folder. */
    const restarted = () => started(clock, keptKeysIn(dataDir));
    /** What it makes of an identity while the key server is down. */
    const whileDown = (key = first) => {
      server.fault = 'down';
      return restarted().tried(key);
    };

    it('while their server is down, for the rest of the day that they are good for', async () => {
      await restarted().tried(first);
      clock.forward(23 * 60 * minute);
      assert.equal(await whileDown(), 'accepted');
      clock.forward(60 * minute - 1);
      assert.equal(await whileDown(), 'accepted');
      clock.forward(1);
      assert.equal(await whileDown(), 'keys-unavailable');
    });

    it('and their server is asked first all the same: what was taken off is believed no more', async () => {
      await restarted().tried(first);
      const second = keyNamed('second');
      server.keys = [second.jwk];
      assert.equal(await restarted().tried(first), 'unknown-key');
      assert.deepEqual([await whileDown(first), await whileDown(second)], ['unknown-key', 'accepted']);
    });

    it('none, where all were taken off', async () => {
      await restarted().tried(first);
      server.keys = [];
      await restarted().tried(first);
      assert.equal(await whileDown(), 'wrong-algorithm');
    });

    it('in a file that is its owner’s alone, without what is no public key', async () => {
      const secret = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
      server.keys = [first.jwk, { ...secret, kid: 'told by mistake' }, { kty: 'oct', kid: 'shared', k: 'c2VjcmV0' }];
      await restarted().tried(first);
      assert.equal(statSync(file()).mode & 0o777, 0o600);
      const text = readFileSync(file(), 'utf8');
      for (const hidden of [secret.d ?? '', 'c2VjcmV0']) assert.ok(!text.includes(hidden));
      assert.equal(await whileDown(), 'accepted');
    });

    const other = keyNamed('other');
    const changed: Readonly<Record<string, (kept: Record<string, unknown>) => unknown>> = {
      'cut short': (kept) => JSON.stringify(kept).slice(0, -9),
      empty: () => '',
      'another address’s': (kept) => ({ ...kept, url: 'https://elsewhere.test/jwks.json' }),
      'read in the future': (kept) => ({ ...kept, at: clock.now() + 1 }),
      'read at no time': (kept) => ({ ...kept, at: null }),
      'of shared secrets': (kept) => ({ ...kept, keys: [{ kty: 'oct', kid: 'first', k: 'c2VjcmV0' }] }),
      'of more keys than are read': (kept) => ({ ...kept, keys: Array(101).fill(first.jwk) }),
      'of another key': (kept) => ({ ...kept, keys: [other.jwk] }),
      'a list': () => [first.jwk],
    };
    for (const [name, change] of Object.entries(changed))
      it(`and prove nothing where the file is ${name}`, async () => {
        await restarted().tried(first);
        const now = change(JSON.parse(readFileSync(file(), 'utf8')) as Record<string, unknown>);
        writeFileSync(file(), typeof now === 'string' ? now : JSON.stringify(now));
        assert.notEqual(await whileDown(), 'accepted');
      });

    it('or not, where nothing can be written: identities are believed, and the log says so', async () => {
      dataDir = join(dataDir, 'is', 'gone');
      const { tried, needs } = restarted();
      assert.equal(await tried(first), 'accepted');
      assert.ok(needs.log.lines.some(({ message }) => message.includes('could not be kept')));
      dataDir = join(dataDir, '..', '..');
    });
  });

  it('that are all taken off prove nobody, and an operator is told', async () => {
    const { clock, needs, tried } = started();
    await tried(first);
    server.keys = [];
    clock.forward(11 * minute);
    assert.equal(await tried(first), 'wrong-algorithm');
    assert.ok(needs.log.lines.some(({ level, message }) => level === 'error' && message.includes('no key')));
  });

  const rsa = keyNamed('first', 'RS256');
  const unfit: Readonly<Record<string, unknown>> = {
    'for encryption': { ...first.jwk, use: 'enc' },
    'for signing alone': { ...first.jwk, use: undefined, key_ops: ['sign'] },
    'for another algorithm': { ...rsa.jwk, alg: 'PS256' },
    'a secret': { kty: 'oct', kid: 'first', k: 'c2VjcmV0', alg: 'HS256' },
    'of another curve': { ...first.jwk, crv: 'P-384' },
    'not whole': { ...first.jwk, y: undefined },
    'no key': 7,
  };
  for (const [name, jwk] of Object.entries(unfit))
    it(`prove nothing by one that is ${name}, and the others are not harmed by it`, async () => {
      const other = keyNamed('other', 'EdDSA');
      server.keys = [jwk as object, other.jwk];
      const { tried } = started();
      assert.notEqual(await tried(first), 'accepted');
      assert.notEqual(await tried(rsa), 'accepted');
      assert.equal(await tried(other), 'accepted');
    });
});
