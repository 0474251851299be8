import { el } from '../widget/dom.ts';
import type { Deeds } from './deeds.ts';
import type { May } from './may.ts';
import type { Ticket } from './ticket.ts';
import type { Detail } from './wire.ts';

/** Something that can be done with the ticket now, with its key. */
export interface Action {
  readonly act: keyof May;
  readonly label: string;
  readonly key: string | null;
  readonly primary?: boolean;
  readonly run: () => void;
}

/** What can be done now, the likeliest first. */
export function actionsOf(ticket: Ticket, deeds: Deeds): readonly Action[] {
  const { detail, may } = ticket;
  if (!detail || !may) return [];
  return allActions(ticket, detail, deeds).filter(({ act }) => may[act]);
}

function allActions(ticket: Ticket, { row }: Detail, deeds: Deeds): readonly Action[] {
  const holder = row.holder?.name ?? 'the other agent';
  return [
    { act: 'claim', label: 'Claim', key: 'c', primary: row.state === 'waiting', run: () => void deeds.claim() },
    { act: 'takeOver', label: `Take over from ${holder}`, key: 'c', run: () => void deeds.takeOver() },
    { act: 'close', label: 'Close', key: 'e', run: () => ticket.showCauses(!ticket.closing) },
    { act: 'handBack', label: 'Hand back to the bot', key: 'b', run: () => void deeds.handBack() },
    { act: 'release', label: 'Put back', key: 'p', run: () => void deeds.release() },
    { act: 'reopen', label: 'Reopen', key: 'o', run: () => void deeds.reopen() },
    { act: 'revive', label: 'Deliver again', key: null, primary: true, run: () => void deeds.revive() },
  ];
}

/** The buttons for what can be done now. */
export function actionButtons(actions: readonly Action[]): HTMLElement {
  return el('div', { class: 'actions', role: 'group', 'aria-label': 'What to do' }, ...actions.map(buttonOf));
}

function buttonOf({ act, label, key, primary, run }: Action): HTMLElement {
  const keyed: Record<string, string> = key === null ? {} : { 'aria-keyshortcuts': key };
  const node = el('button', { type: 'button', 'data-act': act, ...(primary && { class: 'primary' }), ...keyed }, label);
  if (key !== null) node.append(el('kbd', { 'aria-hidden': 'true' }, key));
  node.addEventListener('click', run);
  return node;
}
