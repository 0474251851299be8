import type { Article, Content } from '../domain/content.ts';
import { html, Html } from '../http/html.ts';
import { layout } from '../http/layout.ts';
import { articleHtml, descriptionOf } from './article-html.ts';
import { helpFrame } from './frame.ts';
import { ratingSection, type RatingState } from './rating.ts';

/** A help article; `base` is where this server is reached. */
export function articlePage(article: Article, content: Content, state: RatingState, base: string): string {
  const { slug, title } = article;
  const address = `${base}/articles/${encodeURIComponent(slug)}`;
  const { brand, replies } = content;
  const description = descriptionOf(article);
  const head = html`<meta name="description" content="${description}" />
    <link rel="canonical" href="${address}" />
    <link rel="alternate" type="text/markdown" href="${address}.md" />
    <meta property="og:type" content="article" />
    <meta property="og:title" content="${title}" />
    <meta property="og:description" content="${description}" />
    <meta property="og:url" content="${address}" />
    <meta property="og:site_name" content="${brand.title}" />`;
  return layout(
    `${title} · ${brand.title}`,
    html`<nav class="way-back" aria-label="${brand.title}">
        <a href="/articles">${replies.lines['page-all-articles'] ?? ''}</a>
      </nav>
      <article>
        <h1>${title}</h1>
        ${new Html(articleHtml(article))}
      </article>
      ${ratingSection(article, state, content)}`,
    helpFrame(content, { article, head }),
  );
}
