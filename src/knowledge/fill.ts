import type { Catalog } from '../domain/catalog.ts';
import type { Instant } from '../domain/instant.ts';
import type { Facts, Value } from '../domain/verdict.ts';

/** What is needed to put values into words: names, and the customer's time zone (IANA) where it is known. */
export interface Wording {
  readonly catalog: Catalog;
  readonly zone: string | undefined;
  /** What to call a feature that was not named. */
  readonly unnamedFeature: string;
}

// Making a format costs more than all that it then formats in a turn.
const numbers = new Intl.NumberFormat('en');
const placeholder = /\{\{([A-Za-z]{1,40})\}\}/g;

/** The names of the facts that a template asks for. */
export function placeholdersOf(template: string): string[] {
  return [...template.matchAll(placeholder)].map((match) => match[1] ?? '');
}

/** Fills `{{facts}}` into a template. Throws where a fact is missing: the content check finds that first. */
export function fill(template: string, facts: Facts, wording: Wording): string {
  return template.replaceAll(placeholder, (_, name: string) => {
    const value = facts[name];
    if (value === undefined) throw new Error(`no fact "${name}" for the template "${template}"`);
    return inWords(value, wording);
  });
}

function inWords(value: Value, { catalog, zone, unnamedFeature }: Wording): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numbers.format(value);
  if ('at' in value) return timeInWords(value.at, zone);
  if ('plan' in value) return nameOf(catalog.plans, value.plan);
  if ('meter' in value) return nameOf(catalog.meters, value.meter);
  return value.feature === null ? unnamedFeature : nameOf(catalog.features, value.feature);
}

function nameOf(list: readonly { slug: string; name: string }[], slug: string): string {
  return list.find((one) => one.slug === slug)?.name ?? slug;
}

/** `1 December at 01:00 your time (00:00 UTC)`, or only in UTC where the zone is not known. */
export function timeInWords(at: Instant, zone?: string): string {
  const utc = dayAndTime(at, 'UTC');
  if (!zone || !isZone(zone)) return `${utc.day} at ${utc.time} UTC`;
  const local = dayAndTime(at, zone);
  const sameDay = local.day === utc.day;
  if (sameDay && local.time === utc.time) return `${utc.day} at ${utc.time} UTC`;
  return `${local.day} at ${local.time} your time (${sameDay ? '' : `${utc.day} `}${utc.time} UTC)`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function dayAndTime(at: Instant, timeZone: string) {
  let format = formats.get(timeZone);
  if (!format) {
    const parts = { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    format = new Intl.DateTimeFormat('en-GB', { ...parts, timeZone });
    formats.set(timeZone, format);
  }
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return { day: `${part.day ?? ''} ${part.month ?? ''}`, time: `${part.hour ?? ''}:${part.minute ?? ''}` };
}

function isZone(zone: string): boolean {
  try {
    return formats.has(zone) || Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}
