import assert from 'node:assert/strict';
import { createHmac, createSecretKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { codeOf } from '../../src/domain/errors.ts';
import type { RefusalReason } from '../../src/identity/refusal.ts';
import { publicKeys, sharedSecret } from '../../src/identity/trusted-keys.ts';
import { createVerifier, type TrustedIssuer } from '../../src/identity/verify.ts';
import { storeOver } from '../support/store.ts';
import { fakeClock } from '../support/fakes.ts';
import { openInMemory } from '../support/in-memory.ts';
import { verifierNeeds } from './needs.ts';

const secret = 'a secret of at least thirty-two bytes';
const clock = fakeClock();
const now = clock.now() / 1000;
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const otherEc = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = ec.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const from = { issuer: 'https://www.example.com', audience: 'latchkey', jwksUrl: null };
const shared: TrustedIssuer = { ...from, keys: [sharedSecret(secret)] };
const keyed: TrustedIssuer = { ...from, keys: publicKeys(pem) ?? [] };

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

type RefusedCase = readonly [reason: RefusalReason, ...Case];
const refused: readonly RefusedCase[] = [
  ['malformed', 'with padding behind it', `${hmac(secret)}=`],
  ['malformed', 'with a blank in it', hmac(secret).replace(/...$/, ' $&')],
  ['malformed', 'with a line break behind it', `${hmac(secret)}\n`],
  ['malformed', 'a text', 'hello'],
  ['malformed', 'a header that is no JSON', `bm8.${hmac(secret).split('.').slice(1).join('.')}`],
  ['malformed', 'alg none', sealed({ alg: 'none' }, claims(), () => Buffer.alloc(0))],
  [
    'wrong-algorithm',
    'alg none, with something for a signature',
    sealed({ alg: 'none' }, claims(), () => Buffer.of(1)),
  ],
  ['wrong-algorithm', 'alg None, signed', hmac(secret, claims(), { alg: 'None' })],
  ['wrong-algorithm', 'no alg', hmac(secret, claims(), { alg: undefined })],
  ['wrong-algorithm', 'an alg that is a list', hmac(secret, claims(), { alg: ['HS256', 'none'] })],
  ['bad-signature', 'another secret', hmac('another secret of thirty-two bytes and more')],
  ['bad-signature', 'no secret', hmac('')],
  ['wrong-algorithm', 'HS512 with the right secret', hmac(secret, claims(), { alg: 'HS512' }, 'sha512')],
  ['wrong-algorithm', 'HS256 where a key is trusted: its PEM as the secret', hmac(pem), keyed],
  ['wrong-algorithm', '… its DER as the secret', hmac(ec.publicKey.export({ type: 'spki', format: 'der' })), keyed],
  [
    'wrong-algorithm',
    'RS256 where a key is trusted',
    sealed({ alg: 'RS256' }, claims(), (s) => sign('sha256', Buffer.from(s), rsa.privateKey)),
    keyed,
  ],
  ['wrong-algorithm', 'ES256 where a secret is trusted', es256(ec.privateKey)],
  ['bad-signature', 'another key', es256(otherEc.privateKey), keyed],
  [
    'bad-signature',
    'another key, brought in the header as jwk',
    es256(otherEc.privateKey, claims(), { jwk: jwkOf(otherEc.publicKey) }),
    keyed,
  ],
  [
    'bad-signature',
    'another key, named in the header as jku',
    es256(otherEc.privateKey, claims(), { jku: 'http://127.0.0.1:9/keys', kid: '1' }),
    keyed,
  ],
  ['bad-signature', 'another key, brought as x5c', es256(otherEc.privateKey, claims(), { x5c: ['MIIB'] }), keyed],
  ['malformed', 'a header that must be understood and is not', hmac(secret, claims(), { crit: ['x'], x: 1 })],
  [
    'bad-signature',
    'changed after it was signed',
    hmac(secret).replace(/\.[^.]+\./, `.${Buffer.from(JSON.stringify(claims())).toString('base64url')}.`),
  ],
  ['malformed', 'the signature cut off', hmac(secret).replace(/[^.]+$/, '')],
  ['too-long', 'over 8,192 characters', hmac(secret, claims({ name: 'x'.repeat(8_192) }))],
  ['wrong-issuer', 'another issuer', hmac(secret, claims({ iss: 'https://evil.test' }))],
  ['wrong-audience', 'another audience', hmac(secret, claims({ aud: 'billing' }))],
  ...['iss', 'aud', 'sub', 'account_id', 'jti', 'iat', 'exp'].map((one): RefusedCase => [
    'claim-missing',
    `no ${one}`,
    hmac(secret, without(one)),
  ]),
  ['lives-too-long', 'exp over 10 minutes after iat', hmac(secret, claims({ exp: now + 601 }))],
  ['lives-too-long', 'exp in ten years', hmac(secret, claims({ exp: now + 315_360_000 }))],
  ['claim-invalid', 'exp as text', hmac(secret, claims({ exp: String(now + 600) }))],
  ['expired', 'expired 30 seconds ago', hmac(secret, claims({ iat: now - 600, exp: now - 30 }))],
  ['not-yet-valid', 'iat 31 seconds ahead', hmac(secret, claims({ iat: now + 31, exp: now + 600 }))],
  ['not-yet-valid', 'nbf ahead', hmac(secret, claims({ nbf: now + 300 }))],
  ['claim-invalid', 'sub as a list', hmac(secret, claims({ sub: ['usr_7'] }))],
  ['claim-invalid', 'sub as an object', hmac(secret, claims({ sub: { toString: 'usr_7' } }))],
  ['claim-invalid', 'account_id as a number', hmac(secret, claims({ account_id: 42 }))],
  ['claim-invalid', 'jti as a list', hmac(secret, claims({ jti: ['a'] }))],
  ...['.', '..', '', 'x'.repeat(129), 'a\u0000b', 'a\nb', 'a\u007fb', 'a\u0085b', 'a\ud800b'].flatMap(
    (id): RefusedCase[] => [
      ['claim-invalid', `sub ${JSON.stringify(id).slice(0, 20)}`, hmac(secret, claims({ sub: id }))],
      ['claim-invalid', `account_id ${JSON.stringify(id).slice(0, 20)}`, hmac(secret, claims({ account_id: id }))],
    ],
  ),
  ['claim-invalid', 'jti of 257 characters', hmac(secret, claims({ jti: 'x'.repeat(257) }))],
  [
    'malformed',
    'a payload that is no object',
    sealed({ alg: 'HS256' }, [1], (s) => createHmac('sha256', secret).update(s).digest()),
  ],
];

describe('who is speaking', () => {
  const verifierOf = async (trusted = shared, needs = verifierNeeds()) =>
    createVerifier(trusted, { ...needs, clock, tokens: (await storeOver(await openInMemory(), clock)).tokens });

  for (const [name, jwt, trusted] of accepted)
    it(`an identity is accepted: ${name}`, async () => {
      const subject = await (await verifierOf(trusted))(await jwt);
      assert.deepEqual([subject.accountId, subject.verifiedBy], ['acct_42', 'signed-identity']);
      assert.ok(!('name' in subject) || subject.name === undefined);
    });

  for (const [reason, name, jwt, trusted] of refused)
    it(`an identity is refused, logged and counted as ${reason}: ${name}`, async () => {
      const needs = verifierNeeds();
      const verify = await verifierOf(trusted, needs);
      await assert.rejects(verify(await jwt), (error) => codeOf(error) === 'identity-invalid');
      assert.deepEqual(needs.reasons, [reason]);
      const [{ level, fields } = assert.fail(), ...more] = needs.log.lines;
      assert.deepEqual([level, (fields as { reason: string }).reason, more], ['warn', reason, []]);
      assert.doesNotMatch(JSON.stringify(needs.log.lines), /eyJ|usr_7|acct_42|once-|example\.com/);
    });

  it('names the claim that is missing or wrong', async () => {
    for (const [differs, told] of [
      [{ jti: undefined }, { reason: 'claim-missing', claim: 'jti' }],
      [{ account_id: 42 }, { reason: 'claim-invalid', claim: 'account_id' }],
    ] as const) {
      const needs = verifierNeeds();
      await assert.rejects((await verifierOf(shared, needs))(hmac(secret, claims(differs))));
      assert.deepEqual(needs.log.lines[0]?.fields, told);
    }
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
    const needs = verifierNeeds();
    const [verify, jwt] = [await verifierOf(shared, needs), hmac(secret)];
    await verify(jwt);
    await assert.rejects(verify(jwt), (error) => codeOf(error) === 'identity-replayed');
    assert.deepEqual(needs.reasons, ['replayed']);
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
    const { tokens } = await storeOver(await openInMemory(), moving);
    const [verify, jwt] = [createVerifier(shared, { ...verifierNeeds(), tokens, clock: moving }), hmac(secret)];
    await verify(jwt);
    for (let minute = 0; minute < 13; minute += 1) {
      await verify(hmac(secret, claims({ iat: moving.now() / 1000, exp: moving.now() / 1000 + 60 })));
      await assert.rejects(verify(jwt), `after ${minute} minutes`);
      moving.forward(minute === 9 ? 29_999 : 60_000);
    }
  });
});
