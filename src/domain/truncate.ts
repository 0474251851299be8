/** The first so many UTF-16 units, without half a character at the end. */
export function truncate(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
}

/** At most so many UTF-16 units, with a mark where there was more. */
export function ellipsize(text: string, most: number): string {
  return text.length <= most ? text : `${truncate(text, most - 1)}…`;
}
