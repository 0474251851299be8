import { el } from '../shared/dom.ts';
import { fill } from '../shared/words/table.ts';
import type { Memory } from './memory.ts';

/** How many ticks are kept; the oldest go first. */
const most = 200;

/** Makes the steps of a reply a checklist; what is ticked stays in this browser. */
export function addChecks(reply: Element, id: string, memory: Memory, label: string): void {
  [...reply.querySelectorAll('.steps .text > ol > li')].forEach((step, i) => {
    const name = `${id}/${i}`;
    const box = el('input', { type: 'checkbox', 'aria-label': fill(label, { n: i + 1 }) });
    box.checked = memory.read('ticks')?.includes(name) ?? false;
    box.addEventListener('change', () => {
      const others = (memory.read('ticks') ?? []).filter((one) => one !== name);
      memory.keep('ticks', box.checked ? [...others, name].slice(-most) : others);
    });
    step.prepend(box);
  });
}
