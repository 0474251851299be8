import type { Me } from '../../tickets/console-json.ts';
import { byId } from '../shared/dom.ts';
import { closingCauses } from './closing-causes.ts';
import type { Shortcut } from './shortcuts.ts';
import { listPath } from './location.ts';
import { announce } from './announce.ts';
import { ticketButtons } from './ticket-buttons.ts';
import type { TicketsPage } from './tickets-page.ts';

interface Needs {
  readonly tickets: TicketsPage;
  readonly me: Me;
  readonly go: (path: string) => void;
  readonly help: () => void;
}

const list = (view: 'waiting' | 'mine') => listPath({ view, cause: null, q: null });

/** Every key of the console. */
export const consoleShortcuts = (needs: Needs): readonly Shortcut[] => [
  ...moving(needs),
  ...acting(needs),
  ...going(needs),
];

function moving({ tickets, go }: Needs): readonly Shortcut[] {
  const inList = () => document.activeElement === document.body || byId('rows').contains(document.activeElement);
  const shown = () => !byId('queue').hidden && byId('queue').offsetParent !== null;
  const move = (by: 1 | -1) => (key: string) => {
    if (!shown() || (key.startsWith('Arrow') && !inList())) return false;
    tickets.move(by);
    return true;
  };
  return [
    { keys: ['j', 'ArrowDown'], description: 'Next ticket in the list', run: move(1) },
    { keys: ['k', 'ArrowUp'], description: 'Previous ticket in the list', run: move(-1) },
    { keys: ['Enter'], description: 'Open the ticket', run: () => false },
    { keys: ['u'], description: 'Back to the list', run: () => back(tickets, go) },
    {
      keys: ['/'],
      description: 'Search',
      run: () => (byId('search').focus(), (byId('search') as HTMLInputElement).select(), undefined),
    },
    { keys: ['x'], description: 'Choose the ticket for what is done on several at once', run: () => choose(tickets) },
    { keys: ['Escape'], run: () => leave(tickets) },
  ];
}

function choose({ queue, list }: TicketsPage): boolean {
  const row = document.activeElement?.closest('.row');
  const box = row?.querySelector<HTMLInputElement>('.pick input');
  const number = row?.querySelector<HTMLElement>('[data-number]')?.dataset.number;
  if (!box || number === undefined) return false;
  queue.choose(number, !box.checked);
  list.linkTo(number)?.focus();
  return true;
}

/** Goes to the first control of the open ticket whose act begins so. */
function focusOn(act: string): boolean {
  const control = byId('ticket').querySelector<HTMLElement>(`[data-act^="${act}"]`);
  control?.focus();
  return control !== null;
}

function back({ ticket, queue }: TicketsPage, go: (path: string) => void): boolean {
  if (ticket.number === null || !queue.filter) return false;
  go(listPath(queue.filter));
  return true;
}

/** Out of the causes, else out of a field. */
function leave({ ticket }: TicketsPage): boolean {
  if (ticket.closing) ticket.showCauses(false);
  else if (document.activeElement?.matches('input, textarea, select'))
    byId(ticket.number === null ? 'heading' : 'title').focus();
  else return false;
  return true;
}

function acting({ tickets, me }: Needs): readonly Shortcut[] {
  const act = (key: string) => {
    const action = ticketButtons(tickets.ticket, tickets.commands).find((one) => one.key === key);
    if (!action)
      return tickets.ticket.number === null ? false : (announce('That cannot be done with this ticket now.'), true);
    action.run();
    if (action.act === 'close' && tickets.ticket.closing) byId('closing-title').focus();
    return true;
  };
  const write = (mode: 'reply' | 'note') => () => {
    if (!tickets.ticket.permissions?.note) return false;
    tickets.composer.write(mode);
    return true;
  };
  return [
    { keys: ['c'], description: 'Claim the ticket, or take it over', run: act },
    { keys: ['a'], description: 'Assign the ticket to a colleague', run: () => focusOn('assign') },
    { keys: ['y'], description: 'Change the priority', run: () => focusOn('priority') },
    { keys: ['m'], description: 'Go to the tickets that this one can be merged into', run: () => focusOn('merge') },
    { keys: ['r'], description: 'Reply to the customer', run: write('reply') },
    { keys: ['n'], description: 'Write a note', run: write('note') },
    { keys: ['b'], description: 'Hand back to the bot', run: act },
    { keys: ['p'], description: 'Put the ticket back', run: act },
    { keys: ['e'], description: 'Close; then 1 to 9 or 0 for the true cause', run: act },
    { keys: ['o'], description: 'Reopen a closed ticket', run: act },
    { keys: Array.from('0123456789'), run: (digit) => pick(tickets, me, digit) },
  ];
}

function pick({ ticket, closeWith }: TicketsPage, me: Me, digit: string): boolean {
  if (!ticket.closing || !ticket.detail) return false;
  const choice = closingCauses(ticket.detail.row, me).find((one) => one.digit === digit);
  if (choice) void closeWith(choice.slug);
  return true;
}

function going({ me, go, help }: Needs): readonly Shortcut[] {
  const to = (path: string) => () => (go(path), undefined);
  const audit = me.agent.roles.includes('operator')
    ? [
        { keys: ['g o'], description: 'Go to the operations', run: to('/console/operations') },
        { keys: ['g a'], description: 'Go to the audit', run: to('/console/audit') },
      ]
    : [];
  return [
    { keys: ['g q'], description: 'Go to the waiting tickets', run: to(list('waiting')) },
    { keys: ['g m'], description: 'Go to your own tickets', run: to(list('mine')) },
    { keys: ['g i'], description: 'Go to the insights', run: to('/console/insights') },
    ...audit,
    { keys: ['?'], description: 'Show these keys', run: () => (help(), undefined) },
  ];
}
