import type { Article, Content } from '../domain/content.ts';
import { html, type Html } from '../http/html.ts';
import type { Frame } from '../http/layout.ts';
import { logoImage } from './brand.ts';

/** What differs from page to page. */
export interface FrameParts {
  /** What is looked for. */
  readonly query?: string;
  readonly head?: Html;
  /** The article that whoever asks for help has read; null: none. */
  readonly article: Article | null;
  /** The search stands in the page itself. */
  readonly hasSearch?: boolean;
}

/** What stands around each page of the help center: the way home, the search, the way to a person. */
export function helpFrame(content: Content, { query = '', head, article, hasSearch }: FrameParts): Frame {
  const { brand, replies, languages } = content;
  const line = (key: string) => replies.lines[key] ?? '';
  const chat = article ? `/widget/?article=${encodeURIComponent(article.slug)}` : '/widget/';
  return {
    styles: ['/brand.css', '/help.css'],
    language: languages.own,
    ...(head && { head }),
    header: html`<a class="skip" href="#main">${line('page-skip')}</a>
      <header class="help-head">
        <div>
          <a class="brand" href="/articles">${logoImage(brand)}${brand.title}</a>
          ${hasSearch ? null : searchForm(content, query)}
        </div>
      </header>`,
    footer: html`<footer class="help-foot">
      <p>${line('page-still-need-help')} <a href="${chat}">${line('page-contact')}</a></p>
    </footer>`,
  };
}

/** The same search as the bot's; it needs no script. */
export function searchForm({ replies: { lines } }: Content, query: string): Html {
  const name = lines['page-search'] ?? '';
  return html`<form class="search" role="search" action="/articles">
    <input type="search" name="q" value="${query}" aria-label="${name}" placeholder="${name}" maxlength="200" />
    <button>${lines['page-search-button'] ?? ''}</button>
  </form>`;
}
