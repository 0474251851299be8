import { z } from 'zod';
import type { Brand } from '../domain/content.ts';
import { contrast, lightened } from '../domain/colour.ts';
import type { ContentFile, Layers } from './layers.ts';
import { plainName } from './places.ts';
import type { Report } from './content-error.ts';
import { lineOf, readYaml } from './yaml-file.ts';

/** The grounds on which a link stands, in light and in dark, and the least contrast of its words (WCAG 2.2, 1.4.3). */
const [white, dark] = ['#ffffff', '#24272b'];
const LEAST = 4.5;

const colour = z.string().regex(/^#[\da-f]{6}$/i, 'should be a colour of six digits, such as "#0f5f5c"');
const schema = z.strictObject({
  title: z.string().min(1).max(80).default('{{company}} help'),
  launcher: plainName.default('Open help'),
  position: z.enum(['left', 'right']).default('right'),
  accent: colour.default('#2b4c7e'),
  'accent-dark': colour.optional(),
  logo: z
    .string()
    .regex(/^[\w-]{1,60}\.svg$/, 'should be an SVG file beside this one, such as logo.svg')
    .optional(),
});

/** How it looks where nobody says it. */
export const plainBrand = (company: string): Brand => brandOf(schema.parse({}), company, null);

/** Reads `brand.yaml`. Colours on which nobody could read are problems. */
export function readBrand(text: string, company: string, files: Layers[number]['files'], report: Report): Brand {
  const read = readYaml(text, schema, report);
  if (!read) return plainBrand(company);
  const at = (key: string, message: string) => report.at(lineOf(text, [key]), `${key}: ${message}`);
  const logo = read.logo === undefined ? null : (files.get(read.logo) ?? null);
  if (read.logo !== undefined && !logo?.text.includes('<svg'))
    at('logo', `"${read.logo}" beside this file should be an SVG image`);
  const brand = brandOf(read, company, logo);
  const check = (key: string, found: string, ground: string, instead: string) => {
    const has = contrast(found, ground);
    if (has < LEAST)
      at(
        key,
        `"${found}" has a contrast of ${has.toFixed(1)} to 1 on ${ground}, and words need ${LEAST}; take a ${instead} one`,
      );
  };
  check('accent', brand.accent.light, white, 'darker');
  check('accent-dark', brand.accent.dark, dark, 'lighter');
  return brand;
}

function brandOf(read: z.infer<typeof schema>, company: string, logo: ContentFile | null): Brand {
  const { title, launcher, position, accent } = read;
  return {
    title: title.replaceAll('{{company}}', company),
    launcher,
    position,
    accent: { light: accent, dark: read['accent-dark'] ?? lightened(accent, dark, 7) },
    logo: logo && { file: logo.path, svg: logo.text },
  };
}
