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

/** A word that is wider than a narrow client (300 px). */
const isUnbroken = (word: string) => word.length >= 30;

/** Whether there is something, such as JSON, in which no space lets a line break. */
export function hasUnbroken(text: string): boolean {
  return text.split(/\s/).some(isUnbroken);
}

/** The same text, in which a line may also break behind the commas of JSON; ids stay as they can be copied. */
export function breakable(text: string): string {
  const words = text.split(/(\s)/);
  return words.map((word) => (isUnbroken(word) ? word.replaceAll(/[,;&]/g, '$&\u200B') : word)).join('');
}

/** Code as lines that keep their indentation where it is read as text; none is empty. */
export function codeLines(code: string): readonly string[] {
  return code.split('\n').map((line) => line.replace(/^\s+/, (space) => '\u00A0'.repeat(space.length)) || '\u00A0');
}
