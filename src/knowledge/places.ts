import { z } from 'zod';
import type { Report } from './content-error.ts';
import type { ContentFile } from './layers.ts';

/** Where customers are sent in the product, as sentences name it: `{{place-billing}}`. */
export const placeNames = [
  'billing',
  'members',
  'usage',
  'profile',
  'company',
  'security',
  'features',
  'api',
  'sign-in',
  'status',
] as const;
/** One of those places. */
export type PlaceName = (typeof placeNames)[number];

/** What a place is called there, and its address. */
export interface Place {
  readonly name: string;
  readonly link?: string | undefined;
}

/** The places that have a name. */
export type Places = Readonly<Partial<Record<PlaceName, Place>>>;

/** It is put into the midst of YAML and of Markdown. */
export const plainName = z
  .string()
  .regex(/^[^\n"\\{}#:[\]]{1,80}$/, 'should be up to 80 characters without quotes, colons, braces, brackets and #');
const link = z
  .string()
  .regex(/^https?:\/\/[^\s"'\\()<>]{1,500}$/, 'should be an address, such as https://example.com/billing');

/** `billing: Settings, Billing`, or with the address to which customers are sent: `billing: { name: …, link: … }`. */
export const placesSchema = z.partialRecord(
  z.enum(placeNames),
  z.union([
    plainName.transform((name): Place => ({ name })),
    z.strictObject({ name: plainName, link: link.optional() }),
  ]),
);

const mark = /\{\{place-([a-z-]{1,20})\}\}/g;

/**
 * The text of a file with its places filled in, each on its line. Where a customer may follow a link there is one: not in the
 * front matter, whose sentences are sent on. A place that nobody knows is told to `report`.
 */
export function filledIn({ path, text }: ContentFile, places: Places, report: Report | null): string {
  const end = Math.max(path.endsWith('.md') ? text.indexOf('\n---\n', 3) : 0, 0);
  return text.replaceAll(mark, (whole: string, name: string, at: number) => {
    const place = places[name as PlaceName];
    if (place) return place.link !== undefined && at >= end ? `[${place.name}](${place.link})` : place.name;
    const line = text.slice(0, at).split('\n').length;
    report?.at(line, `there is no place "${name}"; there are ${placeNames.join(', ')}`);
    return whole;
  });
}
