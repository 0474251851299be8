import { button, byId } from '../shared/dom.ts';

/** Fills the menu in the header: each item by its name. It closes when one is used, by Escape, and where the focus leaves. */
export function wireMenu(items: readonly (readonly [string, () => void])[]): void {
  const opener = byId('menu');
  const list = byId('items');
  const open = (isOpen: boolean) => {
    list.hidden = !isOpen;
    opener.setAttribute('aria-expanded', String(isOpen));
  };
  const close = () => {
    opener.focus();
    open(false);
  };
  list.append(
    ...items.map(([name, use]) =>
      button(
        name,
        () => {
          close();
          use();
        },
        'item',
      ),
    ),
  );
  opener.hidden = false;
  opener.addEventListener('click', () => open(list.hidden !== false));
  list.parentElement?.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || list.hidden !== false) return;
    event.stopPropagation();
    close();
  });
  for (const event of ['focusin', 'pointerdown'])
    addEventListener(event, ({ target }) => {
      if (!list.parentElement?.contains(target as Node)) open(false);
    });
}
