/** Makes an element with attributes and children. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** The element with this id, which index.html must have. */
export function byId(id: string): HTMLElement {
  const node = document.getElementById(id);
  if (!node) throw new Error(`no #${id} in the page`);
  return node;
}

/** Makes a button that is not for sending a form. */
export function button(label: string, press: (self: HTMLButtonElement) => void, look = 'chip'): HTMLButtonElement {
  const node = el('button', { type: 'button', class: look }, label);
  node.addEventListener('click', () => press(node));
  return node;
}

/** The attribute of a text whose letters alone tell its language: kana are Japanese, and without it fonts may be Chinese. */
export const langOf = (text: string): { lang?: 'ja' } => (/[\u3041-\u30ff]/.test(text) ? { lang: 'ja' } : {});

/** Words for screen readers only. */
export const spoken = (words: string): HTMLElement => el('span', { class: 'spoken' }, words);
