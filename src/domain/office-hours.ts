import type { Instant } from './instant.ts';
import type { Parse } from './settings.ts';

/** When somebody is there, every week: minutes after midnight of that zone; one that closes before it opens closes the next day. */
export interface OfficeHours {
  /** IANA time zone. */
  readonly zone: string;
  readonly open: readonly {
    /** 0: Sunday. */
    readonly days: readonly number[];
    readonly opens: number;
    readonly closes: number;
  }[];
}

const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const shape = /^([a-z]{3})(?:-([a-z]{3}))? ([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/;
const dayMinutes = 24 * 60;
const minuteMs = 60_000;

/** Such as `mon-thu 09:00-17:30, fri 09:00-13:00`. */
export const openingTimes: Parse<OfficeHours['open']> = (text) => {
  const read = text.toLowerCase().split(',').map(openingTime);
  const known = read.filter((one) => one !== null);
  return known.length === read.length ? known : null;
};

function openingTime(text: string): OfficeHours['open'][number] | null {
  const [, from = '', to = from, ...times] = shape.exec(text.trim()) ?? [];
  const [first, last] = [names.indexOf(from), names.indexOf(to)];
  const [openHour = 0, openMinute = 0, closeHour = 0, closeMinute = 0] = times.map(Number);
  const [opens, closes] = [openHour * 60 + openMinute, closeHour * 60 + closeMinute];
  if (first < 0 || last < 0 || opens === closes || closes > dayMinutes) return null;
  const count = ((last - first + names.length) % names.length) + 1;
  return { days: Array.from({ length: count }, (_, i) => (first + i) % names.length), opens, closes };
}

/** An IANA time zone. */
export const timeZone: Parse<string> = (text) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text }).format();
    return text;
  } catch {
    return null;
  }
};

/** When somebody is there again; null: somebody is there now. */
export function backAt(office: OfficeHours, now: Instant): Instant | null {
  const next: Instant[] = [];
  for (const { from, until } of openings(office, now, names.length)) {
    if (from <= now && now < until) return null;
    if (from > now) next.push(from);
  }
  return Math.min(...next);
}

/** When somebody was there for so many milliseconds since then. What takes longer than ten years ends then. */
export function afterWorking(office: OfficeHours, since: Instant, ms: number): Instant {
  let [at, left] = [since, ms];
  for (const { from, until } of openings(office, since, mostDays)) {
    const begins = Math.max(from, at);
    if (begins + left <= until) return begins + left;
    if (begins >= until) continue;
    left -= until - begins;
    at = until;
  }
  return at;
}

const mostDays = 3_653;

/** Each time that somebody is there, the earliest first, from the day before, whose night may not be over, for so many days on. */
function* openings({ zone, open }: OfficeHours, since: Instant, days: number) {
  const wall = wallTime(zone);
  const today = Math.floor(wall(since) / (dayMinutes * minuteMs));
  for (let day = today - 1; day <= today + days; day += 1) {
    const at = (minutes: number) => instantOf((day * dayMinutes + minutes) * minuteMs, wall);
    // The first day of the epoch was a Thursday.
    const weekday = (((day + 4) % names.length) + names.length) % names.length;
    yield* open
      .filter((one) => one.days.includes(weekday))
      .map(({ opens, closes }) => ({ from: at(opens), until: at(closes > opens ? closes : closes + dayMinutes) }))
      .sort((a, b) => a.from - b.from);
  }
}

const clocks = new Map<string, ReturnType<typeof wallTime>>();

/** What the clocks of a zone show, as if it were UTC. */
function wallTime(zone: string): (at: Instant) => number {
  const known = clocks.get(zone) ?? newWallTime(zone);
  clocks.set(zone, known);
  return known;
}

function newWallTime(zone: string): (at: Instant) => number {
  const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  const format = new Intl.DateTimeFormat('en', { ...parts, hourCycle: 'h23', timeZone: zone });
  return (at) => {
    const of = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = of;
    return Date.UTC(year, month - 1, day, hour, minute);
  };
}

/** When the clocks show that; where they are set forward past it, as much later. */
function instantOf(shown: number, wall: (at: Instant) => number): Instant {
  const guess = shown - (wall(shown) - shown);
  return guess + (shown - wall(guess)) === guess ? guess : shown - (wall(guess) - guess);
}
