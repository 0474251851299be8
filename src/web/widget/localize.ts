import { fill, type Words } from '../shared/words/table.ts';

/** Puts a language's words where the page leaves room for them, and the page into its direction. */
export function localize(words: Words, title: string): void {
  const wordsOf = (key = '') => fill(words[key as 'menu'], { name: title });
  const root = document.documentElement;
  root.lang = words.language;
  root.dir = words.direction;
  for (const node of document.querySelectorAll<HTMLElement>('[data-text]'))
    node.textContent = wordsOf(node.dataset.text);
  for (const node of document.querySelectorAll<HTMLElement>('[data-label]'))
    node.setAttribute('aria-label', wordsOf(node.dataset.label));
}
