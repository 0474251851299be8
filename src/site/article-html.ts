import { Marked } from 'marked';
import type { Article } from '../domain/content.ts';
import { escapeHtml } from '../domain/escape-html.ts';
import { truncate } from '../domain/truncate.ts';
import { plainTextOf } from '../markdown/plain-text.ts';
import { readMarkdown } from '../markdown/read-markdown.ts';

/** Search engines and messengers show no more. */
const longestDescription = 160;

/** Whatever has no address of its own is on our site. */
const ourSite = 'https://articles.invalid';

/** HTML in an article is text, as in the chat; links lead to pages and mailboxes, and images are our site's. */
const drawn = new Marked({
  renderer: {
    html: ({ text }) => escapeHtml(text),
    link({ href, tokens }) {
      return ['http:', 'https:', 'mailto:'].includes(URL.parse(href, ourSite)?.protocol ?? '')
        ? false
        : this.parser.parseInline(tokens);
    },
    image: ({ href, text }) => (URL.parse(href, ourSite)?.origin === ourSite ? false : escapeHtml(text)),
  },
});

/** An article's body as HTML; every step has its id as an anchor. */
export function articleHtml({ markdown }: Article): string {
  const html = drawn.parse(markdown, { async: false });
  return html.replaceAll(/ \{#([a-z0-9-]{1,60})\}(?=\n|<)/g, ' <a id="$1"></a>');
}

/** The article's answer in short, without marks of style. */
export function descriptionOf({ answer }: Article): string {
  const text = plainTextOf(readMarkdown(answer));
  if (text.length <= longestDescription) return text;
  const words = truncate(text, longestDescription - 1).split(' ');
  return `${words.length > 1 ? words.slice(0, -1).join(' ') : words.join('')}…`;
}
