type Children = readonly (Node | string)[];

const shown = new WeakMap<HTMLElement, string>();

/**
 * Draws what is in a node anew, only where what it shows has changed. Focus returns to the control with the same
 * `data-act`, or to the page's heading.
 */
export function redraw(node: HTMLElement, state: unknown, draw: () => Children): void {
  const now = JSON.stringify(state);
  if (shown.get(node) === now) return;
  shown.set(node, now);
  const focused = document.activeElement;
  const act = focused instanceof HTMLElement && node.contains(focused) ? (focused.dataset.act ?? '') : null;
  node.replaceChildren(...draw());
  if (act === null) return;
  const again = act === '' ? null : node.querySelector<HTMLElement>(`[data-act="${act}"]`);
  (again ?? document.querySelector<HTMLElement>('[data-landing]'))?.focus({ preventScroll: true });
}

/** A list whose items keep their nodes, and so focus and place, until they change. */
export class KeyedList<T> {
  readonly #parent: HTMLElement;
  readonly #keyOf: (item: T) => string;
  readonly #draw: (item: T, before: T | undefined) => HTMLElement;
  #drawn = new Map<string, { state: string; node: HTMLElement }>();

  constructor(parent: HTMLElement, keyOf: (item: T) => string, draw: (item: T, before: T | undefined) => HTMLElement) {
    this.#parent = parent;
    this.#keyOf = keyOf;
    this.#draw = draw;
  }

  node(key: string): HTMLElement | undefined {
    return this.#drawn.get(key)?.node;
  }

  /** Brings the list up to date; returns the keys that are new. */
  update(items: readonly T[]): readonly string[] {
    const before = this.#drawn;
    this.#drawn = new Map();
    const added: string[] = [];
    let place = this.#parent.firstElementChild;
    items.forEach((item, i) => {
      const key = this.#keyOf(item);
      const state = JSON.stringify(item);
      const old = before.get(key);
      const node = old?.state === state ? old.node : this.#draw(item, items[i - 1]);
      if (!old) added.push(key);
      else if (old.node !== node) swap(old.node, node);
      if (place === old?.node) place = node;
      if (node === place) place = node.nextElementSibling;
      else this.#parent.insertBefore(node, place);
      this.#drawn.set(key, { state, node });
    });
    for (const [key, { node }] of before) if (!this.#drawn.has(key)) node.remove();
    return added;
  }
}

function swap(old: HTMLElement, node: HTMLElement): void {
  const focused = old.contains(document.activeElement);
  old.replaceWith(node);
  if (focused) node.querySelector<HTMLElement>('a, button')?.focus({ preventScroll: true });
}
