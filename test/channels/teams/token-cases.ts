import assert from 'node:assert/strict';
import { createSecretKey } from 'node:crypto';
import type { Wire } from '../../../src/channels/wire.ts';
import { appId, tenant, type Microsoft, type TokenDiffers } from './far-end.ts';
import type { Site } from './site.ts';

export const other = '00000000-0000-4000-8000-00000000000f';
const seconds = (minutes: number, site: Site) => Math.floor(site.world.clock.now() / 1_000) + minutes * 60;

export interface Case {
  readonly name: string;
  readonly status: number;
  /** Null: it is let in. */
  readonly why: string | null;
  readonly activity?: Wire;
  readonly token?: (site: Site) => TokenDiffers;
  /** In place of a bearer token. */
  readonly authorization?: (site: Site) => Promise<string | null>;
}

const header = (value: string | null) => () => Promise.resolve(value);
export const signed = async (microsoft: Microsoft, differs: TokenDiffers = {}) => microsoft.token(differs);
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Every way in that was found, and what becomes of it. */
export const tokenCases: readonly Case[] = [
  { name: 'a good token', status: 200, why: null },
  { name: 'expired 50 seconds ago', status: 200, why: null, token: (s) => ({ claims: { exp: seconds(0, s) - 50 } }) },
  {
    name: 'bearer in lower case',
    status: 200,
    why: null,
    authorization: async (s) => `bearer ${await signed(s.microsoft)}`,
  },

  { name: 'no token', status: 401, why: 'token-missing', authorization: header(null) },
  { name: 'Basic', status: 401, why: 'token-malformed', authorization: header('Basic dXNlcjpwYXNz') },
  { name: 'garbage', status: 401, why: 'token-malformed', authorization: header('Bearer junk') },
  { name: 'garbage in three parts', status: 401, why: 'token-malformed', authorization: header('Bearer a.b.c') },
  {
    name: 'nine kilobytes',
    status: 401,
    why: 'token-too-long',
    authorization: header(`Bearer ${'a'.repeat(9_000)}.b.c`),
  },
  {
    name: 'an unsecured token',
    status: 401,
    why: 'algorithm-wrong',
    authorization: (s) => Promise.resolve(unsecured(s)),
  },
  {
    name: 'HS256 with the public key as its secret',
    status: 401,
    why: 'algorithm-wrong',
    token: (s) => ({ alg: 'HS256', secret: publicAsSecret(s) }),
  },
  { name: 'RS512 of a good key', status: 401, why: 'algorithm-wrong', token: () => ({ alg: 'RS512' }) },
  { name: 'an unknown key', status: 401, why: 'key-unknown', token: () => ({ header: { kid: 'nobody' } }) },
  {
    name: 'a path as the key',
    status: 401,
    why: 'key-unknown',
    token: () => ({ header: { kid: '../../etc/passwd' } }),
  },
  {
    name: 'a name of Object as the key',
    status: 401,
    why: 'key-unknown',
    token: () => ({ header: { kid: '__proto__' } }),
  },
  {
    name: 'no key',
    status: 401,
    why: 'key-unknown',
    authorization: async (s) => withoutKid(await signed(s.microsoft)),
  },
  {
    name: 'the signature of another key',
    status: 401,
    why: 'signature-wrong',
    token: (s) => ({ secret: stranger(s) }),
  },
  {
    name: 'a changed signature',
    status: 401,
    why: 'signature-wrong',
    authorization: async (s) => changed(await signed(s.microsoft), 2),
  },
  {
    name: 'a changed payload',
    status: 401,
    why: 'signature-wrong',
    authorization: async (s) => changed(await signed(s.microsoft), 1),
  },
  { name: 'its own key inside', status: 401, why: 'signature-wrong', token: ownKey },
  { name: 'another issuer', status: 401, why: 'issuer-wrong', token: () => ({ claims: { iss: 'https://evil.test' } }) },
  {
    name: 'the emulator’s issuer',
    status: 401,
    why: 'issuer-wrong',
    token: () => ({
      claims: { iss: `https://login.microsoftonline.com/${tenant}/v2.0`, ver: '2.0', azp: appId, tid: tenant },
    }),
  },
  {
    name: 'a skill’s token',
    status: 401,
    why: 'issuer-wrong',
    token: () => ({ claims: { iss: `https://sts.windows.net/${tenant}/`, ver: '1.0', appid: other } }),
  },
  { name: 'no issuer', status: 401, why: 'issuer-wrong', token: () => ({ claims: { iss: null } }) },
  { name: 'another bot’s token', status: 401, why: 'audience-wrong', token: () => ({ claims: { aud: other } }) },
  {
    name: 'a token for many bots',
    status: 401,
    why: 'audience-wrong',
    token: () => ({ claims: { aud: [other, appId] } }),
  },
  { name: 'no audience', status: 401, why: 'audience-wrong', token: () => ({ claims: { aud: null } }) },
  {
    name: 'expired 70 seconds ago',
    status: 401,
    why: 'token-expired',
    token: (s) => ({ claims: { exp: seconds(0, s) - 70 } }),
  },
  { name: 'no expiry', status: 401, why: 'expiry-missing', token: () => ({ claims: { exp: null } }) },
  {
    name: 'an expiry that is no number',
    status: 401,
    why: 'expiry-missing',
    token: () => ({ claims: { exp: '9999999999' } }),
  },
  {
    name: 'good in two minutes',
    status: 401,
    why: 'token-not-yet',
    token: (s) => ({ claims: { nbf: seconds(2, s) } }),
  },
  {
    name: 'no service URL in the token',
    status: 401,
    why: 'service-url-other',
    token: () => ({ claims: { serviceurl: null } }),
  },
  {
    name: 'another service URL in the token',
    status: 401,
    why: 'service-url-other',
    token: () => ({ claims: { serviceurl: 'https://smba.trafficmanager.net/emea/' } }),
  },
  {
    name: 'no service URL in the activity',
    status: 401,
    why: 'service-url-missing',
    activity: { serviceUrl: undefined },
  },
  {
    name: 'an empty service URL',
    status: 401,
    why: 'service-url-missing',
    activity: { serviceUrl: '' },
    token: () => ({ claims: { serviceurl: '' } }),
  },
  ...[
    'https://evil.test/',
    'https://smba.trafficmanager.net.evil.test/',
    'https://evil.trafficmanager.net/',
    'http://smba.trafficmanager.net/',
    'https://smba.trafficmanager.net:444/',
    'https://u:p@smba.trafficmanager.net/',
    'https://169.254.169.254/',
    'file:///etc/passwd',
    'http://127.0.0.1:1/',
  ].map((url): Case => ({
    name: `the service ${url}, in token and activity`,
    status: 403,
    why: 'service-url-refused',
    activity: { serviceUrl: url },
    token: () => ({ claims: { serviceurl: url } }),
  })),
  { name: 'another channel', status: 403, why: 'channel-wrong', activity: { channelId: 'slack' } },
  { name: 'the emulator', status: 403, why: 'channel-wrong', activity: { channelId: 'emulator' } },
  { name: 'no channel', status: 403, why: 'channel-wrong', activity: { channelId: undefined } },
  { name: 'an empty channel', status: 403, why: 'channel-wrong', activity: { channelId: '' } },
  {
    name: 'a key that may not speak for Teams',
    status: 401,
    why: 'channel-not-endorsed',
    token: () => ({ key: 'slack-only' }),
  },
  { name: 'another tenant', status: 403, why: 'tenant-refused', activity: inTenants(other, other) },
  { name: 'two tenants', status: 403, why: 'tenant-refused', activity: inTenants(tenant, other) },
  { name: 'no tenant', status: 403, why: 'tenant-refused', activity: inTenants(undefined, undefined) },
  { name: 'another recipient', status: 403, why: 'recipient-wrong', activity: { recipient: { id: `28:${other}` } } },

  { name: 'no type', status: 400, why: 'body-invalid', activity: { type: undefined } },
  { name: 'an object for a text', status: 400, why: 'body-invalid', activity: { text: { $gt: '' } } },
  { name: 'a list for an id', status: 400, why: 'body-invalid', activity: { id: ['1'] } },
  { name: 'no sender', status: 400, why: 'body-invalid', activity: { from: undefined } },
  { name: 'no conversation', status: 400, why: 'body-invalid', activity: { conversation: null } },
];

function inTenants(conversation: string | undefined, channelData: string | undefined): Wire {
  return { conversation: { tenantId: conversation }, channelData: { tenant: { id: channelData } } };
}

function unsecured({ microsoft }: Site): string {
  const claims = { iss: microsoft.endpoints.issuer, aud: appId, exp: 4_000_000_000, serviceurl: microsoft.base };
  return `Bearer ${encoded({ alg: 'none', typ: 'JWT', kid: 'one' })}.${encoded(claims)}.AA`;
}

function publicAsSecret({ microsoft }: Site) {
  const pem = microsoft.pairs[0]?.publicKey.export({ type: 'spki', format: 'pem' }) ?? '';
  return createSecretKey(Buffer.from(pem));
}

function stranger({ microsoft }: Site) {
  return microsoft.pairs[2]?.privateKey ?? assert.fail();
}

function ownKey(site: Site): TokenDiffers {
  const jwk = site.microsoft.pairs[2]?.publicKey.export({ format: 'jwk' });
  return { secret: stranger(site), header: { jwk, jku: `${site.microsoft.base}/keys` } };
}

function withoutKid(token: string): string {
  const [, payload, signature] = token.split('.');
  return `Bearer ${encoded({ alg: 'RS256', typ: 'JWT' })}.${payload ?? ''}.${signature ?? ''}`;
}

/** One character of a part is another one. */
function changed(token: string, part: number): string {
  const parts = token.split('.');
  const text = parts[part] ?? '';
  const at = 20;
  parts[part] = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
  return `Bearer ${parts.join('.')}`;
}
