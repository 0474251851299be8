import type { IncomingMessage } from 'node:http';
import type { Content } from '../domain/content.ts';
import { page, type Answer } from '../http/answer.ts';
import { html } from '../http/html.ts';
import { layout, formPolicy } from '../http/layout.ts';
import { helpFrame, searchForm } from './frame.ts';

/** What a person reads where there is no page for them: why, and the ways on. */
export function createErrorPage(content: Content): (request: IncomingMessage, status: number) => Answer {
  return ({ url = '/' }, status) => {
    const line = (key: string) => content.replies.lines[`page-${key}`] ?? '';
    const kind = kindOf(status);
    const isGone = kind === 'not-found';
    const isConsole = /^\/console\b/.test(url);
    const main = html`<div class="find">
      <h1>${line(kind)}</h1>
      <p>${line(`${kind}-why`)}</p>
      ${isGone ? searchForm(content, '') : null}
      <p class="ways">
        ${isGone ? null : html`<a class="button" href="">${line('try-again')}</a>`}
        ${isConsole ? html`<a class="button" href="/console">${line('console')}</a>` : null}
        <a class="button" href="/articles">${line('all-articles')}</a>
      </p>
    </div>`;
    const head = html`<meta name="robots" content="noindex" />`;
    const frame = helpFrame(content, { article: null, hasSearch: isGone, head });
    return page(layout(`${line(kind)} · ${content.brand.title}`, main, frame), formPolicy);
  };
}

function kindOf(status: number): 'not-found' | 'refused' | 'unavailable' | 'failed' {
  if (status === 401 || status === 403) return 'refused';
  if (status === 429 || status === 503) return 'unavailable';
  return status < 500 ? 'not-found' : 'failed';
}
