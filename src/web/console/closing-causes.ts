import type { Me, NamedCause, TicketRow } from '../../tickets/console-json.ts';
import { el } from '../shared/dom.ts';

/** A cause to close with; `digit` is its key, empty where there is none left. */
export interface ClosingCause extends NamedCause {
  readonly digit: string;
  readonly diagnosed: boolean;
}

const nothingBlocks = 'nothing-blocks';

/** The causes to close with: the bot's own verdict, then the others, then that it was none of them, with key 0. */
export function closingCauses({ cause }: TicketRow, { causes }: Me): readonly ClosingCause[] {
  const diagnosed = causes.filter(({ slug }) => slug === cause);
  const others = causes.filter(({ slug }) => slug !== cause);
  // "Nothing blocks" is no cause: it was right where it is none of them.
  const none = { slug: 'none', name: 'None of these', digit: '0', diagnosed: cause === nothingBlocks };
  const named = [...diagnosed, ...others].map((one, i) => ({
    ...one,
    digit: i < 9 ? String(i + 1) : '',
    diagnosed: one.slug === cause,
  }));
  return none.diagnosed ? [none, ...named] : [...named, none];
}

/** One tap closes the ticket with what it truly was. */
export function closingRow(
  choices: readonly ClosingCause[],
  close: (slug: string) => void,
  cancel: () => void,
): Node[] {
  const leave = el('button', { type: 'button', class: 'plain', 'aria-keyshortcuts': 'Escape' }, 'Do not close');
  leave.addEventListener('click', cancel);
  const question = el('h3', { id: 'closing-title', tabindex: '-1' }, 'What was the true cause?');
  return [
    el('div', { class: 'closing-head' }, question, leave),
    el('div', { class: 'causes', role: 'group', 'aria-labelledby': 'closing-title' }, ...choices.map(buttonOf)),
  ];

  function buttonOf({ slug, name, digit, diagnosed }: ClosingCause): HTMLElement {
    const keyed: Record<string, string> = digit === '' ? {} : { 'aria-keyshortcuts': digit };
    const node = el('button', { type: 'button', 'data-act': `close-${slug}`, ...keyed });
    if (digit !== '') node.append(el('kbd', { 'aria-hidden': 'true' }, digit));
    node.append(name);
    if (diagnosed) node.append(el('small', {}, 'as diagnosed'));
    if (diagnosed) node.className = 'diagnosed';
    node.addEventListener('click', () => close(slug));
    return node;
  }
}
