import assert from 'node:assert/strict';
import fc from 'fast-check';
import { csv, guarded, type Cell } from '../../src/metrics/csv.ts';
import { parse } from './parse-csv.ts';

const mark = '\uFEFF';
const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      ...[
        '=',
        '+',
        '-',
        '@',
        '＝',
        '－',
        '＠',
        '\u2212',
        '\t',
        '\r',
        '\n',
        ' ',
        '\u00a0',
        '\u200b',
        '"',
        ',',
        ';',
        "'",
        'a',
      ],
    ),
  }),
);
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const cell: fc.Arbitrary<Cell> = fc.oneof(nasty, number, fc.constant(null));
const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { maxLength: 6 });

/** The first sign that a spreadsheet would look at. */
const firstOf = (text: string) => text.normalize('NFKC').replace(/^[\s\p{C}"]+/u, '')[0] ?? '';

describe('CSV', () => {
  it('is quoted text and bare numbers, with CRLF behind a byte order mark', () => {
    const rows = [
      ['Words', 'Count', 'Share'],
      ['He said "no", twice', -3, 0.5],
      ['', 0, null],
    ];
    assert.equal(csv(rows), `${mark}"Words","Count","Share"\r\n"He said ""no"", twice",-3,0.5\r\n"",0,\r\n`);
  });

  for (const text of [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    ' =1',
    '＝1',
    '＋1',
    '－1',
    '＠a',
    '\u2212 1',
    '"=1"',
  ])
    it(`puts an apostrophe before ${JSON.stringify(text)}`, () => assert.ok(guarded(text).startsWith("'")));

  it('guards what begins a cell where a semicolon parts cells', () => {
    assert.equal(guarded('a;=1+1; "@b'), `a;'=1+1;' "@b`);
  });

  it('leaves a minus within a sentence, and what is only a number of ours', () => {
    assert.equal(guarded('sign-in – what now?'), 'sign-in – what now?');
    assert.equal(csv([[-5]]), `${mark}-5\r\n`);
  });

  it('is read back as it was written by a parser that knows nothing of it', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const written = rows.map((row) =>
          row.map((one) => (typeof one === 'string' ? guarded(one) : one === null ? '' : String(one))),
        );
        assert.deepEqual(parse(csv(rows).slice(mark.length), ','), written);
      }),
    );
  });

  for (const separator of [',', ';', '\t'])
    it(`has no cell of text that begins a formula where ${JSON.stringify(separator)} parts cells`, () => {
      fc.assert(
        fc.property(fc.array(fc.array(nasty, { minLength: 1, maxLength: 4 }), { maxLength: 4 }), (rows) => {
          for (const one of parse(csv(rows).slice(mark.length), separator).flat())
            assert.doesNotMatch(firstOf(one), /[=+\-@\u2212\t\r]/, JSON.stringify(one));
        }),
      );
    });
});
