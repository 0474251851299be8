import { html, type Html } from './html.ts';

/** For pages without scripts. */
export const pagePolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What a page of the company shows besides: its colours and whatever stands above. */
export interface Frame {
  readonly style: string;
  readonly header: Html;
}

/** A whole page in the help center's style. */
export function layout(title: string, main: Html, frame?: Frame): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="stylesheet" href="/site.css" />
        ${frame ? html`<link rel="stylesheet" href="${frame.style}" />` : null}
      </head>
      <body>
        ${frame?.header ?? null}
        <main>${main}</main>
      </body>
    </html> `.text;
}
