import assert from 'node:assert/strict';
import { backAt, openingTimes, timeZone } from '../../src/domain/office-hours.ts';

const hours = (text: string, zone: string) => ({ zone, open: openingTimes(text) ?? assert.fail(text) });
const back = (text: string, zone: string, now: string) => {
  const at = backAt(hours(text, zone), Date.parse(now));
  return at === null ? 'there' : new Date(at).toISOString().slice(0, 16);
};
const week = 'mon-fri 09:00-17:00';

describe('the hours at which somebody is there', () => {
  it('are those of their zone, from the minute at which they begin to the one at which they end', () => {
    for (const [now, told] of [
      // Berlin is one hour ahead in winter.
      ['2026-11-23T07:59:59Z', '2026-11-23T08:00'],
      ['2026-11-23T08:00:00Z', 'there'],
      ['2026-11-23T15:59:59Z', 'there'],
      ['2026-11-23T16:00:00Z', '2026-11-24T08:00'],
      // A Friday evening, and a Sunday.
      ['2026-11-27T16:00:00Z', '2026-11-30T08:00'],
      ['2026-11-29T23:30:00Z', '2026-11-30T08:00'],
    ] as const)
      assert.equal(back(week, 'Europe/Berlin', now), told, now);
  });

  it('are right over the nights in which clocks are changed', () => {
    for (const [zone, now, told] of [
      ['Europe/Berlin', '2026-03-27T17:00:00Z', '2026-03-30T07:00'],
      ['Europe/Berlin', '2026-10-23T17:00:00Z', '2026-10-26T08:00'],
      ['America/New_York', '2026-03-06T23:00:00Z', '2026-03-09T13:00'],
      ['America/New_York', '2026-10-30T23:00:00Z', '2026-11-02T14:00'],
      ['Australia/Lord_Howe', '2026-04-03T10:00:00Z', '2026-04-05T22:30'],
      ['Asia/Kolkata', '2026-11-20T12:00:00Z', '2026-11-23T03:30'],
      ['Pacific/Kiritimati', '2026-11-20T12:00:00Z', '2026-11-22T19:00'],
    ] as const)
      assert.equal(back(week, zone, now), told, `${zone} ${now}`);
  });

  it('begin later in a night in which their beginning is left out', () => {
    assert.equal(back('sun 02:30-12:00', 'Europe/Berlin', '2026-03-28T12:00:00Z'), '2026-03-29T01:30');
  });

  it('may run over midnight, over the end of a week, and be several', () => {
    const night = 'fri-sun 22:00-06:00, sat 10:00-12:00';
    for (const [now, told] of [
      ['2026-11-28T05:59:00Z', 'there'],
      ['2026-11-28T06:00:00Z', '2026-11-28T10:00'],
      ['2026-11-28T12:00:00Z', '2026-11-28T22:00'],
      ['2026-11-30T05:00:00Z', 'there'],
      ['2026-11-30T06:00:00Z', '2026-12-04T22:00'],
    ] as const)
      assert.equal(back(night, 'UTC', now), told, now);
    assert.equal(back('sun-sat 00:00-24:00', 'UTC', '2026-11-28T23:59:59Z'), 'there');
  });

  it('are not read where they are written otherwise', () => {
    for (const text of [
      '',
      'mon',
      'mon 9-17',
      'mon 09:00-09:00',
      'abc 09:00-17:00',
      'mon 09:00-24:30',
      'mon 09:00-17:00,',
    ])
      assert.equal(openingTimes(text), null, text);
    assert.deepEqual([timeZone('Europe/Berlin'), timeZone('Mars/Olympus')], ['Europe/Berlin', null]);
  });
});
