import { LRUCache } from 'lru-cache';
import type { Instant } from '../domain/instant.ts';
import { lazily } from '../domain/lazily.ts';
import type { QuotaWindow } from '../domain/snapshot.ts';

// Making a format costs more than all that it then formats in a turn.
const numbers = lazily(() => new Intl.NumberFormat('en'));
const conjunction = lazily(() => new Intl.ListFormat('en-GB'));
const disjunction = lazily(() => new Intl.ListFormat('en-GB', { type: 'disjunction' }));
const spans = (['minute', 'hour', 'day'] as const).map((unit) =>
  lazily(() => new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long' })),
);
const mostZones = 100;
const formats = new LRUCache<string, Intl.DateTimeFormat>({ max: mostZones });

/** `1,500,000`. */
export function numberInWords(value: number): string {
  return numbers().format(value);
}

/** `a, b and c`. */
export function andList(parts: readonly string[]): string {
  return conjunction().format(parts);
}

/** `a, b or c`. */
export function orList(parts: readonly string[]): string {
  return disjunction().format(parts);
}

/** A length of time in milliseconds by its largest unit: `4 minutes`, `40 days`; at least a minute. */
export function spanInWords(ms: number): string {
  const minutes = Math.max(1, Math.floor(ms / 60_000));
  const [place, count] = minutes < 60 ? [0, minutes] : minutes < 1_440 ? [1, minutes / 60] : [2, minutes / 1_440];
  return spans[place]?.().format(Math.floor(count)) ?? '';
}

const windows: Readonly<Record<QuotaWindow, string>> = {
  hour: 'hourly',
  day: 'daily',
  week: 'weekly',
  month: 'monthly',
  year: 'yearly',
};

/** What a limit of this window is: `monthly`; of several windows only `usage`. */
export function windowInWords(window: QuotaWindow | null): string {
  return window === null ? 'usage' : windows[window];
}

/** How a time is told: `utc`, in UTC too where the zone is another; `clock`, without the day; `now`: of another year than this, with its year. */
export interface TimeStyle {
  readonly now?: Instant | undefined;
  readonly utc?: boolean;
  readonly clock?: boolean;
}

/** `1 December at 01:00 your time`, or in UTC where the zone is not known. */
export function timeInWords(at: Instant, zone?: string, { utc = false, clock = false, now }: TimeStyle = {}): string {
  const inUtc = dayAndTime(at, 'UTC', now);
  const local = zone && isZone(zone) ? dayAndTime(at, zone, now) : inUtc;
  const tell = ({ day, time }: typeof local) => (clock ? time : `${day} at ${time}`);
  const sameDay = local.day === inUtc.day;
  if (sameDay && local.time === inUtc.time) return `${tell(inUtc)} UTC`;
  const also = utc ? ` (${sameDay ? '' : `${inUtc.day} `}${inUtc.time} UTC)` : '';
  return `${tell(local)} your time${also}`;
}

/** A text in which only the first time is told in UTC too. */
export function utcOnce(text: string): string {
  let told = false;
  return text.replaceAll(/(?<= your time) \((?:\d{1,2} [A-Z][a-z]+(?: \d{4})? )?\d\d:\d\d UTC\)/g, (also) => {
    const kept = told ? '' : also;
    told = true;
    return kept;
  });
}

function dayAndTime(at: Instant, timeZone: string, now: Instant | undefined) {
  const { day, month, year, time } = partsOf(at, timeZone);
  const other = now === undefined || new Date(now).getUTCFullYear() === Number(year) ? '' : ` ${year}`;
  return { day: `${day} ${month}${other}`, time };
}

interface Parts {
  readonly day: string;
  readonly month: string;
  readonly year: string;
  readonly time: string;
}
// A talk tells the same few times again and again.
const told = new LRUCache<string, Parts>({ max: 1_000 });

function partsOf(at: Instant, timeZone: string): Parts {
  const key = `${at} ${timeZone}`;
  let parts = told.get(key);
  if (!parts) {
    const of = Object.fromEntries(
      formatIn(timeZone)
        .formatToParts(at)
        .map(({ type, value }) => [type, value]),
    );
    const { day = '', month = '', year = '', hour = '', minute = '' } = of;
    parts = { day, month, year, time: `${hour}:${minute}` };
    told.set(key, parts);
  }
  return parts;
}

function formatIn(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    const parts = {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    } as const;
    format = new Intl.DateTimeFormat('en-GB', { ...parts, timeZone });
    formats.set(timeZone, format);
  }
  return format;
}

function isZone(zone: string): boolean {
  try {
    return formats.has(zone) || Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}
