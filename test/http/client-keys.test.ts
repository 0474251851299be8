import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { readConfig } from '../../src/config.ts';
import { networkOf } from '../../src/domain/networks.ts';
import { createClientKeys } from '../../src/http/client-keys.ts';

const networks = (...texts: string[]) => texts.map((text) => networkOf(text) ?? assert.fail(text));
const keyOf = createClientKeys(networks('10.0.0.0/8', '192.0.2.1', 'fd00::/8'));
const from = (remoteAddress: string, forwarded?: string) =>
  keyOf({
    socket: { remoteAddress },
    headers: { ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }) },
  } as unknown as IncomingMessage);

const rows: readonly (readonly [what: string, address: string, forwarded: string | undefined, key: string])[] = [
  ['its connection', '203.0.113.7', undefined, '203.0.113.7'],
  ['its connection, whatever it says', '203.0.113.7', '198.51.100.1', '203.0.113.7'],
  ['what a proxy says', '10.1.2.3', '198.51.100.1', '198.51.100.1'],
  ['what the nearest proxy says, not what a client said to it', '10.1.2.3', '192.0.2.77, 198.51.100.1', '198.51.100.1'],
  [
    'the first hop that is no proxy, from the right',
    '10.1.2.3',
    '8.8.8.8, 198.51.100.1, 192.0.2.1,10.9.9.9',
    '198.51.100.1',
  ],
  ['the last proxy where all are', '10.1.2.3', '10.0.0.1, 10.0.0.2', '10.0.0.1'],
  ['the proxy itself where it says nothing', '10.1.2.3', undefined, '10.1.2.3'],
  ['the proxy itself where it says no address', '10.1.2.3', '8.8.8.8, unknown', '10.1.2.3'],
  ['an address with its port', '10.1.2.3', '198.51.100.1:4711', '198.51.100.1'],
  ['an address of IPv6 with its port', '10.1.2.3', '[2001:db8:1:2::7]:4711', '2001:db8:1:2::/64'],
  ['IPv4 that came over a socket of IPv6', '::ffff:10.1.2.3', '::ffff:c633:6401', '198.51.100.1'],
  ['its /64', '2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2::/64'],
  ['its /64, however it is written', '2001:0DB8:1:2::', undefined, '2001:db8:1:2::/64'],
  ['its /64 behind a proxy of IPv6', 'fd12::1', '2001:db8::1', '2001:db8:0:0::/64'],
  ['its /64 without the interface', 'fe80::1%eth0', undefined, 'fe80:0:0:0::/64'],
];

describe('a client', () => {
  for (const [what, address, forwarded, key] of rows)
    it(`is known by ${what}`, () => assert.equal(from(address, forwarded), key));

  it('is nobody else by what it says itself, and never a fault', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (said) => {
        assert.equal(from('10.1.2.3', `${said},198.51.100.1`), '198.51.100.1');
        assert.equal(typeof from('10.1.2.3', said), 'string');
      }),
    );
  });
});

describe('a network', () => {
  it('is an address, or one with the bits that count', () => {
    assert.deepEqual(networkOf('10.0.0.0/8'), { address: '10.0.0.0', bits: 8, family: 'ipv4' });
    assert.deepEqual(networkOf('::1'), { address: '::1', bits: 128, family: 'ipv6' });
  });

  it('is never everybody, and nothing else', () => {
    for (const text of [
      '0.0.0.0/0',
      '::/0',
      '10.0.0.0/33',
      '10.0.0.0/',
      '10.0.0.0/8/8',
      '10.0.0',
      'proxy',
      '',
      '1.1.1.1/1e1',
    ])
      assert.equal(networkOf(text), null, text);
  });

  it('is trusted where a setting names it', () => {
    const { trustedProxies } = readConfig({ TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8 ::1' });
    assert.deepEqual(
      trustedProxies.map(({ address, bits }) => `${address}/${bits}`),
      ['127.0.0.1/32', '10.0.0.0/8', '::1/128'],
    );
    const shouldBe = 'it should be addresses or networks, such as 127.0.0.1 10.0.0.0/8';
    for (const TRUSTED_PROXIES of ['0.0.0.0/0', 'nginx', '10.0.0.0/40'])
      assert.throws(() => readConfig({ TRUSTED_PROXIES }), { message: `TRUSTED_PROXIES is not valid: ${shouldBe}` });
  });
});
