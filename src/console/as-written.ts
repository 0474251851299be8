const address = /(https?:\/\/[^\s<>"]+)/;
/** What means something in Markdown, wherever it stands in a line. */
const meaningful = /[\\`*_[\]<>#|~&]|^([-+=]|\d+[.)])/gm;

/** A person's plain text as Markdown that shows it as it was written: line by line, addresses as links. */
export function asWritten(text: string): string {
  return text
    .split(address)
    .map((part, i) => (i % 2 === 1 ? part : part.replaceAll(meaningful, escaped)))
    .join('')
    .replaceAll('\n', '  \n');
}

function escaped(found: string): string {
  // Of "1." it is the point that makes a list.
  return `${found.slice(0, -1)}\\${found.slice(-1)}`;
}
