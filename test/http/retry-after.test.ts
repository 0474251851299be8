import assert from 'node:assert/strict';
import { retryAfterOf } from '../../src/http/retry-after.ts';

const now = Date.UTC(2026, 10, 22, 10, 12);
const at = (time: string) => `Sun, 22 Nov 2026 ${time} GMT`;
const day = 86_400_000;

describe('what Retry-After asks for', () => {
  const table: readonly (readonly [string, Readonly<Record<string, string>>, number | null])[] = [
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['seconds with spaces around', { 'retry-after': ' 7 ' }, 7_000],
    ['no time at all', { 'retry-after': '0' }, 0],
    ['a day, where it is more', { 'retry-after': '86401' }, day],
    ['a day, where it is more than a number holds', { 'retry-after': '9'.repeat(400) }, day],
    ['a date, by the clock of whoever says it', { 'retry-after': at('08:00:30'), date: at('08:00:00') }, 30_000],
    ['a date, by ours where they do not tell theirs', { 'retry-after': at('10:12:30') }, 30_000],
    ['a date, by ours where theirs is none', { 'retry-after': at('10:12:30'), date: 'today' }, 30_000],
    ['a date that has passed', { 'retry-after': at('07:59:00'), date: at('08:00:00') }, 0],
    ['a date next week', { 'retry-after': 'Sun, 29 Nov 2026 10:12:00 GMT' }, day],
    ['nothing', {}, null],
    ['nothing, where it is empty', { 'retry-after': '' }, null],
    ['a word', { 'retry-after': 'soon' }, null],
    ['a word of this zone', { 'retry-after': 'soon GMT' }, null],
    ['less than nothing', { 'retry-after': '-5' }, null],
    ['a fraction', { 'retry-after': '1.5' }, null],
    ['a date that is none of HTTP', { 'retry-after': '2026-11-22T10:12:30Z' }, null],
  ];
  for (const [what, headers, expected] of table)
    it(`is ${what}`, () =>
      assert.equal(
        retryAfterOf((name) => headers[name], now),
        expected,
      ));

  it('is read from the headers of fetch too', () => {
    const headers = new Headers({ 'Retry-After': '7' });
    assert.equal(
      retryAfterOf((name) => headers.get(name), now),
      7_000,
    );
  });

  it('is no date where nobody tells the time', () => {
    assert.equal(
      retryAfterOf((name) => ({ 'retry-after': at('10:12:30') })[name], null),
      null,
    );
  });
});
