import assert from 'node:assert/strict';
import fc from 'fast-check';
import { afterWorking, backAt, openingTimes, timeZone } from '../../src/domain/office-hours.ts';
import '../support/seed.ts';

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

describe('a time that counts only while somebody is there', () => {
  const minuteMs = 60_000;
  const after = (text: string, zone: string, since: string, minutes: number) =>
    new Date(afterWorking(hours(text, zone), Date.parse(since), minutes * minuteMs)).toISOString().slice(0, 16);

  it('goes on when somebody is there again', () => {
    for (const [since, minutes, over] of [
      // A Friday, ten minutes before they go; a Sunday; within a day; to the very end of one; over a whole week.
      ['2026-11-27T15:50:00Z', 60, '2026-11-30T08:50'],
      ['2026-11-29T12:00:00Z', 30, '2026-11-30T08:30'],
      ['2026-11-24T09:00:00Z', 90, '2026-11-24T10:30'],
      ['2026-11-27T15:00:00Z', 60, '2026-11-27T16:00'],
      ['2026-11-27T15:00:00Z', 41 * 60, '2026-12-04T16:00'],
      // The clocks are set back on that Sunday, and forward on this.
      ['2026-10-23T14:50:00Z', 60, '2026-10-26T08:50'],
      ['2026-03-27T15:50:00Z', 60, '2026-03-30T07:50'],
    ] as const)
      assert.equal(after(week, 'Europe/Berlin', since, minutes), over, since);
  });

  it('counts hours that are told twice once, and the hour of the night that is there twice as two', () => {
    assert.equal(after('mon 09:00-12:00, mon 10:00-14:00', 'UTC', '2026-11-30T00:00:00Z', 5 * 60), '2026-11-30T14:00');
    assert.equal(after('sun 00:00-06:00', 'Europe/Berlin', '2026-10-24T12:00:00Z', 7 * 60), '2026-10-25T05:00');
    assert.equal(after('sun 00:00-06:00', 'Europe/Berlin', '2026-03-28T12:00:00Z', 5 * 60), '2026-03-29T04:00');
  });

  it('comes to an end where next to nobody is ever there', () => {
    const over = afterWorking(hours('sun 03:00-03:01', 'UTC'), 0, 9_999 * 1_440 * minuteMs);
    assert.equal(new Date(over).getUTCFullYear(), 1979);
  });

  const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Pacific/Apia'];
  const texts = [
    week,
    'fri-sun 22:00-06:00, sat 10:00-12:00',
    'sun-sat 00:00-24:00',
    'mon-sun 01:30-04:00, sat 03:00-09:00',
  ];
  const anyOffice = fc.record({ zone: fc.constantFrom(...zones), text: fc.constantFrom(...texts) });
  // Half of them around a night in which clocks are changed.
  const anyMinute = fc
    .tuple(
      fc.constantFrom('2026-03-06', '2026-03-27', '2026-04-03', '2026-10-23', '2026-10-30', '2026-07-01'),
      fc.nat(5_000),
    )
    .map(([day, minute]) => Date.parse(day) + minute * minuteMs);

  it('is as long as told, by every quarter of an hour in which somebody is there', () => {
    const quarterMs = 15 * minuteMs;
    const anyQuarter = anyMinute.map((at) => at - (at % quarterMs));
    fc.assert(
      fc.property(anyOffice, anyQuarter, fc.integer({ min: 1, max: 60 }), ({ text, zone }, since, quarters) => {
        const office = hours(text, zone);
        const over = afterWorking(office, since, quarters * quarterMs);
        let there = 0;
        for (let at = since; at < over; at += quarterMs) if (backAt(office, at) === null) there += 1;
        assert.equal(there, quarters);
        assert.equal(backAt(office, over - 1), null, 'it ends while somebody is there');
      }),
      { numRuns: 30 },
    );
  });

  it('is the same in one piece or in two', () => {
    const anyMs = fc.integer({ min: 1, max: 3 * 86_400_000 });
    fc.assert(
      fc.property(anyOffice, anyMinute, anyMs, anyMs, ({ text, zone }, since, one, other) => {
        const office = hours(text, zone);
        const inTwo = afterWorking(office, afterWorking(office, since, one), other);
        assert.equal(afterWorking(office, since, one + other), inTwo);
      }),
    );
  });
});
