/** Without the marks of the sentence that it stands in. */
const address = /(https?:\/\/[^\s<>"[\]]*[^\s<>"[\].,;:!?'()])/;
/** What means something in Markdown, wherever it stands in a line. */
const meaningful = /[\\`*_[\]<>#|~&]|^([-+=]|\d+[.)])/gm;

/** A person's plain text as Markdown that shows it as it was written: line by line, addresses as links. */
export function asWritten(text: string): string {
  return text
    .split(address)
    .map((part, i) => (i % 2 === 1 ? linkTo(part) : part.replaceAll(meaningful, escaped)))
    .join('')
    .replaceAll('\n', '  \n');
}

/** As a link of its own: not every channel makes one of an address. */
function linkTo(url: string): string {
  const target = url.replaceAll(/[()\\]/g, (found) => `%${found.charCodeAt(0).toString(16)}`);
  return `[${url.replaceAll(meaningful, escaped)}](${target})`;
}

function escaped(found: string): string {
  // Of "1." it is the point that makes a list.
  return `${found.slice(0, -1)}\\${found.slice(-1)}`;
}
