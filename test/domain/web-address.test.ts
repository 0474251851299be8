import assert from 'node:assert/strict';
import { hasLogin, httpUrl, isLoopback, mayCarrySecrets } from '../../src/domain/web-address.ts';

describe('an address', () => {
  for (const text of ['https://help.example.com', 'http://localhost:3978/a?b'])
    it(`of http or https is ${text}`, () => assert.equal(httpUrl(text)?.href, new URL(text).href));
  for (const text of ['', 'help.example.com', 'file:///etc', 'javascript:alert(1)', 'ws://a.example'])
    it(`of http or https is not ${JSON.stringify(text)}`, () => assert.equal(httpUrl(text), null));

  for (const text of ['https://a@b.example', 'https://a:p@b.example', 'https://:p@b.example'])
    it(`has a login in ${text}`, () => assert.ok(hasLogin(new URL(text))));

  for (const text of [
    'https://a.example',
    'http://localhost',
    'http://127.0.0.1:80',
    'http://127.9.9.9',
    'http://[::1]',
  ])
    it(`may carry secrets: ${text}`, () => assert.ok(mayCarrySecrets(new URL(text))));
  for (const text of ['http://a.example', 'http://localhost.example', 'http://127.0.0.1.example', 'ftp://localhost'])
    it(`may not carry secrets: ${text}`, () => assert.ok(!mayCarrySecrets(new URL(text))));

  it('on this machine may be written with or without brackets', () =>
    assert.deepEqual(['::1', '[::1]', '::2'].map(isLoopback), [true, true, false]));
});
