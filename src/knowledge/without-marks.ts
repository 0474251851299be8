/** An article's Markdown without the marks of its steps. */
export function withoutMarks(markdown: string): string {
  return markdown.replaceAll(/ \{#[a-z0-9-]{1,60}\}$/gm, '');
}
