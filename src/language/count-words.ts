/** Rarer words are not worth keeping. */
const OFTEN = 3;

/** In how many of `texts` each word occurs, for the words of several texts. */
export function countWords(texts: readonly (readonly string[])[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const words of texts) {
    for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count >= OFTEN);
}
