import { iso, type Instant } from '../domain/instant.ts';
import { lazily } from '../domain/lazily.ts';

const fixers: ReadonlyMap<string, string> = new Map([
  ['you', 'the customer'],
  ['workspace-admin', 'the workspace admin'],
  ['billing-owner', 'the billing owner'],
  ['it', 'the customer’s IT'],
  ['object-owner', 'its owner'],
  ['key-owner', 'the key’s owner'],
  ['us', 'us'],
]);

const days = lazily(
  () => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
);

/** An instant as agents read it, to the minute, in UTC: `22 Nov 2026, 10:12 UTC`. */
export function minute(at: Instant): string {
  return `${days().format(at)}, ${clockOf(at)} UTC`;
}

/** The same; of the day that the reader is on only the time. */
export function timeOf(at: Instant, day: Instant): string {
  return days().format(at) === days().format(day) ? clockOf(at) : minute(at);
}

/** How a ticket tells instants: in UTC, or for a reader who draws them in their own zone. */
export interface Times {
  readonly minute: (at: Instant) => string;
  readonly timeOf: (at: Instant, day: Instant) => string;
}
/** In UTC. */
export const utcTimes: Times = { minute, timeOf };
/** As ISO 8601. */
export const isoTimes: Times = { minute: iso, timeOf: (at) => iso(at) };

function clockOf(at: Instant): string {
  return iso(at).slice(11, 16);
}

const spans = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;
const relative = lazily(() => new Intl.RelativeTimeFormat('en'));

/** How far an instant is from another, by the largest unit: `in 8 days`, `2 hours ago`. */
export function spanUntil(at: Instant, from: Instant): string {
  const [unit, ms] = spans.find(([, size]) => Math.abs(at - from) >= size) ?? ['minute', 60_000];
  return relative().format(Math.trunc((at - from) / ms), unit);
}

const channels: ReadonlyMap<string, string> = new Map([
  ['direct-line', 'the web chat'],
  ['webchat', 'the web chat'],
  ['teams', 'Teams'],
  ['slack', 'Slack'],
]);

/** Where the customer writes, in a sentence. */
export function channelName(channel: string): string {
  return channels.get(channel) ?? 'the chat';
}

/** Who must act, by name. */
export function fixerName(fixer: string): string {
  return fixers.get(fixer) ?? fixer;
}

/** A text without what could hide or turn around its neighbours: control and direction characters. Line breaks stay. */
export function visible(text: string): string {
  return text
    .replaceAll(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(/(?!\n)\p{Cc}|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '')
    .trim();
}

/** A text on one line, so that it cannot pass for a line of ours. */
export function oneLine(text: string): string {
  return visible(text).replaceAll(/\s+/g, ' ');
}

/** A name before its value: with a colon, but for a question. */
export function named(name: string): string {
  return /[?:.!]$/.test(name) ? name : `${name}:`;
}
