import type { AuditAction } from '../../domain/audit.ts';
import type { AuditEntryJson, Me, TicketDetail, TicketRow } from '../../tickets/console-json.ts';
import { el } from '../shared/dom.ts';
import { atNode } from './time.ts';
import { causeName } from './labels.ts';
import { isAgent } from './permissions.ts';
import type { TicketCommands } from './ticket-commands.ts';

const actionNames = {
  'sign-in': 'signed in',
  'sign-out': 'signed out',
  claim: 'claimed it',
  release: 'put it back',
  reply: 'replied',
  note: 'added a note',
  'hand-back': 'handed back to the bot',
  close: 'closed it',
  reopen: 'reopened it',
  assign: 'assigned it',
  priority: 'changed the priority',
  merge: 'merged tickets',
  requeue: 'had it delivered again',
  export: 'exported figures',
  connect: 'connected with a channel',
  'export-person': 'exported a person’s data',
  'erase-person': 'erased a person’s data',
} satisfies Record<AuditAction, string>;
const names: ReadonlyMap<string, string> = new Map(Object.entries(actionNames));

/** What was done, in words; a newer server may know more than this page. */
export const actionName = (action: AuditAction): string => names.get(action) ?? action.replaceAll('-', ' ');

/** What was done with the ticket, in order. */
export function drawHistory({ history }: TicketDetail, me: Me): HTMLElement[] {
  if (history.length === 0) return [];
  const items = history.map((entry) => el('li', {}, atNode(entry.at), el('span', {}, ...describe(entry, me))));
  return [el('h3', {}, 'History'), el('ol', { class: 'history' }, ...items)];
}

function describe({ by, action, detail }: AuditEntryJson, me: Me): (Node | string)[] {
  const text = action === 'close' && detail !== null ? causeName(me, detail) : detail;
  return [
    el('strong', {}, by.name),
    ` ${actionName(action)}`,
    ...(text === null ? [] : [' (', el('bdi', {}, text), ')']),
  ];
}

/** The other tickets of the same person or conversation; those that are open can take this one in. */
export function drawEarlier(
  { earlier, row }: TicketDetail,
  me: Me,
  pathOf: (row: TicketRow) => string,
  { merge }: Pick<TicketCommands, 'merge'>,
): HTMLElement[] {
  if (earlier.length === 0) return [];
  const mayMerge = isAgent(me) && row.state !== 'closed' && (!row.holder || row.holder.id === me.agent.id);
  const items = earlier.map((other) =>
    el(
      'li',
      {},
      atNode(other.openedAt),
      el('span', {}, el('a', { href: pathOf(other) }, other.title), ` ${other.number}`, ending(other, me)),
      ...(mayMerge && other.state !== 'closed' ? [mergeButton(other.number, merge)] : []),
    ),
  );
  return [el('h3', {}, 'Other tickets of this customer'), el('ul', { class: 'history' }, ...items)];
}

function mergeButton(into: string, merge: TicketCommands['merge']): HTMLElement {
  const button = el('button', { type: 'button', class: 'plain', 'data-act': `merge-${into}` }, `Merge into ${into}`);
  button.addEventListener('click', () => void merge(into));
  return button;
}

function ending({ state, trueCause, solved, holder, mergedInto }: TicketRow, me: Me): string {
  if (mergedInto !== null) return `, goes on as ${mergedInto}`;
  if (state !== 'closed') return state === 'claimed' ? `, with ${holder?.name ?? 'an agent'}` : `, ${state}`;
  if (!holder) return ', taken back by the customer';
  const cause = trueCause === null ? '' : ` as ${causeName(me, trueCause)}`;
  return `, closed${cause}${solved === null ? '' : solved ? ', solved' : ', not solved'}`;
}
