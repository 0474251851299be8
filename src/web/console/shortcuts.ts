/** A key, or two in a row, and what it does. */
export interface Shortcut {
  /** As `KeyboardEvent.key` has them; a space between two in a row. */
  readonly keys: readonly string[];
  /** What the list of keys says; missing: it is told with another one. */
  readonly description?: string;
  /** False: nothing happened, and the browser does what it would. */
  readonly run: (key: string, event: KeyboardEvent) => boolean | undefined;
}

/** How long the second of two keys is waited for, in ms. */
const patience = 1500;

/** Listens for keys; never while something is typed, a dialog is open, or a modifier is held. */
export function listenForShortcuts(keys: readonly Shortcut[]): void {
  let first = '';
  let until = 0;
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector('dialog[open]') || isTyping(event)) return;
    const pressed = first !== '' && event.timeStamp < until ? `${first} ${event.key}` : event.key;
    first = event.key === 'g' ? 'g' : '';
    until = event.timeStamp + patience;
    const key = keys.find((one) => one.keys.includes(pressed));
    if (key && key.run(pressed, event) !== false) event.preventDefault();
  });
}

/** Escape leaves a field; nothing else is ours there. */
function isTyping({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const radio = target instanceof HTMLInputElement && target.type === 'radio';
  if (radio) return key.startsWith('Arrow');
  return target.matches('input, textarea, select, [contenteditable]') && key !== 'Escape';
}
