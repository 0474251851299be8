import { nearName } from './near-name.ts';
import type { Variables } from './settings.ts';

/** What to tell whoever set variables that look like settings of ours and are none: one line for each. */
export function unknownSettings(variables: Variables, known: readonly string[]): string[] {
  const families = familiesOf(known);
  return Object.keys(variables)
    .filter((name) => !known.includes(name) && variables[name]?.trim())
    .sort()
    .flatMap((name) => {
      const meant = nearName(name, known);
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
