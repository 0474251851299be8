/** Which of the known names was meant by one that is none of them; undefined: none comes close. */
export function nearName(name: string, known: readonly string[]): string | undefined {
  return known.find((one) => isTypoOf(name.toLowerCase(), one.toLowerCase()));
}

/** Whether one letter in five is all that differs. */
function isTypoOf(name: string, known: string): boolean {
  if (Math.abs(name.length - known.length) > known.length / 5) return false;
  return distance(name, known) <= known.length / 5;
}

/** How many letters have to be put in, left out or changed (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 0; i < from.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j += 1) {
      const [corner = 0, above = 0] = row.slice(j, j + 2);
      next.push(Math.min(above + 1, (next[j] ?? 0) + 1, corner + (from[i] === to[j] ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
