import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lexer, type Tokens } from 'marked';
import { refusalReasons } from '../../src/identity/refusal.ts';
import { publicKeys, sharedSecret, type TrustedKey } from '../../src/identity/trusted-keys.ts';
import { createVerifier } from '../../src/identity/verify.ts';
import { root } from '../support/sources.ts';
import { verifierNeeds } from './needs.ts';

const text = readFileSync(join(root, 'docs/identity.md'), 'utf8');
const blocks = lexer(text).filter((token): token is Tokens.Code => token.type === 'code' && token.lang !== 'html');

/** Bytes beyond ASCII, and what base64 would read otherwise. */
const secret = 'a secret of thirty-two bytes: ünïcode+/==';
const pairs = { EdDSA: generateKeyPairSync('ed25519'), RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }) };
const keysOf = ({ publicKey }: { publicKey: KeyObject }) =>
  publicKeys(publicKey.export({ type: 'spki', format: 'pem' }).toString()) ?? assert.fail();
const trusted: Readonly<Record<string, readonly TrustedKey[]>> = {
  HS256: [sharedSecret(secret)],
  EdDSA: keysOf(pairs.EdDSA),
  RS256: keysOf(pairs.RS256),
};
/** How a program of a language is run, from a folder of its own. */
const languages: Readonly<Record<string, { file: string; command: string; args: readonly string[] }>> = {
  js: { file: 'identity.mjs', command: process.execPath, args: ['identity.mjs'] },
  python: { file: 'identity.py', command: 'python3', args: ['identity.py'] },
  php: { file: 'identity.php', command: 'php', args: ['identity.php'] },
  ruby: { file: 'identity.rb', command: 'ruby', args: ['identity.rb'] },
  go: { file: 'identity.go', command: 'go', args: ['run', 'identity.go'] },
  java: { file: 'Identity.java', command: 'java', args: ['Identity.java'] },
};
const isThere = (command: string) =>
  !spawnSync(command, [command === 'go' ? 'version' : '--version'], { stdio: 'ignore' }).error;

function run(lang: string, program: string, env: Readonly<Record<string, string>>): string {
  const { file, command, args } = languages[lang] ?? assert.fail(lang);
  const folder = mkdtempSync(join(tmpdir(), 'sample-'));
  try {
    writeFileSync(join(folder, file), program);
    const ran = spawnSync(command, args, { cwd: folder, encoding: 'utf8', env: { ...process.env, ...env } });
    assert.equal(ran.status, 0, ran.stderr);
    return ran.stdout.trim();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the samples of docs/identity.md', () => {
  it('are there in six languages, and with key pairs of two kinds', () => {
    assert.deepEqual([...new Set(blocks.map(({ lang }) => lang))], Object.keys(languages));
    assert.deepEqual(
      blocks.map(({ text }) => algorithmIn(text)),
      [...Array<string>(6).fill('HS256'), 'EdDSA', 'RS256'],
    );
  });

  for (const { lang = '', text: program } of blocks) {
    const alg = algorithmIn(program);
    it(`name every claim that must be there, and a life of ten minutes: ${lang}, ${alg}`, () => {
      for (const claim of ['iss', 'aud', 'sub', 'account_id', 'jti', 'iat', 'exp'])
        assert.match(program, new RegExp(`\\b${claim}\\b`), claim);
      assert.match(program, /now \+ 600/);
    });

    it(`make an identity that is accepted, another one at every run: ${lang}, ${alg}`, async function () {
      const { command } = languages[lang] ?? assert.fail(lang);
      if (!isThere(command)) this.skip();
      const pair = alg === 'EdDSA' ? pairs.EdDSA : pairs.RS256;
      const env = {
        IDENTITY_SECRET: secret,
        IDENTITY_PRIVATE_KEY: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      };
      const [one, two] = [run(lang, program, env), run(lang, program, env)];
      const issuer = {
        issuer: 'https://www.example.com',
        audience: 'latchkey',
        keys: trusted[alg] ?? [],
        jwksUrl: null,
      };
      const needs = verifierNeeds({ now: () => Date.now() });
      const used = new Set<string>();
      const claimOnce = (key: string) => Promise.resolve(used.size < used.add(key).size);
      const verify = createVerifier(issuer, { ...needs, tokens: { claimOnce } });
      for (const jwt of [one, two]) {
        const { userId, accountId, name } = await verify(jwt).catch(() => assert.fail(needs.reasons.join()));
        assert.deepEqual([userId, accountId, name], ['usr_7', 'acct_42', lang === 'java' ? undefined : 'Zoë']);
      }
      await assert.rejects(verify(one));
    });
  }

  it('stand beside every reason for a refusal', () => {
    const table = text.slice(text.indexOf('| Reason |'));
    const told = [...table.matchAll(/`([a-z-]+)`/g)].map(([, word = '']) => word);
    assert.deepEqual(
      refusalReasons.filter((reason) => !told.includes(reason)),
      [],
    );
  });
});

function algorithmIn(program: string): string {
  return /alg\W{1,12}(HS256|EdDSA|RS256|ES256)/.exec(program)?.[1] ?? assert.fail(program);
}
