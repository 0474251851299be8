const address = /(https?:\/\/(?:(?!\]\()[^\s<>"])+)/;
/** What means something in Markdown, wherever it stands in a line. */
const meaningful = /[\\`*_[\]<>#|~&]|^([-+=]|\d+[.)])/gm;

/** A person's plain text as Markdown that shows it as it was written: line by line, addresses as links. */
export function escapeMarkdown(text: string): string {
  return (
    text
      .split(address)
      .map((part, i) => (i % 2 === 1 ? linkTo(part) : part.replaceAll(meaningful, escaped)))
      .join('')
      // Otherwise the link would be an image.
      .replaceAll('![', '\\![')
      .replaceAll('\n', '  \n')
  );
}

/** As a link of its own: not every channel makes one of an address. */
function linkTo(found: string): string {
  const url = found.slice(0, endOf(found));
  const target = url.replaceAll(/[()[\]\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  const behind = found.slice(url.length);
  return `[${url.replaceAll(meaningful, escaped)}](${target})${behind.replaceAll(meaningful, escaped)}`;
}

/** Where an address ends, and the sentence that it stands in goes on. */
function endOf(found: string): number {
  for (let end = found.length; ; end -= 1) {
    const last = found.charAt(end - 1);
    const opening = { ')': '(', ']': '[' }[last];
    const url = found.slice(0, end);
    const isOpen = opening !== undefined && url.split(opening).length < url.split(last).length;
    if (!isOpen && !/[.,;:!?']/.test(last)) return end;
  }
}

function escaped(found: string): string {
  // Of "1." it is the point that makes a list.
  return `${found.slice(0, -1)}\\${found.slice(-1)}`;
}
