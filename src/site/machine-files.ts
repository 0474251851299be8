import type { Content } from '../domain/content.ts';
import { escapeHtml } from '../domain/escape-html.ts';
import { descriptionOf } from './article-html.ts';
import { groupsOf } from './articles-page.ts';

const pathOf = (slug: string) => `/articles/${encodeURIComponent(slug)}`;

/** The help center for programs that read, by llmstxt.org. */
export function llmsText(content: Content, base: string): string {
  const { brand, replies } = content;
  const sections = groupsOf(content).map(([heading, articles]) => {
    const lines = articles.map((one) => `- [${one.title}](${base}${pathOf(one.slug)}.md): ${descriptionOf(one)}`);
    return `## ${heading === '' ? (replies.lines['page-all-articles'] ?? '') : heading}\n\n${lines.join('\n')}\n`;
  });
  return [`# ${brand.title}\n`, ...sections].join('\n');
}

/** Every page that search engines may show, by sitemaps.org. */
export function sitemap({ articles }: Content, base: string): string {
  const paths = ['/articles', ...[...articles.keys()].map(pathOf)];
  const urls = paths.map((path) => `<url><loc>${escapeHtml(base + path)}</loc></url>`);
  const xmlns = 'http://www.sitemaps.org/schemas/sitemap/0.9';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="${xmlns}">\n${urls.join('\n')}\n</urlset>\n`;
}

/** What search engines are asked to leave alone: what is no article. */
export function robotsText(base: string): string {
  const closed = ['/console', '/widget/', '/v3/', '/demo/'].map((path) => `Disallow: ${path}`);
  return ['User-agent: *', ...closed, `Sitemap: ${base}/sitemap.xml`, ''].join('\n');
}
