import { mixed } from '../domain/colour.ts';
import type { Brand } from '../domain/content.ts';
import { html, type Html } from '../http/html.ts';

/** The colours of the company, over those that the style sheets begin with. */
export function brandStyle({ accent: { light, dark } }: Brand): string {
  const rule = (accent: string, on: string, tint: string) =>
    `:root{--accent:${accent};--on-accent:${on};--tint:${tint}}`;
  const night = rule(dark, mixed(dark, '#000000', 0.8), mixed(dark, '#17191c', 0.8));
  return `${rule(light, '#ffffff', mixed(light, '#ffffff', 0.9))}@media (prefers-color-scheme:dark){${night}}`;
}

/** The company's logo; nothing where it has none. */
export function logoImage({ logo }: Brand, source = '/brand/logo.svg'): Html {
  return html`${logo && html`<img class="logo" src="${source}" alt="" />`}`;
}

/** UTF-16 units: with a longer one the chat would not fit into its first packets. */
const longestWithin = 1_000;

/** The same, which a small logo is no request of its own for. */
export function logoWithin(brand: Brand): Html {
  const { svg = '' } = brand.logo ?? {};
  return svg.length > longestWithin
    ? logoImage(brand)
    : logoImage(brand, `data:image/svg+xml,${encodeURIComponent(svg)}`);
}

/** What the script on the host's page is told of the brand, as the constant `brand` before its own code. */
export function loaderBrand({ title, launcher, position, accent }: Brand) {
  return { title, launcher, position, accent: accent.light };
}
