import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readTrustedIssuer } from '../../src/identity/issuer-settings.ts';
import { settingsRead } from '../support/settings.ts';

const pemOf = ({ publicKey }: { publicKey: KeyObject }) => publicKey.export({ type: 'spki', format: 'pem' }).toString();
const [ec, ed, rsa] = [
  pemOf(generateKeyPairSync('ec', { namedCurve: 'P-256' })),
  pemOf(generateKeyPairSync('ed25519')),
  pemOf(generateKeyPairSync('rsa', { modulusLength: 2048 })),
];
const privatePem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const other = pemOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }));

const read = (ways: Readonly<Record<string, string>>) =>
  settingsRead({ IDENTITY_ISSUER: 'site', IDENTITY_AUDIENCE: 'latchkey', ...ways }, (settings) =>
    readTrustedIssuer(settings, false),
  );
const keyed = (pem: string) => ({ IDENTITY_PUBLIC_KEY: pem });
const published = (url: string) => ({ IDENTITY_JWKS_URL: url });
const secret = { IDENTITY_SECRET: 's'.repeat(32) };

describe('how identities are signed, as the settings have it', () => {
  const fine: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
    ['a secret', secret, ['HS256']],
    ['a P-256 key', keyed(ec), ['ES256']],
    ['an RSA key', keyed(rsa), ['RS256']],
    ['an Ed25519 key', keyed(ed), ['EdDSA']],
    ['three keys at once', keyed(ec + ed + rsa), ['ES256', 'EdDSA', 'RS256']],
    ['two keys on one line', keyed((ec + rsa).replaceAll('\n', '\\n')), ['ES256', 'RS256']],
    ['keys that are published', published('https://www.example.com/jwks.json?a=b'), []],
    ['keys that are published on this machine', published('http://localhost:8080/jwks'), []],
  ];
  for (const [name, ways, algorithms] of fine)
    it(`fine: ${name}`, () => {
      const { value, message } = read(ways);
      assert.deepEqual(
        value?.keys.map((key) => key.algorithms[0]),
        algorithms,
        message,
      );
      assert.equal(value.jwksUrl, ways.IDENTITY_JWKS_URL ?? null);
    });

  const wrong: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    ['none', {}, 'IDENTITY_SECRET'],
    ['a secret and a key', { ...secret, ...keyed(ec) }, 'IDENTITY_SECRET'],
    ['a secret and published keys', { ...secret, ...published('https://a.example/k') }, 'IDENTITY_SECRET'],
    ['a key and published keys', { ...keyed(ec), ...published('https://a.example/k') }, 'IDENTITY_PUBLIC_KEY'],
    ['a secret of 31 bytes', { IDENTITY_SECRET: 's'.repeat(31) }, 'IDENTITY_SECRET'],
    ['a key that is none', keyed('-----BEGIN PUBLIC KEY-----'), 'IDENTITY_PUBLIC_KEY'],
    ['a private key', keyed(privatePem), 'IDENTITY_PUBLIC_KEY'],
    ['a key and one of another curve', keyed(ec + other), 'IDENTITY_PUBLIC_KEY'],
    ['keys published without https', published('http://www.example.com/jwks.json'), 'IDENTITY_JWKS_URL'],
    ['keys published behind a login', published('https://u:p@www.example.com/jwks.json'), 'IDENTITY_JWKS_URL'],
    ['keys published nowhere', published('jwks.json'), 'IDENTITY_JWKS_URL'],
  ];
  for (const [name, ways, variable] of wrong)
    it(`wrong: ${name}. The one line names ${variable}, and no key`, () => {
      const { wrong: named, message } = read(ways);
      assert.deepEqual(named, [variable], message);
      assert.doesNotMatch(message, /BEGIN|sss/);
    });
});
