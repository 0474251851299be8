import type { Priority } from '../../domain/ticket.ts';
import type { Me, TicketDetail } from '../../tickets/console-json.ts';
import { el } from '../shared/dom.ts';
import type { Colleagues } from './colleagues.ts';
import { confirmed } from './confirm.ts';
import { isAgent } from './permissions.ts';
import type { TicketCommands } from './ticket-commands.ts';

const priorities: Readonly<Record<Priority, string>> = { high: 'High', normal: 'Normal', low: 'Low' };

/** Where a ticket goes next: to whom, and how soon. None where nobody here may change it. */
export function drawMoves(
  { row }: TicketDetail,
  me: Me,
  colleagues: Colleagues,
  commands: TicketCommands,
): HTMLElement[] {
  if (!isAgent(me) || row.state === 'closed') return [];
  const others = colleagues.all.filter(({ id }) => id !== row.holder?.id);
  const assign = el(
    'select',
    { 'aria-label': 'Assign to', 'data-act': 'assign', 'aria-keyshortcuts': 'a' },
    el('option', { value: '' }, 'Assign to…'),
    ...others.map(({ id, name }) => el('option', { value: id }, id === me.agent.id ? `${name} (you)` : name)),
  );
  assign.addEventListener('change', () => {
    const { value } = assign;
    assign.value = '';
    if (value !== '') void assignTo(value);
  });
  assign.addEventListener('focus', () => void colleagues.look());
  const rank = el(
    'select',
    { 'aria-label': 'Priority', 'data-act': 'priority', 'aria-keyshortcuts': 'y' },
    ...Object.entries(priorities).map(([value, name]) => el('option', { value }, `Priority: ${name.toLowerCase()}`)),
  );
  rank.value = row.priority;
  rank.addEventListener('change', () => void commands.rank(rank.value as Priority));
  return [assign, rank];

  async function assignTo(id: string): Promise<void> {
    const name = colleagues.named(id);
    if (await confirmed(`${row.number} goes to ${name}.`, `Assign to ${name}`)) await commands.assign({ id, name });
  }
}
