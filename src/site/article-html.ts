import { marked } from 'marked';
import type { Article } from '../domain/content.ts';
import { truncate } from '../domain/truncate.ts';
import { plainTextOf } from '../markdown/plain-text.ts';
import { readMarkdown } from '../markdown/read-markdown.ts';

/** Search engines and messengers show no more. */
const longestDescription = 160;

/** An article's body as HTML; every step has its id as an anchor. The words are the writers' own, so HTML in them stands. */
export function articleHtml({ markdown }: Article): string {
  const anchored = markdown.replaceAll(/ \{#([a-z0-9-]{1,60})\}$/gm, ' <a id="$1"></a>');
  return marked.parse(anchored, { async: false });
}

/** The article's answer in short, without marks of style. */
export function descriptionOf({ answer }: Article): string {
  const text = plainTextOf(readMarkdown(answer));
  if (text.length <= longestDescription) return text;
  const words = truncate(text, longestDescription - 1).split(' ');
  return `${words.length > 1 ? words.slice(0, -1).join(' ') : words.join('')}…`;
}
