import { el, spoken } from '../widget/dom.ts';
import { sinceNode } from './time.ts';
import type { Me, Row } from './wire.ts';
import { causeName, deskName, titleOf } from './words.ts';

/** A row of the list with what decides how it looks. */
export interface Shown {
  readonly row: Row;
  readonly href: string;
  readonly open: boolean;
  /** Whether the list mixes states, so that each row tells its own. */
  readonly mixed: boolean;
}

/** One ticket in one glance: how long, how urgent, who, what, in whose words, in whose hands. */
export function drawRow({ row, href, open, mixed }: Shown, me: Me): HTMLElement {
  const { number, state, words } = row;
  const link = el('a', { href, 'data-number': number, ...(open && { 'aria-current': 'true' }) });
  link.append(
    el('span', { class: 'wait' }, spoken(`${waits[state]} `), sinceNode(row.since)),
    el('span', { class: 'what' }, el('strong', {}, el('bdi', {}, titleOf(row)))),
    ...urgent(row),
    el('span', { class: 'from' }, ...customerOf(row), ...holderOf(row, me, mixed)),
    el('span', { class: 'words' }, words === '' ? 'Nothing was told.' : el('bdi', {}, words)),
  );
  return el('li', { class: `row ${state}` }, link);
}

const waits: Readonly<Record<Row['state'], string>> = {
  waiting: 'Waiting',
  sent: 'Sent',
  claimed: 'In work',
  closed: 'Closed',
};

/** The mark of what only a person can solve. */
export const urgent = ({ priority }: Row): HTMLElement[] =>
  priority === 'high' ? [el('b', { class: 'high' }, 'High')] : [];

/** Who has the problem; whoever was not proved is marked. */
export function customerOf({ customer, account }: Row): HTMLElement[] {
  if (customer === null) return [el('b', { class: 'unverified' }, 'Unverified')];
  const place = account === null ? [] : [' · ', el('bdi', {}, account)];
  return [el('span', { class: 'customer' }, el('bdi', {}, customer), ...place)];
}

function holderOf(row: Row, me: Me, mixed: boolean): HTMLElement[] {
  const words = standing(row, me, mixed);
  return words === '' ? [] : [el('span', { class: row.delivery.dead ? 'holder dead' : 'holder' }, words)];
}

function standing({ state, holder, delivery, trueCause, solved }: Row, me: Me, mixed: boolean): string {
  if (delivery.dead) return 'Not delivered';
  if (state === 'claimed') return holder?.id === me.agent.id ? 'You' : (holder?.name ?? '');
  if (state === 'sent') return delivery.deliveredAt === null ? 'On its way' : `At ${deskName(delivery.desk)}`;
  if (state === 'waiting') return mixed ? 'Waiting' : '';
  const cause = trueCause === null ? 'Closed' : causeName(me, trueCause);
  return solved === null ? cause : `${cause} · ${solved ? 'solved' : 'not solved'}`;
}
