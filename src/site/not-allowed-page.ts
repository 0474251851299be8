import type { Replies } from '../domain/content.ts';
import { originOf } from '../domain/web-address.ts';
import { html } from '../http/html.ts';
import { layout } from '../http/layout.ts';

/** It is there for pages that may not show the chat, so that each may show this; there is nothing to press but a link. */
export const notAllowedPolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors * file:";

/** What stands in place of the chat on a page of a site that may not show it; `from`: what it says to be. */
export function notAllowedPage(from: string, { lines }: Replies): string {
  const site = originOf(from);
  return layout(
    lines['page-not-allowed'] ?? '',
    html`<h1>${lines['page-not-allowed'] ?? ''}</h1>
      <p><a href="/widget/" target="_blank" rel="noopener">${lines['page-not-allowed-open'] ?? ''}</a></p>
      <p class="still">${lines['page-not-allowed-why'] ?? ''} ${site === null ? null : html`<code>${site}</code>`}</p>`,
  );
}
