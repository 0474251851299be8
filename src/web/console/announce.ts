import { byId } from '../shared/dom.ts';

/** Tells screen readers what has happened. */
export function announce(words: string): void {
  const node = byId('announcements');
  // The same words twice are told twice only when the node's text changes.
  node.textContent = '';
  setTimeout(() => (node.textContent = words), 50);
}
