/** The words of a text, without what Markdown, HTML or JSON put around them. */
export function wordsIn(text: string): readonly string[] {
  return text.replaceAll(/&amp;|&lt;|&gt;|\\\\?["n]/g, ' ').match(/[\p{L}\p{N}]{2,}/gu) ?? [];
}
