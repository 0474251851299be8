import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import type { Value } from '../../src/domain/verdict.ts';
import { fill, placeholdersOf, type Wording } from '../../src/knowledge/fill.ts';
import { spanInWords, timeInWords, utcOnce } from '../../src/knowledge/in-words.ts';
import { content } from '../support/fakes.ts';

const wording: Wording = { catalog: content.catalog, zone: 'Europe/Berlin', utc: true, unnamedFeature: 'this feature' };
const december = Date.UTC(2026, 11, 1);

describe('a template', () => {
  const table: readonly (readonly [what: string, value: Value, told: string])[] = [
    ['a text', 'Meridian', 'Meridian'],
    ['a text that looks like a template', '{{used}} $& $1', '{{used}} $& $1'],
    ['a small number', 7, '7'],
    ['nothing', 0, '0'],
    ['a number, grouped', 1_500_000, '1,500,000'],
    ['a number with a fraction', 1234.5, '1,234.5'],
    ['a time, in the customer’s zone', { at: december }, '1 December at 01:00 your time (00:00 UTC)'],
    ['a plan, by its name', { plan: 'starter' }, 'Starter'],
    ['a plan that is not sold any more, by its slug', { plan: 'gold-2019' }, 'gold-2019'],
    ['a meter, by its name', { meter: 'api-calls' }, 'API calls'],
    ['a feature, by its name', { feature: 'sso' }, 'Single sign-on'],
    ['a time without its day', { clock: december }, '01:00 your time (00:00 UTC)'],
    ['several meters', { meters: ['tokens', 'api-calls'] }, 'tokens and API calls'],
    ['several features', { features: ['sso', 'export', 'api'] }, 'Single sign-on, Export and API access'],
    ['a role, as people write it', { role: 'billing-owner' }, 'billing owner'],
    ['roles of which one is enough', { roles: ['admin', 'it_admin'] }, 'admin or it admin'],
    ['a feature that was not named', { feature: null }, 'this feature'],
  ];
  for (const [what, value, told] of table)
    it(`tells ${what}`, () => {
      assert.equal(fill('It is {{fact}}.', { fact: value }, wording), `It is ${told}.`);
    });

  const meters = [
    { slug: 'exports', name: 'exports', one: 'export', synonyms: [] },
    { slug: 'storage', name: 'storage', unit: 'GB', synonyms: [] },
  ];
  const counting = { ...wording, catalog: { ...content.catalog, meters } };
  const counts: readonly (readonly [template: string, meter: string, n: number, told: string])[] = [
    ['{{n}} {{meter}} left', 'exports', 1, '1 export left'],
    ['{{n}} {{meter}} left', 'exports', 0, '0 exports left'],
    ['{{n}} {{meter}} left', 'exports', 1.5, '1.5 exports left'],
    ['{{n}} {{meter}} left', 'storage', 1, '1 GB of storage left'],
    ['{{n}} {{meter}} left', 'storage', 2_000, '2,000 GB of storage left'],
    ['{{n}} {{meter}} left', 'gold-2019', 1, '1 gold-2019 left'],
    ['0 of {{n}} {{meter}}', 'exports', 1, '0 of 1 export'],
    ['the {{meter}}, {{n}}', 'exports', 1, 'the exports, 1'],
    ['the {{meter}} {{meter|is|are}} {{n}}', 'exports', 1, 'the exports are 1'],
    ['the {{meter}} {{meter|is|are}} {{n}}', 'storage', 2, 'the storage is 2'],
    ['the {{meter}} {{meter|is|are}} {{n}}', 'gold-2019', 1, 'the gold-2019 are 1'],
    ['{{n}} {{n|seat|seats}} {{n|is|are}} taken', 'exports', 1, '1 seat is taken'],
    ['{{n}} {{n|seat|seats}} {{n|is|are}} taken', 'exports', 0, '0 seats are taken'],
  ];
  for (const [template, meter, n, told] of counts)
    it(`says ${told}`, () => {
      assert.equal(fill(template, { n, meter: { meter } }, counting), told);
    });

  it('names every fact by which it chooses a word, and what is no choice as a whole', () => {
    assert.deepEqual(placeholdersOf('{{a|is|are}} {{b|is}} {{c|is|are|be}} {{d||are}}'), [
      'a',
      'b|is',
      'c|is|are|be',
      'd||are',
    ]);
  });

  it('throws where a fact is missing, and names it', () => {
    assert.throws(() => fill('{{used}} of {{limit}}', { used: 1 }, wording), /no fact "limit"/);
  });

  it('fills every place, and leaves alone what is no place', () => {
    assert.equal(fill('{{a}}{{b}}{{a}} {{ a }} {a} {{a-b}}', { a: 1, b: 2 }, wording), '121 {{ a }} {a} {{a-b}}');
    assert.deepEqual(placeholdersOf('{{a}}{{b}}{{a}} {{ a }}'), ['a', 'b', 'a']);
  });

  it('needs exactly the facts that it names', () => {
    const template = fc
      .array(fc.constantFrom('{{one}}', '{{two}}', 'words ', '{{', '}}'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(template, (text) => {
        const facts = Object.fromEntries(placeholdersOf(text).map((name) => [name, '!']));
        assert.doesNotMatch(fill(text, facts, wording), /\{\{(one|two)\}\}/);
      }),
    );
  });
});

describe('a time', () => {
  const table: readonly (readonly [what: string, at: number, zone: string | undefined, told: string])[] = [
    ['in UTC where no zone is known', december, undefined, '1 December at 00:00 UTC'],
    ['in UTC where the zone is empty', december, '', '1 December at 00:00 UTC'],
    ['in UTC where there is no such zone', december, 'Mars/Olympus', '1 December at 00:00 UTC'],
    ['in UTC where the zone is nonsense', december, '<b>', '1 December at 00:00 UTC'],
    ['in both', december, 'Europe/Berlin', '1 December at 01:00 your time (00:00 UTC)'],
    [
      'with both dates, a day earlier',
      december,
      'America/New_York',
      '30 November at 19:00 your time (1 December 00:00 UTC)',
    ],
    [
      'with both dates, a day later',
      december - 1,
      'Asia/Tokyo',
      '1 December at 08:59 your time (30 November 23:59 UTC)',
    ],
    [
      'across the year',
      Date.UTC(2026, 11, 31, 23, 30),
      'Europe/Berlin',
      '1 January at 00:30 your time (31 December 23:30 UTC)',
    ],
    ['in summer time', Date.UTC(2026, 6, 1, 12), 'Europe/Berlin', '1 July at 14:00 your time (12:00 UTC)'],
    ['in a zone of half hours', december, 'Asia/Kolkata', '1 December at 05:30 your time (00:00 UTC)'],
    [
      'at midnight as 00, not 24',
      december - 3_600_000,
      'Europe/Berlin',
      '1 December at 00:00 your time (30 November 23:00 UTC)',
    ],
  ];
  for (const [what, at, zone, told] of table)
    it(`is told ${what}`, () => {
      assert.equal(timeInWords(at, zone, { utc: true }), told);
    });

  it('is told in the zone alone where that is enough', () => {
    assert.equal(timeInWords(december, 'Europe/Berlin'), '1 December at 01:00 your time');
    assert.equal(timeInWords(december, 'Europe/Berlin', { clock: true }), '01:00 your time');
    assert.equal(timeInWords(december, undefined, { clock: true }), '00:00 UTC');
  });

  it('is told in UTC once in a text, whatever the day', () => {
    const [one, two] = [december, december - 1].map((at) => timeInWords(at, 'Europe/Berlin', { utc: true }));
    const later = timeInWords(december - 1, 'Europe/Berlin');
    assert.equal(utcOnce(`${one}, ${two}, ${one}`), `${one}, ${later}, ${timeInWords(december, 'Europe/Berlin')}`);
  });

  for (const [ms, told] of [
    [0, '1 minute'],
    [59 * 60_000, '59 minutes'],
    [60 * 60_000, '1 hour'],
    [47 * 3_600_000, '1 day'],
    [40 * 86_400_000, '40 days'],
  ] as const)
    it(`that is over was ${told} ago`, () => {
      assert.equal(spanInWords(ms), told);
    });

  it('keeps no more than some hundred zones in mind, however many customers claim', async () => {
    const { DateTimeFormat } = Intl;
    const made: WeakRef<object>[] = [];
    Intl.DateTimeFormat = new Proxy(DateTimeFormat, {
      construct(target, args: ConstructorParameters<typeof DateTimeFormat>) {
        const format = new target(...args);
        made.push(new WeakRef(format));
        return format;
      },
    });
    try {
      for (let zone = 0; zone < 1_000; zone += 1) timeInWords(december, offsetZone(zone));
    } finally {
      Intl.DateTimeFormat = DateTimeFormat;
    }
    // What a WeakRef holds is kept until the running job has ended.
    await new Promise(setImmediate);
    collectGarbage();
    const kept = made.filter((one) => one.deref() !== undefined).length;
    assert.ok(kept <= 200, `${kept} of ${made.length} are kept`);
  });
});

/** One of 2,879 zones that have no name. */
function offsetZone(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `+${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
