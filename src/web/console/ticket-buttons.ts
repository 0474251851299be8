import type { TicketDetail } from '../../tickets/console-json.ts';
import { el } from '../shared/dom.ts';
import type { TicketCommands } from './ticket-commands.ts';
import type { TicketPermissions } from './permissions.ts';
import type { OpenTicket } from './open-ticket.ts';

/** Something that can be done with the ticket now, with its key. */
export interface TicketButton {
  readonly act: keyof TicketPermissions;
  readonly label: string;
  readonly key: string | null;
  readonly primary?: boolean;
  readonly run: () => void;
}

/** What can be done now, the likeliest first. */
export function ticketButtons(ticket: OpenTicket, commands: TicketCommands): readonly TicketButton[] {
  const { detail, permissions } = ticket;
  if (!detail || !permissions) return [];
  return allActions(ticket, detail, commands).filter(({ act }) => permissions[act]);
}

function allActions(ticket: OpenTicket, { row }: TicketDetail, commands: TicketCommands): readonly TicketButton[] {
  const holder = row.holder?.name ?? 'the other agent';
  return [
    { act: 'claim', label: 'Claim', key: 'c', primary: row.state === 'waiting', run: () => void commands.claim() },
    { act: 'takeOver', label: `Take over from ${holder}`, key: 'c', run: () => void commands.takeOver() },
    { act: 'close', label: 'Close', key: 'e', run: () => ticket.showCauses(!ticket.closing) },
    { act: 'handBack', label: 'Hand back to the bot', key: 'b', run: () => void commands.handBack() },
    { act: 'release', label: 'Put back', key: 'p', run: () => void commands.release() },
    { act: 'reopen', label: 'Reopen', key: 'o', run: () => void commands.reopen() },
    { act: 'requeue', label: 'Deliver again', key: null, primary: true, run: () => void commands.requeue() },
  ];
}

/** The buttons for what can be done now, and what stands beside them. */
export function drawButtons(actions: readonly TicketButton[], beside: readonly HTMLElement[]): HTMLElement {
  return el(
    'div',
    { class: 'actions', role: 'group', 'aria-label': 'What to do' },
    ...[actions.map(buttonOf), beside].filter(({ length }) => length > 0).map((line) => el('div', {}, ...line)),
  );
}

function buttonOf({ act, label, key, primary, run }: TicketButton): HTMLElement {
  const keyed: Record<string, string> = key === null ? {} : { 'aria-keyshortcuts': key };
  const node = el('button', { type: 'button', 'data-act': act, ...(primary && { class: 'primary' }), ...keyed }, label);
  if (key !== null) node.append(el('kbd', { 'aria-hidden': 'true' }, key));
  node.addEventListener('click', run);
  return node;
}
