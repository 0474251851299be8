import { LRUCache } from 'lru-cache';
import type { Catalog, Meter } from '../domain/catalog.ts';
import type { Clock } from '../domain/ports.ts';
import type { Facts, Value } from '../domain/verdict.ts';
import { andList, numberInWords, orList, timeInWords, windowInWords } from './in-words.ts';

/** What is needed to put values into words: names, and the customer's time zone (IANA) where it is known. */
export interface Wording {
  readonly catalog: Catalog;
  readonly zone: string | undefined;
  /** Whether times are told in UTC too. */
  readonly utc: boolean;
  /** By which a year is told where it is another; missing: none is. */
  readonly clock?: Clock | undefined;
  /** What to call a feature that was not named. */
  readonly unnamedFeature: string;
}

/** `{{fact}}`, or `{{fact|one|many}}`: of two words the one that fits the fact. */
const placeholder = /\{\{([A-Za-z]{1,40})(?:\|([^{}|]{1,40})\|([^{}|]{1,40}))?\}\}/g;
/** A number right before a place: what follows is counted by it. */
const counted = /\{\{([A-Za-z]{1,40})\}\} $/;

/** The names of the facts that a template asks for; a choice that is none of two words is all of what stands there. */
export function placeholdersOf(template: string): string[] {
  const places = template.matchAll(/\{\{([A-Za-z]{1,40})(\|[^{}]*)?\}\}/g);
  return [...places].map(([place, name = '', choice = '']) =>
    place.replaceAll(placeholder, '') === '' ? name : `${name}${choice}`,
  );
}

/** Fills `{{facts}}` into a template. Throws where a fact is missing: the content check finds that first. */
export function fill(template: string, facts: Facts, wording: Wording): string {
  const { places, end } = parsed(template);
  let text = '';
  for (const place of places) text += place.before + put(place, template, facts, wording);
  return text + end;
}

function put({ name, choice, countedBy }: Place, template: string, facts: Facts, wording: Wording): string {
  const value = facts[name];
  if (value === undefined) throw new Error(`no fact "${name}" for the template "${template}"`);
  if (choice) return choice[isOne(value, wording) ? 0 : 1];
  const count = countedBy === null ? undefined : facts[countedBy];
  return typeof count === 'number' ? amountInWords(value, count, wording) : inWords(value, wording);
}

/** A fact in a template, with the words before it; `choice`: one or many of it; `countedBy`: the number right before it. */
interface Place {
  readonly before: string;
  readonly name: string;
  readonly choice: readonly [one: string, many: string] | null;
  readonly countedBy: string | null;
}
interface Parsed {
  readonly places: readonly Place[];
  readonly end: string;
}
/** More than there are in any content: a template is read once. */
const templates = new LRUCache<string, Parsed>({ max: 4_000 });

function parsed(template: string): Parsed {
  let known = templates.get(template);
  if (!known) templates.set(template, (known = parse(template)));
  return known;
}

function parse(template: string): Parsed {
  const places: Place[] = [];
  let from = 0;
  for (const { 0: whole, 1: name = '', 2: one, 3: many, index } of template.matchAll(placeholder)) {
    const choice = one !== undefined && many !== undefined ? ([one, many] as const) : null;
    const countedBy = counted.exec(template.slice(0, index))?.[1] ?? null;
    places.push({ before: template.slice(from, index), name, choice, countedBy });
    from = index + whole.length;
  }
  return { places, end: template.slice(from) };
}

/** Whether a word about it stands in the singular: the number is one, or what the meter counts cannot be counted. */
function isOne(value: Value, { catalog }: Wording): boolean {
  if (typeof value === 'object' && 'meter' in value) return meterNamed(catalog, value.meter)?.unit !== undefined;
  return value === 1;
}

/** What a number is a number of: `1 token`, `5 GB of storage`. */
function amountInWords(value: Value, count: number, wording: Wording): string {
  const name = inWords(value, wording);
  if (typeof value !== 'object' || !('meter' in value)) return name;
  const { one, unit } = meterNamed(wording.catalog, value.meter) ?? {};
  if (unit !== undefined) return `${unit} of ${name}`;
  return count === 1 ? (one ?? name) : name;
}

function meterNamed({ meters }: Catalog, slug: string): Meter | undefined {
  return meters.find((one) => one.slug === slug);
}

function inWords(value: Value, { catalog, zone, utc, clock, unnamedFeature }: Wording): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberInWords(value);
  if ('at' in value) return timeInWords(value.at, zone, { utc, now: clock?.now() });
  if ('clock' in value) return timeInWords(value.clock, zone, { utc, clock: true });
  if ('plan' in value) return nameOf(catalog.plans, value.plan);
  if ('meter' in value) return nameOf(catalog.meters, value.meter);
  if ('meters' in value) return andList(value.meters.map((one) => nameOf(catalog.meters, one)));
  if ('features' in value) return andList(value.features.map((one) => nameOf(catalog.features, one)));
  if ('window' in value) return windowInWords(value.window);
  if ('role' in value) return roleName(value.role);
  if ('roles' in value) return orList(value.roles.map(roleName));
  return value.feature === null ? unnamedFeature : nameOf(catalog.features, value.feature);
}

function nameOf(list: readonly { slug: string; name: string }[], slug: string): string {
  return list.find((one) => one.slug === slug)?.name ?? slug;
}

/** The account API's word for a role, as people write it: `billing-owner` is the billing owner. */
function roleName(slug: string): string {
  return slug.replaceAll(/[-_]/g, ' ');
}
