import { html, type Html } from './html.ts';

const policyOf = (forms: string): string =>
  `default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action ${forms}; frame-ancestors 'none'`;

/** For pages without scripts and forms. */
export const pagePolicy = policyOf("'none'");
/** For pages without scripts whose forms come to us. */
export const formPolicy = policyOf("'self'");

/** What a page of the company shows besides: its colours, and whatever stands above and below. */
export interface Frame {
  readonly styles: readonly string[];
  readonly header: Html;
  readonly footer?: Html;
  /** As ISO 639-1; English unless told. */
  readonly language?: string;
  /** What it tells search engines, and whoever shows a link to it. */
  readonly head?: Html;
}

/** Their scripts run from right to left, by ISO 639-1. */
const rightToLeft = ['ar', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi'];

/** A whole page in the help center's style. */
export function layout(title: string, main: Html, frame?: Frame): string {
  const { styles = [], language = 'en' } = frame ?? {};
  return html`<!doctype html>
    <html lang="${language}" dir="${rightToLeft.includes(language) ? 'rtl' : 'ltr'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="stylesheet" href="/site.css" />
        ${styles.map((style) => html`<link rel="stylesheet" href="${style}" />`)} ${frame?.head ?? null}
      </head>
      <body>
        ${frame?.header ?? null}
        <main id="main">${main}</main>
        ${frame?.footer ?? null}
      </body>
    </html> `.text;
}
