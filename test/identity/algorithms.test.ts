import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { fakeClock } from '../support/fakes.ts';
import { publicKeys, sharedSecret, type TrustedKey } from '../../src/identity/trusted-keys.ts';
import { createVerifier } from '../../src/identity/verify.ts';
import { verifierNeeds } from './needs.ts';

const clock = fakeClock();
const seconds = clock.now() / 1_000;
const secret = 'a secret of at least thirty-two bytes';
const pairs = {
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  EdDSA: generateKeyPairSync('ed25519'),
};
type Kind = keyof typeof pairs;
const kinds = Object.keys(pairs) as Kind[];
const pemOf = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();
const trustedOf = (kind: Kind) => publicKeys(pemOf(pairs[kind].publicKey)) ?? assert.fail();

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const payload = {
  ...{ iss: 'site', aud: 'latchkey', sub: 'usr_7', account_id: 'acct_42', jti: 'once' },
  ...{ iat: seconds, exp: seconds + 600 },
};
const sealed = (header: object, seal: (text: Buffer) => Buffer) => {
  const text = `${part(header)}.${part(payload)}`;
  return `${text}.${seal(Buffer.from(text)).toString('base64url')}`;
};
/** Signed as a kind of key signs, whatever the header says. */
const signedBy = (kind: Kind, header: object = { alg: kind }) => {
  const key = pairs[kind].privateKey;
  const how = kind === 'ES256' ? { key, dsaEncoding: 'ieee-p1363' as const } : key;
  return sealed(header, (text) => sign(kind === 'EdDSA' ? null : 'sha256', text, how));
};
const hmacBy = (key: string | Buffer, header: object) =>
  sealed(header, (text) => createHmac('sha256', key).update(text).digest());

async function reasonOf(keys: readonly TrustedKey[], jwt: string) {
  const needs = verifierNeeds(clock);
  const verify = createVerifier({ issuer: 'site', audience: 'latchkey', keys, jwksUrl: null }, needs);
  await verify(jwt).catch(() => null);
  return needs.reasons[0] ?? 'accepted';
}

describe('the algorithms of identities', () => {
  for (const kind of kinds) {
    it(`${kind} is accepted by its own key and refused by every other`, async () => {
      assert.equal(await reasonOf(trustedOf(kind), signedBy(kind)), 'accepted');
      for (const other of kinds.filter((one) => one !== kind))
        assert.equal(await reasonOf(trustedOf(other), signedBy(kind)), 'wrong-algorithm', other);
      assert.equal(await reasonOf([sharedSecret(secret)], signedBy(kind)), 'wrong-algorithm');
    });

    it(`what is public of a key for ${kind} is no secret, by whatever name`, async () => {
      const { publicKey } = pairs[kind];
      const pem = pemOf(publicKey);
      const publicForms = [
        ...[pem, pem.trim(), publicKey.export({ type: 'spki', format: 'der' })],
        JSON.stringify(publicKey.export({ format: 'jwk' })),
      ];
      for (const form of publicForms)
        for (const alg of ['HS256', 'HS384', 'HS512', 'none', ...kinds])
          assert.notEqual(await reasonOf(trustedOf(kind), hmacBy(form, { alg })), 'accepted', alg);
    });

    it(`a signature by a key for ${kind} is none under another name`, async () => {
      for (const alg of ['HS256', 'ES384', 'RS384', 'RS512', 'PS256', 'none', ...kinds.filter((one) => one !== kind)])
        for (const keys of [trustedOf(kind), kinds.flatMap(trustedOf)])
          assert.notEqual(await reasonOf(keys, signedBy(kind, { alg })), 'accepted', alg);
    });
  }

  it('an Ed25519 key signs under its old name and its new one', async () => {
    for (const alg of ['EdDSA', 'Ed25519'])
      assert.equal(await reasonOf(trustedOf('EdDSA'), signedBy('EdDSA', { alg })), 'accepted');
  });

  it('several public keys are believed at once, whatever name the identity gives its key', async () => {
    const old = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = [old.publicKey, ...kinds.map((kind) => pairs[kind].publicKey)].map(pemOf).join('');
    const keys = publicKeys(pem) ?? assert.fail();
    for (const alg of kinds) {
      assert.equal(await reasonOf(keys, signedBy(alg)), 'accepted', alg);
      assert.equal(await reasonOf(keys, signedBy(alg, { alg, kid: 'any' })), 'accepted', alg);
    }
    assert.equal(await reasonOf(publicKeys(pemOf(old.publicKey)) ?? [], signedBy('RS256')), 'bad-signature');
  });

  const rsaOf = (bits: number) => generateKeyPairSync('rsa', { modulusLength: bits }).publicKey;
  const unfit: Readonly<Record<string, () => string>> = {
    nothing: () => '',
    'a text before it': () => `key: ${pemOf(pairs.ES256.publicKey)}`,
    'half a key': () => pemOf(pairs.ES256.publicKey).slice(0, 80),
    'a private key': () => pairs.ES256.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    'a public key and its private key': () =>
      pemOf(pairs.RS256.publicKey) + pairs.RS256.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    'an RSA key of 1024 bits': () => pemOf(rsaOf(1_024)),
    'an RSA key for PSS alone': () =>
      pemOf(generateKeyPairSync('rsa-pss', { modulusLength: 2_048, hashAlgorithm: 'sha256' }).publicKey),
    'a P-384 key': () => pemOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey),
    'a secp256k1 key': () => pemOf(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey),
    'an Ed448 key': () => pemOf(generateKeyPairSync('ed448').publicKey),
    'an X25519 key': () => pemOf(generateKeyPairSync('x25519').publicKey),
    'eleven keys': () => pemOf(pairs.ES256.publicKey).repeat(11),
  };
  for (const [name, pem] of Object.entries(unfit))
    it(`is no public key to trust: ${name}`, () => assert.equal(publicKeys(pem()), null));
});
