import type { Article, Content } from '../domain/content.ts';
import { html, Html } from '../http/html.ts';
import { layout } from '../http/layout.ts';
import { logoImage } from './brand.ts';

/** A help article; `body` is its HTML. */
export function articlePage({ title }: Article, body: string, { replies: { lines }, brand }: Content): string {
  return layout(
    `${title} · ${brand.title}`,
    html`<article>
      <h1>${title}</h1>
      ${new Html(body)}
      <p class="still">${lines['page-still-need-help'] ?? ''}</p>
    </article>`,
    {
      style: '/brand.css',
      header: html`<header class="page-brand"><p class="brand">${logoImage(brand)}${brand.title}</p></header>`,
    },
  );
}
