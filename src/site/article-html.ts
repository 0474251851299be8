import { marked } from 'marked';
import type { Article } from '../domain/content.ts';

/** An article's body as HTML; every step has its id as an anchor. The words are the writers' own, so HTML in them stands. */
export function articleHtml({ markdown }: Article): string {
  const anchored = markdown.replaceAll(/ \{#([a-z0-9-]{1,60})\}$/gm, ' <a id="$1"></a>');
  return marked.parse(anchored, { async: false });
}
