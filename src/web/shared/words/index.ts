import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import type { Words } from './table.ts';

/** Every language that the chat itself speaks; the first where it speaks none of a customer's. */
export const languages: readonly Words[] = [en, de, es, fr, ar, ja];

/** The words of the first wished language that there is; wishes are like `de` or `de-CH`. */
export function wordsFor(wishes: readonly string[]): Words {
  const wished = wishes.map((wish) => wish.toLowerCase().split('-')[0]);
  const found = wished.flatMap((wish) => languages.filter(({ language }) => language === wish));
  return found[0] ?? en;
}
