import { iso, type Instant } from '../domain/instant.ts';

const languages = new Intl.DisplayNames('en', { type: 'language' });
const fixers: ReadonlyMap<string, string> = new Map([
  ['you', 'the customer'],
  ['workspace-admin', 'the workspace admin'],
  ['billing-owner', 'the billing owner'],
  ['it', 'the customer’s IT'],
  ['us', 'us'],
]);

/** An instant as agents read it, to the minute, in UTC. */
export function minute(at: Instant): string {
  return `${iso(at).slice(0, 16).replace('T', ' ')} UTC`;
}

/** The same; of the day that the reader is on only the time. */
export function timeOf(at: Instant, day: Instant): string {
  const [date, time] = minute(at).split(/ (.*)/);
  return date === iso(day).slice(0, 10) ? (time ?? '') : minute(at);
}

/** A language by its English name; a code that has none, as it is. */
export function languageName(code: string): string {
  try {
    return languages.of(code) ?? code;
  } catch {
    return code;
  }
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
