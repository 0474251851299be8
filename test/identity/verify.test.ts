import assert from 'node:assert/strict';
import { createHmac, createSecretKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { codeOf } from '../../src/domain/errors.ts';
import { createVerifier, publicKey, sharedSecret, type TrustedIssuer } from '../../src/identity/verify.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { storeOver } from '../support/store.ts';
import { fakeClock } from '../support/fakes.ts';

const secret = 'a secret of at least thirty-two bytes';
const clock = fakeClock();
const now = clock.now() / 1000;
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const otherEc = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = ec.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const from = { issuer: 'https://www.example.com', audience: 'latchkey' };
const shared: TrustedIssuer = { ...from, key: sharedSecret(secret) };
const keyed: TrustedIssuer = { ...from, key: publicKey(pem) };

type Claims = Record<string, unknown>;
let count = 0;
const claims = (differs: Claims = {}): Claims => {
  count += 1;
  const all = { iss: from.issuer, aud: from.audience, sub: 'usr_7', account_id: 'acct_42', jti: `once-${count}` };
  return { ...all, iat: now, exp: now + 600, ...differs };
};
const sealed = (header: object, payload: object, seal: (signed: string) => Buffer) => {
  const signed = [header, payload].map((one) => Buffer.from(JSON.stringify(one)).toString('base64url')).join('.');
  return `${signed}.${seal(signed).toString('base64url')}`;
};
const hmac = (key: string | Buffer, payload = claims(), header: object = {}, hash = 'sha256') =>
  sealed({ alg: 'HS256', ...header }, payload, (signed) => createHmac(hash, key).update(signed).digest());
const es256 = (key: KeyObject, payload = claims(), header: object = {}) =>
  sealed({ alg: 'ES256', ...header }, payload, (signed) =>
    sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }),
  );
const without = (claim: string) => claims({ [claim]: undefined });
const jwkOf = (key: KeyObject) => key.export({ format: 'jwk' });

type Case = readonly [name: string, jwt: string | Promise<string>, trusted?: TrustedIssuer];
const accepted: readonly Case[] = [
  ['signed with the secret', hmac(secret)],
  [
    'signed by jose',
    new SignJWT(claims()).setProtectedHeader({ alg: 'HS256' }).sign(createSecretKey(Buffer.from(secret))),
  ],
  ['signed with the key', es256(ec.privateKey), keyed],
  ['with an audience among others', hmac(secret, claims({ aud: ['other', 'latchkey'] }))],
  ['from a clock 29 seconds ahead', hmac(secret, claims({ iat: now + 29 }))],
  ['expired 29 seconds ago', hmac(secret, claims({ iat: now - 500, exp: now - 29 }))],
  ['with an id of 128 characters', hmac(secret, claims({ sub: 'x'.repeat(128) }))],
  ['with odd hints about the person, which are left out', hmac(secret, claims({ name: { a: 1 }, zone: 7 }))],
];

const refused: readonly Case[] = [
  ['with padding behind it', `${hmac(secret)}=`],
  ['with a blank in it', hmac(secret).replace(/...$/, ' $&')],
  ['with a line break behind it', `${hmac(secret)}\n`],
  ['alg none', sealed({ alg: 'none' }, claims(), () => Buffer.alloc(0))],
  ['alg None, signed', hmac(secret, claims(), { alg: 'None' })],
  ['no alg', hmac(secret, claims(), { alg: undefined })],
  ['another secret', hmac('another secret of thirty-two bytes and more')],
  ['no secret', hmac('')],
  ['HS512 with the right secret', hmac(secret, claims(), { alg: 'HS512' }, 'sha512')],
  ['HS256 where a key is trusted: its PEM as the secret', hmac(pem), keyed],
  ['… its DER as the secret', hmac(ec.publicKey.export({ type: 'spki', format: 'der' })), keyed],
  [
    'RS256 where a key is trusted',
    sealed({ alg: 'RS256' }, claims(), (s) => sign('sha256', Buffer.from(s), rsa.privateKey)),
    keyed,
  ],
  ['ES256 where a secret is trusted', es256(ec.privateKey)],
  ['another key', es256(otherEc.privateKey), keyed],
  [
    'another key, brought in the header as jwk',
    es256(otherEc.privateKey, claims(), { jwk: jwkOf(otherEc.publicKey) }),
    keyed,
  ],
  [
    'another key, named in the header as jku',
    es256(otherEc.privateKey, claims(), { jku: 'http://127.0.0.1:9/keys', kid: '1' }),
    keyed,
  ],
  ['another key, brought as x5c', es256(otherEc.privateKey, claims(), { x5c: ['MIIB'] }), keyed],
  ['a header that must be understood and is not', hmac(secret, claims(), { crit: ['x'], x: 1 })],
  [
    'changed after it was signed',
    hmac(secret).replace(/\.[^.]+\./, `.${Buffer.from(JSON.stringify(claims())).toString('base64url')}.`),
  ],
  ['the signature cut off', hmac(secret).replace(/[^.]+$/, '')],
  ['another issuer', hmac(secret, claims({ iss: 'https://evil.test' }))],
  ['another audience', hmac(secret, claims({ aud: 'billing' }))],
  ...['iss', 'aud', 'sub', 'account_id', 'jti', 'iat', 'exp'].map((one): Case => [
    `no ${one}`,
    hmac(secret, without(one)),
  ]),
  ['exp over 10 minutes after iat', hmac(secret, claims({ exp: now + 601 }))],
  ['exp in ten years', hmac(secret, claims({ exp: now + 315_360_000 }))],
  ['exp as text', hmac(secret, claims({ exp: String(now + 600) }))],
  ['expired 30 seconds ago', hmac(secret, claims({ iat: now - 600, exp: now - 30 }))],
  ['iat 31 seconds ahead', hmac(secret, claims({ iat: now + 31, exp: now + 600 }))],
  ['nbf ahead', hmac(secret, claims({ nbf: now + 300 }))],
  ['sub as a list', hmac(secret, claims({ sub: ['usr_7'] }))],
  ['sub as an object', hmac(secret, claims({ sub: { toString: 'usr_7' } }))],
  ['account_id as a number', hmac(secret, claims({ account_id: 42 }))],
  ['jti as a list', hmac(secret, claims({ jti: ['a'] }))],
  ...['.', '..', '', 'x'.repeat(129), 'a\u0000b', 'a\nb', 'a\u007fb', 'a\u0085b', 'a\ud800b'].flatMap((id): Case[] => [
    [`sub ${JSON.stringify(id).slice(0, 20)}`, hmac(secret, claims({ sub: id }))],
    [`account_id ${JSON.stringify(id).slice(0, 20)}`, hmac(secret, claims({ account_id: id }))],
  ]),
  ['jti of 257 characters', hmac(secret, claims({ jti: 'x'.repeat(257) }))],
  [
    'a payload that is no object',
    sealed({ alg: 'HS256' }, [1], (s) => createHmac('sha256', secret).update(s).digest()),
  ],
];

describe('who is speaking', () => {
  const verifierOf = async (trusted = shared) =>
    createVerifier(trusted, (await storeOver(openSqlite(':memory:'), clock)).tokens, clock);

  for (const [name, jwt, trusted] of accepted)
    it(`an identity is accepted: ${name}`, async () => {
      const subject = await (await verifierOf(trusted))(await jwt);
      assert.deepEqual([subject.accountId, subject.verifiedBy], ['acct_42', 'signed-identity']);
      assert.ok(!('name' in subject) || subject.name === undefined);
    });

  for (const [name, jwt, trusted] of refused)
    it(`an identity is refused: ${name}`, async () => {
      const verify = await verifierOf(trusted);
      await assert.rejects(verify(await jwt), (error) => codeOf(error) === 'identity-invalid');
    });

  const denial = { feature: 'export', code: 'QUOTA', requestId: 'req_1', at: '2026-11-22T10:00:00+01:00' };
  const tells: Readonly<Record<string, readonly [Claims, object]>> = {
    'Stripe’s customer': [{ stripe_customer: 'cus_42' }, { stripeCustomerId: 'cus_42' }],
    'no customer of Stripe’s that is none': [{ stripe_customer: 'sub_42' }, {}],
    'a denial': [{ denial }, { denial: { ...denial, at: Date.UTC(2026, 10, 22, 9) } }],
    'of a denial what is as agreed': [
      { denial: { ...denial, code: 7, at: 'today' } },
      { denial: { feature: 'export', requestId: 'req_1' } },
    ],
    'no denial that is none': [{ denial: 'export' }, {}],
  };
  for (const [what, [told, wanted]] of Object.entries(tells))
    it(`an identity tells ${what}`, async () => {
      const { stripeCustomerId, denial: heard } = await (await verifierOf())(hmac(secret, claims(told)));
      assert.deepEqual(JSON.parse(JSON.stringify({ stripeCustomerId, denial: heard })), wanted);
    });

  it('an identity is good for one conversation', async () => {
    const [verify, jwt] = [await verifierOf(), hmac(secret)];
    await verify(jwt);
    await assert.rejects(verify(jwt), (error) => codeOf(error) === 'identity-replayed');
  });

  it('of twenty uses at the same moment exactly one wins', async () => {
    const [verify, jwt] = [await verifierOf(), hmac(secret)];
    const uses = await Promise.allSettled(Array.from({ length: 20 }, () => verify(jwt)));
    const lost = uses.flatMap((use) => (use.status === 'rejected' ? [codeOf(use.reason)] : []));
    assert.deepEqual(lost, Array(19).fill('identity-replayed'));
  });

  it('an identity that was refused is not used up', async () => {
    const verify = await verifierOf();
    await assert.rejects(verify(hmac(secret, claims({ jti: 'kept', exp: now + 6000 }))));
    await verify(hmac(secret, claims({ jti: 'kept' })));
  });

  it('an identity cannot come back at any moment after its use', async () => {
    const moving = fakeClock();
    const { tokens } = await storeOver(openSqlite(':memory:'), moving);
    const [verify, jwt] = [createVerifier(shared, tokens, moving), hmac(secret)];
    await verify(jwt);
    for (let minute = 0; minute < 13; minute += 1) {
      await verify(hmac(secret, claims({ iat: moving.now() / 1000, exp: moving.now() / 1000 + 60 })));
      await assert.rejects(verify(jwt), `after ${minute} minutes`);
      moving.forward(minute === 9 ? 29_999 : 60_000);
    }
  });
});
