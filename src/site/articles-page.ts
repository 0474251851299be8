import type { Article, Content } from '../domain/content.ts';
import { html, type Html } from '../http/html.ts';
import { layout } from '../http/layout.ts';
import { descriptionOf } from './article-html.ts';
import { helpFrame, searchForm } from './frame.ts';

/** The articles of one heading, by their titles; the empty one is of those without. */
export function groupsOf({ articles, languages }: Content): readonly (readonly [heading: string, Article[]])[] {
  const { compare } = new Intl.Collator(languages.own);
  return [...Map.groupBy(articles.values(), ({ group = '' }) => group)]
    .toSorted(([one], [other]) => compare(one, other))
    .map(([heading, all]) => [heading, all.toSorted((one, other) => compare(one.title, other.title))]);
}

/** What was looked for, and what was found. */
export interface Found {
  readonly query: string;
  readonly articles: readonly Article[];
}

/** All articles below their headings; `found`: those that fit, before them. */
export function articlesPage(content: Content, found: Found | null, base: string): string {
  const { brand, replies } = content;
  const line = (key: string) => replies.lines[key] ?? '';
  const title = line(found ? 'page-results' : 'page-articles');
  const head = found
    ? html`<meta name="robots" content="noindex" />`
    : html`<link rel="canonical" href="${base}/articles" />
        <meta property="og:type" content="website" />
        <meta property="og:title" content="${brand.title}" />
        <meta property="og:url" content="${base}/articles" />`;
  const results =
    found && (found.articles.length > 0 ? list(found.articles) : html`<p>${line('page-nothing-found')}</p>`);
  return layout(
    found ? `${found.query} · ${brand.title}` : brand.title,
    html`<div class="find">
        <h1>${title}</h1>
        ${searchForm(content, found?.query ?? '')}
      </div>
      ${results && html`<section class="results" aria-label="${title}">${results}</section>`}
      ${found && found.articles.length > 0 ? null : groupsOf(content).map(groupSection)}`,
    helpFrame(content, { article: null, head, hasSearch: true }),
  );
}

function groupSection([heading, articles]: readonly [string, readonly Article[]]): Html {
  if (heading === '') return html`<section class="first">${list(articles)}</section>`;
  return html`<section>
    <h2>${heading}</h2>
    ${list(articles)}
  </section>`;
}

function list(articles: readonly Article[]): Html {
  return html`<ul class="articles">
    ${articles.map(
      (article) =>
        html`<li>
          <a href="/articles/${encodeURIComponent(article.slug)}">${article.title}</a>
          <p>${descriptionOf(article)}</p>
        </li>`,
    )}
  </ul>`;
}
