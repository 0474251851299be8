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

/** Members of the front matter that are read by others than the customer in the chat, or are no Markdown. */
const plainMembers = ['title', 'name', 'send-on', 'agent-next', 'for-agents'];

/**
 * The text of a file with its places filled in, each on its line; with a link where the customer may follow one. A place that
 * nobody knows is told to `report`.
 */
export function filledIn({ path, text }: ContentFile, places: Places, report: Report | null): string {
  if (!text.includes('{{place-')) return text;
  let [member, fences] = ['', path.endsWith('.md') ? 2 : 0];
  const lines = text.split('\n').map((line, i) => {
    if (line === '---' && fences > 0) fences -= 1;
    if (fences > 0) member = /^([a-z-]{1,40}):/.exec(line)?.[1] ?? member;
    const isLinked = fences === 0 || !plainMembers.includes(member);
    return line.replaceAll(mark, (whole: string, name: string) => {
      const place = places[name as PlaceName];
      if (place) return isLinked && place.link !== undefined ? `[${place.name}](${place.link})` : place.name;
      report?.at(i + 1, `there is no place "${name}"; there are ${placeNames.join(', ')}`);
      return whole;
    });
  });
  return lines.join('\n');
}
