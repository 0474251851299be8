import type { Me, TicketRow } from '../../tickets/console-json.ts';
import { el, spoken } from '../shared/dom.ts';
import { sinceNode } from './time.ts';
import { causeName, deskName } from './labels.ts';

/** A row of the list with what decides how it looks. */
export interface QueueRow {
  readonly row: TicketRow;
  readonly href: string;
  readonly open: boolean;
  /** Whether the list mixes states, so that each row tells its own. */
  readonly mixed: boolean;
}

/** One ticket in one glance: how long, how urgent, who, what, in whose words, in whose hands. */
export function drawRow({ row, href, open, mixed }: QueueRow, me: Me): HTMLElement {
  const { number, state, words } = row;
  const link = el('a', { href, 'data-number': number, ...(open && { 'aria-current': 'true' }) });
  link.append(
    el('span', { class: 'wait' }, spoken(`${waits[state]} `), sinceNode(row.since)),
    el('span', { class: 'what' }, el('strong', {}, el('bdi', {}, row.title))),
    ...priorityMark(row),
    el('span', { class: 'from' }, ...customerOf(row), ...holderOf(row, me, mixed)),
    el('span', { class: 'words' }, words === '' ? 'Nothing was told.' : el('bdi', {}, words)),
  );
  return el('li', { class: `row ${state}` }, link);
}

const waits: Readonly<Record<TicketRow['state'], string>> = {
  waiting: 'Waiting',
  sent: 'Sent',
  claimed: 'In work',
  closed: 'Closed',
};

/** The mark of what only a person can solve. */
export const priorityMark = ({ priority }: TicketRow): HTMLElement[] =>
  priority === 'high' ? [el('b', { class: 'high' }, 'High')] : [];

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

function statusText({ state, holder, delivery, trueCause, solved }: TicketRow, me: Me, mixed: boolean): string {
  if (delivery.dead) return 'Not delivered';
  if (state === 'claimed') return holder?.id === me.agent.id ? 'You' : (holder?.name ?? '');
  if (state === 'sent') return delivery.deliveredAt === null ? 'On its way' : `At ${deskName(delivery.desk)}`;
  if (state === 'waiting') return mixed ? 'Waiting' : '';
  const cause = trueCause === null ? 'Closed' : causeName(me, trueCause);
  return solved === null ? cause : `${cause} · ${solved ? 'solved' : 'not solved'}`;
}
