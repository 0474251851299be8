/** What means something in Markdown wherever it stands, or where a line begins. */
const meaningful = /[\\`*_[\]<>#|~&!]|^[ \t]*(?:[-+=:]|\d+[.)])/gm;

/** Text with a backslash before every sign that could mean something in Markdown. */
export function backslashed(text: string): string {
  // Of "1." it is the point that makes a list.
  return text.replaceAll(meaningful, (found) => `${found.slice(0, -1)}\\${found.slice(-1)}`);
}

/** Markdown whose `&` and `<` begin no HTML, and are read as the same signs. */
export function withoutHtml(markdown: string): string {
  return markdown.replaceAll(/\\?&/g, '&amp;').replaceAll(/\\?</g, '&lt;');
}

/**
 * Text of which no card makes a link or a date: cards of older phones know no backslash before a bracket, and `{{DATE(…)}}` is a
 * function in all of them.
 */
export function inert(text: string): string {
  return text.replaceAll(/\](?=\()|\{(?=\{)/g, '$&\u200B');
}

/** Code as lines that keep their indentation where it is read as text; none is empty. */
export function codeLines(code: string): readonly string[] {
  return code.split('\n').map((line) => line.replace(/^\s+/, (space) => '\u00A0'.repeat(space.length)) || '\u00A0');
}
