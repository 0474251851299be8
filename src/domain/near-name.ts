/** Which of the known names was meant by one that is none of them; undefined: none comes close. */
export function nearName(name: string, known: readonly string[]): string | undefined {
  return known.find((one) => isTypoOf(name.toLowerCase(), one.toLowerCase()));
}

/** Whether one letter in five is all that differs. */
function isTypoOf(name: string, known: string): boolean {
  if (Math.abs(name.length - known.length) > known.length / 5) return false;
  return isWithin(known.length / 5, name, known);
}

/** Whether so many letters, put in, left out or changed, make the one of the other (Levenshtein). */
export function isWithin(most: number, from: string, to: string): boolean {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 0; i < from.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j += 1) {
      const corner = (row[j] ?? 0) + (from[i] === to[j] ? 0 : 1);
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, corner));
    }
    // It never becomes less again.
    if (Math.min(...next) > most) return false;
    row = next;
  }
  return (row.at(-1) ?? 0) <= most;
}
