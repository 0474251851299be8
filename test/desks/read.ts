const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };

/** What agents read of HTML: paragraphs as lines, other elements gone. */
export function readHtml(html: string): string {
  return html
    .replaceAll(/<br>|<\/p>/g, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .trim()
    .replaceAll(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole);
}

/** What a customer wrote later, without our last line. */
export function withoutMark(text: string): string {
  return text.slice(0, text.trimEnd().lastIndexOf('\n'));
}
