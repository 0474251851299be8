import { button } from './dom.ts';

/** A button that copies a text and says so; where copying is not allowed it selects the text in `shown`. */
export function copyButton(label: string, text: string, shown: Node): HTMLButtonElement {
  const copy = async (self: HTMLButtonElement) => {
    try {
      await navigator.clipboard.writeText(text);
      self.textContent = 'Copied';
    } catch {
      getSelection()?.selectAllChildren(shown);
      self.textContent = 'Selected: copy it now';
    }
    setTimeout(() => (self.textContent = label), 3000);
  };
  const node = button(label, (self) => void copy(self), 'copy');
  node.setAttribute('aria-live', 'polite');
  return node;
}
