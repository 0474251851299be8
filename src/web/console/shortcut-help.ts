import { byId, el } from '../shared/dom.ts';
import type { Shortcut } from './shortcuts.ts';

const names: Readonly<Record<string, string>> = { ArrowDown: '↓', ArrowUp: '↑' };

/** Fills the dialog that lists the keys; returns what opens it. */
export function shortcutHelp(keys: () => readonly Shortcut[]): () => void {
  const dialog = byId('keys') as HTMLDialogElement;
  const open = () => {
    const rows = [
      ...keys().flatMap(({ keys: pressed, description }) =>
        description === undefined ? [] : [rowOf(pressed, description)],
      ),
    ];
    rows.push(rowOf(['Ctrl Enter'], 'Send what you wrote'), rowOf(['Esc'], 'Leave a field or a choice'));
    const close = el('button', { autofocus: '' }, 'Close');
    dialog.replaceChildren(
      el('h2', { id: 'keys-title' }, 'Keys'),
      el('table', {}, el('tbody', {}, ...rows)),
      el('form', { method: 'dialog' }, close),
    );
    dialog.showModal();
  };
  byId('show-keys').addEventListener('click', open);
  return open;
}

function rowOf(keys: readonly string[], description: string): HTMLElement {
  const drawn = keys.flatMap((key, i) => [...(i > 0 ? [' or '] : []), ...chord(key)]);
  return el('tr', {}, el('th', { scope: 'row' }, ...drawn), el('td', {}, description));
}

const chord = (keys: string): (Node | string)[] =>
  keys.split(' ').flatMap((key, i) => [...(i > 0 ? [' '] : []), el('kbd', {}, names[key] ?? key)]);
