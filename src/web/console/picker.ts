import { el } from '../shared/dom.ts';

/** A list that does something as soon as one is chosen: an arrow opens it, where it would choose the first one unseen. */
export function picker(
  attributes: Readonly<Record<string, string>>,
  choices: readonly (readonly [value: string, name: string])[],
  pick: (value: string) => void,
): HTMLSelectElement {
  const select = el('select', attributes, ...choices.map(([value, name]) => el('option', { value }, name)));
  select.addEventListener('change', () => pick(select.value));
  select.addEventListener('keydown', (event) => {
    if (!/^Arrow(Up|Down)$/.test(event.key) || !('showPicker' in select)) return;
    event.preventDefault();
    select.showPicker();
  });
  return select;
}
