import type { Me, TicketRow } from '../../tickets/console-json.ts';
import { el, spoken } from '../shared/dom.ts';
import { isAgent } from './permissions.ts';
import { sinceNode } from './time.ts';
import { causeName, deskName } from './labels.ts';

/** A row of the list with what decides how it looks. */
export interface QueueRow {
  readonly row: TicketRow;
  readonly href: string;
  readonly open: boolean;
  /** Whether the list mixes states, so that each row tells its own. */
  readonly mixed: boolean;
  readonly chosen: boolean;
  /** Whether the customer should have been answered by now. */
  readonly late: boolean;
}

/** One ticket in one glance: how long, how urgent, who, what, in whose words, in whose hands. */
export function drawRow(
  { row, href, open, mixed, chosen, late }: QueueRow,
  me: Me,
  choose: (on: boolean) => void,
): HTMLElement {
  const { number, state, words, since, waitsSince } = row;
  const link = el('a', { href, 'data-number': number, ...(open && { 'aria-current': 'true' }) });
  link.append(
    el(
      'span',
      { class: 'wait' },
      spoken(waitsSince === null ? `${waits[state]} ` : 'Customer waits '),
      sinceNode(waitsSince ?? since),
    ),
    el('span', { class: 'what' }, el('strong', {}, el('bdi', {}, row.title))),
    ...priorityMark(row),
    el('span', { class: 'from' }, ...marksOf(row, late), ...customerOf(row), ...holderOf(row, me, mixed)),
    el('span', { class: 'words' }, words === '' ? 'Nothing was told.' : el('bdi', {}, words)),
  );
  const waiting = waitsSince === null ? '' : ' waits';
  return el('li', { class: `row ${state}${waiting}` }, ...(isAgent(me) ? [choiceOf(row, chosen, choose)] : []), link);
}

function choiceOf({ number }: TicketRow, chosen: boolean, choose: (on: boolean) => void): HTMLElement {
  const box = el('input', { type: 'checkbox', 'aria-label': `Choose ${number}`, ...(chosen && { checked: '' }) });
  box.addEventListener('change', () => choose(box.checked));
  return el('label', { class: 'pick' }, box);
}

/** What the customer wrote that nobody has seen, and whether they should have been answered. */
export function marksOf({ unread }: TicketRow, late: boolean): HTMLElement[] {
  return [
    ...(unread > 0 ? [el('b', { class: 'unread' }, unread === 1 ? '1 new' : `${unread} new`)] : []),
    ...(late ? [el('b', { class: 'late' }, 'Late')] : []),
  ];
}

/** Whether the customer should have been answered by now. */
export const isLate = ({ answerBy }: TicketRow): boolean => answerBy !== null && Date.parse(answerBy) < Date.now();

const waits: Readonly<Record<TicketRow['state'], string>> = {
  waiting: 'Waiting',
  sent: 'Sent',
  claimed: 'In work',
  closed: 'Closed',
};

/** The mark of what is more or less urgent than others. */
export const priorityMark = ({ priority }: TicketRow): HTMLElement[] =>
  priority === 'normal' ? [] : [el('b', { class: priority }, priority === 'high' ? 'High' : 'Low')];

/** Who has the problem; whoever was not proved is marked. */
export function customerOf({ customer, account }: TicketRow): HTMLElement[] {
  if (customer === null) return [el('b', { class: 'unverified' }, 'Unverified')];
  const place = account === null ? [] : [' · ', el('bdi', {}, account)];
  return [el('span', { class: 'customer' }, el('bdi', {}, customer), ...place)];
}

function holderOf(row: TicketRow, me: Me, mixed: boolean): HTMLElement[] {
  const words = statusText(row, me, mixed);
  return words === '' ? [] : [el('span', { class: row.delivery.dead ? 'holder dead' : 'holder' }, words)];
}

function statusText(
  { state, holder, delivery, trueCause, solved, mergedInto }: TicketRow,
  me: Me,
  mixed: boolean,
): string {
  if (delivery.dead) return 'Not delivered';
  if (mergedInto !== null) return `In ${mergedInto}`;
  if (state === 'claimed') return holder?.id === me.agent.id ? 'You' : (holder?.name ?? '');
  if (state === 'sent') return delivery.deliveredAt === null ? 'On its way' : `At ${deskName(delivery.desk)}`;
  if (state === 'waiting') return mixed ? 'Waiting' : '';
  const cause = trueCause === null ? 'Closed' : causeName(me, trueCause);
  return solved === null ? cause : `${cause} · ${solved ? 'solved' : 'not solved'}`;
}
