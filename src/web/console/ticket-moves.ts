import type { Priority } from '../../domain/ticket.ts';
import type { Me, TicketDetail } from '../../tickets/console-json.ts';
import type { Colleagues } from './colleagues.ts';
import { confirmed } from './confirm.ts';
import { isAgent } from './permissions.ts';
import { picker } from './picker.ts';
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
  const people = others.map(({ id, name }) => [id, id === me.agent.id ? `${name} (you)` : name] as const);
  const assign = picker(
    { 'aria-label': 'Assign to', 'data-act': 'assign', 'aria-keyshortcuts': 'a' },
    [['', 'Assign to…'], ...people],
    (id) => {
      assign.value = '';
      if (id !== '') void assignTo(id);
    },
  );
  const rank = picker(
    { 'aria-label': 'Priority', 'data-act': 'priority', 'aria-keyshortcuts': 'y' },
    Object.entries(priorities).map(([value, name]) => [value, `Priority: ${name.toLowerCase()}`] as const),
    (to) => void commands.rank(to as Priority),
  );
  rank.value = row.priority;
  return [assign, rank];

  async function assignTo(id: string): Promise<void> {
    const name = colleagues.named(id);
    if (await confirmed(`${row.number} goes to ${name}.`, `Assign to ${name}`)) await commands.assign({ id, name });
  }
}
