const width = 80;
const nameWidth = 24;

/** A text in lines of at most 80 characters, each one indented; what follows the first one more so by `hang`. */
export function wrap(text: string, indent = 2, hang = 0): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 1 <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${' '.repeat(indent + (last === undefined ? 0 : hang))}${word}`);
  }
  return lines;
}

/** A mark, a name, and what is told of it, each part on lines of its own; a long name has a line to itself. */
export function row(mark: string, name: string, parts: readonly string[]): string[] {
  const indent = nameWidth + 4;
  const lines = parts.flatMap((part) => wrap(part, indent, 2));
  const head = `  ${mark} ${name}`;
  if (name.length >= nameWidth) return [head, ...lines];
  const [first = ''] = lines;
  return [`${head.padEnd(indent)}${first.trimStart()}`, ...lines.slice(1)];
}

/** A heading with what it counts. */
export function heading(name: string, count = ''): string[] {
  return ['', count === '' ? name : `${name}  ${count}`];
}
