import assert from 'node:assert/strict';
import { login, startMailServer } from '../desks/mail-server.ts';
import { keyNamed, startKeyServer } from '../identity/key-server.ts';
import { startPatient, type Patient } from './examined.ts';
import { checked, jsonOf, tenant } from './far-ends.ts';

const identity = { IDENTITY_ISSUER: 'https://www.example.com', IDENTITY_AUDIENCE: 'latchkey' };
const byOthers = (text: string) => text.replace(/^(ok|warn|fail) +[^:]+: /, '$1 ');

describe('npm run doctor: who is asked', () => {
  let patient: Patient;
  beforeEach(async () => (patient = await startPatient()));
  afterEach(() => patient.close());

  for (const { line, env, well, says, broken } of checked) {
    it(`${line} is ok where it takes us`, async () => {
      patient.answer = well;
      assert.match(byOthers(await patient.lineOf(line, env(patient.farEnd.url.origin))), says);
      assert.ok(
        patient.farEnd.asked.every(({ method }) => method !== 'PUT'),
        'nothing is changed',
      );
    });
    for (const [name, [told, sentence]] of Object.entries(broken))
      it(`${line} says what to do where ${name}`, async () => {
        patient.answer = told;
        assert.match(byOthers(await patient.lineOf(line, env(patient.farEnd.url.origin))), sentence);
      });
    it(`${line} fails where nobody answers`, async () => {
      patient.farEnd.close();
      assert.match(await patient.lineOf(line, env(patient.farEnd.url.origin)), /^fail/);
    });
    it(`${line} fails in time where there is no end to waiting`, async () => {
      patient.farEnd.fault = 'late';
      assert.match(
        await patient.lineOf(line, env(patient.farEnd.url.origin), { deadlineMs: 200 }),
        /^fail .+no answer within/,
      );
    });
  }

  it('only reads: what it asks of each far end is a question', async () => {
    for (const { env, well } of checked) {
      patient.answer = well;
      await patient.linesOf(env(patient.farEnd.url.origin));
    }
    const posted = patient.farEnd.asked
      .filter(({ method }) => !['GET', 'HEAD'].includes(method))
      .map(({ path }) => path);
    // An address of a socket that nobody opens is forgotten.
    const questions = ['/api/auth.test', '/api/apps.connections.open', `/${tenant}/oauth2/v2.0/token`];
    assert.deepEqual([...new Set(posted)], questions);
  });

  it('a key of Stripe’s for tests is a warning', async () => {
    patient.answer = () => jsonOf(200);
    assert.match(
      await patient.lineOf('Stripe', { STRIPE_KEY: 'rk_test_the-stripe-key' }),
      /^warn .+set STRIPE_KEY to a live key/,
    );
  });

  for (const [line, setting, others] of [
    ['email', 'SMTP_URL', { EMAIL_FROM: 'a@b.example', EMAIL_TO: 'c@d.example' }],
    ['reply mail', 'REPLY_SMTP_URL', { REPLY_FROM: 'a@b.example' }],
  ] as const)
    it(`the mail server of ${setting} is signed in to, and gets no mail`, async () => {
      const mail = await startMailServer();
      const env = (pass: string, scheme = 'smtp') => ({
        ...others,
        [setting]: `${scheme}://${login.user}:${pass}@127.0.0.1:${mail.port}`,
      });
      const todo = new RegExp(
        `^fail .+; check host, port, user and password in ${setting} \\(docs/.+, and smtps:// or smtp://$`,
      );
      try {
        assert.match(await patient.lineOf(line, env(login.pass)), /^ok .+takes the login$/);
        const refused = await patient.lineOf(line, env('another-pass'));
        assert.match(refused, /answered 535/);
        assert.match(refused, todo);
        assert.match(await patient.lineOf(line, env(login.pass, 'smtps')), todo);
        assert.deepEqual(mail.mails, []);
      } finally {
        mail.close();
      }
      assert.match(await patient.lineOf(line, env(login.pass)), todo);
    });

  it('the OpenID Connect provider is discovered', async () => {
    const env = {
      OPENID_ISSUER: patient.farEnd.url.origin,
      OPENID_CLIENT_ID: 'latchkey',
      OPENID_CLIENT_SECRET: 'the-client-secret',
    };
    const all = { ...env, CONSOLE_AGENTS: '@example.com', PUBLIC_URL: patient.farEnd.url.origin };
    const at = patient.farEnd.url.origin;
    const metadata = { issuer: at, authorization_endpoint: `${at}/a`, token_endpoint: `${at}/t`, jwks_uri: `${at}/k` };
    patient.answer = () => jsonOf(200, metadata);
    assert.match(await patient.lineOf('OpenID Connect', all), /^ok .+is found/);
    patient.answer = () => jsonOf(200, { ...metadata, issuer: 'https://other.example.com' });
    assert.match(await patient.lineOf('OpenID Connect', all), /^fail .+check OPENID_ISSUER/);
    patient.farEnd.close();
    assert.match(await patient.lineOf('OpenID Connect', all), /^fail .+check OPENID_ISSUER/);
  });

  describe('the keys of identities', () => {
    let server: Awaited<ReturnType<typeof startKeyServer>>;
    beforeEach(async () => (server = await startKeyServer(keyNamed('a', 'RS256').jwk, keyNamed('b', 'EdDSA').jwk)));
    afterEach(() => server.close());

    it('are read', async () => {
      const published = { ...identity, IDENTITY_SECRET: '', IDENTITY_JWKS_URL: server.url };
      const env = { ...published, DEMO: '0', STRIPE_KEY: 'rk_live_1234567' };
      assert.match(await patient.lineOf('identity keys', env), /^ok .+has 2 of them: RS256, EdDSA$/);
      server.keys = [];
      assert.match(await patient.lineOf('identity keys', env), /^fail .+no key that can be used; publish/);
      server.body = '<html>';
      assert.match(
        await patient.lineOf('identity keys', env),
        /^fail .+no JWK set; check IDENTITY_JWKS_URL: it is to answer with one within 3 s, without a redirect/,
      );
      server.close();
      assert.match(await patient.lineOf('identity keys', env), /^fail/);
    });
  });
});
