import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAppToken } from '../../../src/channels/teams/app-token.ts';
import { credential, type Credential } from '../../../src/channels/teams/credential.ts';
import { clouds } from '../../../src/channels/teams/endpoints.ts';
import { readIfSet } from '../../../src/domain/settings.ts';
import { settingsRead } from '../../support/settings.ts';
import { appId, settings, tenant } from './far-end.ts';

/** Self-signed, with the key; made for these tests alone. */
const made = (kind: 'rsa' | 'ec') => readFileSync(join(import.meta.dirname, 'certificates', `${kind}.pem`), 'utf8');
const pem = made('rsa');
const read = (env: Readonly<Record<string, string>>) => settingsRead(env, (reader) => readIfSet(credential, reader));

/** What is asked for a token of this credential, from a fake of where it is asked. */
async function asked(proof: Credential) {
  const requests: { readonly url: URL; readonly headers: Headers; readonly body: URLSearchParams }[] = [];
  const there: typeof fetch = (input, init) => {
    const [url, body] = [new URL(input), new URLSearchParams(init?.body as string)];
    requests.push({ url, headers: new Headers(init?.headers), body });
    const expires = { expires_in: 3_600, expires_on: Math.floor(Date.now() / 1_000) + 3_600 };
    return Promise.resolve(Response.json({ token_type: 'Bearer', access_token: 'a token', ...expires }));
  };
  const token = createAppToken({ ...settings, credential: proof }, { fetch: there, endpoints: clouds.public });
  assert.equal(await token({ fresh: true }), 'a token');
  assert.equal(requests.length, 1);
  return requests[0] ?? assert.fail();
}

describe('what the bot proves itself with', () => {
  it('is a certificate: what it signs tells its thumbprint, and the key stays here', async () => {
    const { value } = read({ TEAMS_APP_CERTIFICATE: pem.replaceAll('\n', '\\n') });
    assert.ok(value?.kind === 'certificate');
    const { url, body } = await asked(value);
    assert.equal(url.href.split('?')[0], `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`);
    assert.equal(body.get('client_secret'), null);
    const [header = '', claims = '', signature = ''] = (body.get('client_assertion') ?? '').split('.');
    const { alg, 'x5t#S256': thumbprint } = JSON.parse(Buffer.from(header, 'base64url').toString()) as Record<
      string,
      string
    >;
    assert.equal(Buffer.from(String(thumbprint), 'base64url').toString('hex').toUpperCase(), value.thumbprintSha256);
    assert.equal(alg, 'PS256');
    const key = { key: createPublicKey(pem), padding: 6, saltLength: 32 };
    assert.ok(verify('sha256', Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url')));
  });

  it('is the machine in Azure on which it runs, asked by the id of the bot', async () => {
    const { value } = read({ TEAMS_MANAGED_IDENTITY: '1' });
    assert.deepEqual(value, { kind: 'managed-identity' });
    const { url, headers } = await asked({ kind: 'managed-identity' });
    assert.equal(url.host, '169.254.169.254');
    assert.equal(headers.get('metadata'), 'true');
    const query = [url.searchParams.get('client_id'), url.searchParams.get('resource')];
    assert.deepEqual(query, [appId, 'https://api.botframework.com']);
  });

  it('is one of them, and as it should be', () => {
    const another = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
      type: 'pkcs8',
      format: 'pem',
    });
    const certificate = pem.slice(pem.indexOf('-----BEGIN CERTIFICATE'));
    for (const TEAMS_APP_CERTIFICATE of ['a file', certificate, made('ec'), `${String(another)}${certificate}`])
      assert.deepEqual(read({ TEAMS_APP_CERTIFICATE }).wrong, ['TEAMS_APP_CERTIFICATE']);
    assert.deepEqual(read({ TEAMS_MANAGED_IDENTITY: 'yes' }).wrong, ['TEAMS_MANAGED_IDENTITY']);
    const both = { TEAMS_APP_SECRET: 'value', TEAMS_MANAGED_IDENTITY: '1' };
    assert.deepEqual(read(both).wrong, ['TEAMS_MANAGED_IDENTITY']);
  });
});
