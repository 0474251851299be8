import type { Variables } from './settings.ts';

/** What to tell whoever set variables that look like settings of ours and are none: one line for each. */
export function unknownSettings(variables: Variables, known: readonly string[]): string[] {
  const families = familiesOf(known);
  return Object.keys(variables)
    .filter((name) => !known.includes(name) && variables[name]?.trim())
    .sort()
    .flatMap((name) => {
      const meant = known.find((one) => isTypoOf(name, one));
      if (meant !== undefined) return [`${name} is set, and not read: did you mean ${meant}?`];
      return families.has(firstWord(name)) ? [`${name} is set, and not read: there is no such setting`] : [];
    });
}

/** The first words that several settings share: whatever else begins so is meant for us. */
function familiesOf(known: readonly string[]): ReadonlySet<string> {
  const words = known.map(firstWord);
  return new Set(words.filter((word, i) => words.indexOf(word) !== i));
}

function firstWord(name: string): string {
  return name.split('_')[0] ?? '';
}

/** Whether one letter in five, or another case, is all that differs. */
function isTypoOf(name: string, known: string): boolean {
  if (Math.abs(name.length - known.length) > known.length / 5) return false;
  return distance(name.toUpperCase(), known) <= known.length / 5;
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
