import type { Article, Replies } from '../domain/content.ts';
import { html, Html } from '../http/html.ts';
import { layout } from '../http/layout.ts';

/** A help article; `body` is its HTML. */
export function articlePage({ title }: Article, body: string, { lines }: Replies): string {
  return layout(
    title,
    html`<article>
      <h1>${title}</h1>
      ${new Html(body)}
      <p class="still">${lines['page-still-need-help'] ?? ''}</p>
    </article>`,
  );
}
