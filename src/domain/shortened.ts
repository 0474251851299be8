/** The first so many UTF-16 units, without half a character at the end. */
export function firstOf(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
}

/** At most so many UTF-16 units, with a mark where there was more. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${firstOf(text, most - 1)}…`;
}
