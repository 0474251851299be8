import assert from 'node:assert/strict';
import fc from 'fast-check';
import { maskPersonal } from '../../src/redaction/mask-personal.ts';

const rows: readonly (readonly [text: string, masked: string])[] = [
  ['where is my invoice?', 'where is my invoice?'],
  ['why error 403 since 3 pm, v2?', 'why error 403 since 3 pm, v2?'],
  ['I am zoe.b+x@example.co.uk, help', 'I am [address removed], help'],
  ['mail “zoe@example.com”.', 'mail [address removed]'],
  ['see https://acme.example/u/7?k=1 please', 'see [address removed] please'],
  ['call +49 (30) 901-820, thanks', 'call [number removed], thanks'],
  ['my order #A-1234567 is late', 'my order #A-[number removed] is late'],
  ['acct_42ab99 or 4d5e6f7a', '[number removed] or [number removed]'],
  ['from 10.1.22.33 on 2026-11-22', 'from [number removed] on [number removed]'],
  ['٠١٢٣٤٥', '[number removed]'],
  ['card 4111 1111 1111 1111', 'card [card number removed]'],
  ['token sk_live_abcdefgh123', 'token [secret removed]'],
];

describe('a text without what tells whose it is', () => {
  for (const [text, masked] of rows) it(`of “${text}” is “${masked}”`, () => assert.equal(maskPersonal(text), masked));

  it('holds no address and no long number, whatever stands around them', () => {
    const around = fc.string({ unit: fc.constantFrom(...'ab ,.(é–\n'.split('')), maxLength: 8 });
    fc.assert(
      fc.property(around, fc.stringMatching(/^\d{5,9}$/), around, (before, digits, after) => {
        const masked = maskPersonal(`${before}${digits}${after} ${before}x@y.example${after}`);
        assert.ok(!masked.includes(digits) && !masked.includes('x@y.example'), masked);
      }),
    );
  });
});
