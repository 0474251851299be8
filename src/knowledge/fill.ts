import type { Catalog } from '../domain/catalog.ts';
import type { Clock } from '../domain/ports.ts';
import type { Facts, Value } from '../domain/verdict.ts';
import { andList, numberInWords, orList, timeInWords } from './in-words.ts';

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

function inWords(value: Value, { catalog, zone, utc, clock, unnamedFeature }: Wording): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberInWords(value);
  if ('at' in value) return timeInWords(value.at, zone, { utc, now: clock?.now() });
  if ('clock' in value) return timeInWords(value.clock, zone, { utc, clock: true });
  if ('plan' in value) return nameOf(catalog.plans, value.plan);
  if ('meter' in value) return nameOf(catalog.meters, value.meter);
  if ('meters' in value) return andList(value.meters.map((one) => nameOf(catalog.meters, one)));
  if ('features' in value) return andList(value.features.map((one) => nameOf(catalog.features, one)));
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
