import { button } from './dom.ts';
import type { MessageWords } from './words/table.ts';

/** A button that copies a text and says so; where copying is not allowed it selects the text in `shown`. */
export function copyButton(
  label: string,
  text: string,
  shown: Node,
  { copied, selected }: Pick<MessageWords, 'copied' | 'selected'>,
): HTMLButtonElement {
  const copy = async (self: HTMLButtonElement) => {
    try {
      await navigator.clipboard.writeText(text);
      self.textContent = copied;
    } catch {
      getSelection()?.selectAllChildren(shown);
      self.textContent = selected;
    }
    setTimeout(() => (self.textContent = label), 3000);
  };
  const node = button(label, (self) => void copy(self), 'copy');
  node.setAttribute('aria-live', 'polite');
  return node;
}
