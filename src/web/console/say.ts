import { byId } from '../widget/dom.ts';

/** Tells screen readers what has happened. */
export function say(words: string): void {
  const news = byId('news');
  // The same words twice are told twice only when the node changes.
  news.textContent = '';
  setTimeout(() => (news.textContent = words), 50);
}
