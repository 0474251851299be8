import type { Me, TicketDetail, TicketRow } from '../../tickets/console-json.ts';
import { el } from '../shared/dom.ts';
import { copyButton } from '../shared/copy-button.ts';
import { en } from '../shared/words/en.ts';
import { isSafe, linkTo } from '../shared/markdown.ts';
import { isLate, priorityMark } from './queue-row.ts';
import { atNode, sinceNode } from './time.ts';
import { causeName, channelName, deskName, languageName } from './labels.ts';

/** The top of a ticket: what it is about, its number, how it stands and since when. */
export function headOf({ row }: TicketDetail, me: Me, back: string): HTMLElement[] {
  const title = el('h2', { id: 'title', tabindex: '-1', 'data-landing': '' }, ...priorityMark(row));
  title.append(el('bdi', {}, row.title));
  const number = el('span', { class: 'number' }, row.number);
  return [
    el(
      'p',
      { class: 'ways' },
      el('a', { class: 'back', href: back }, 'All tickets'),
      el('a', { class: 'jump', href: '#conversation' }, 'To the conversation'),
    ),
    el('div', { class: 'titles' }, title, number, copyButton(en.copy, row.number, number, en)),
    el('p', { class: 'state' }, ...stateOf(row, me).map((part) => el('span', {}, ...part))),
    ...deadOf(row),
  ];
}

function waitingPart(row: TicketRow, since: string): Part {
  const by = row.answerBy === null ? [] : [isLate(row) ? ', to be answered by ' : ', answer by ', atNode(row.answerBy)];
  const words = ['Customer waits ', sinceNode(since), ...by];
  return isLate(row) ? [el('b', { class: 'late' }, 'Late'), ' ', ...words] : words;
}

type Part = readonly (Node | string)[];

function stateOf(row: TicketRow, me: Me): readonly Part[] {
  const { openedAt, channel, language, delivery, waitsSince } = row;
  const address = delivery.url !== null && isSafe(delivery.url) ? delivery.url : null;
  return [
    statusPart(row, me),
    ...(waitsSince === null ? [] : [waitingPart(row, waitsSince)]),
    ['Opened ', atNode(openedAt)],
    [channelName(channel)],
    [languageName(language)],
    ...(address === null ? [] : [[linkTo(address, [`Open in ${deskName(delivery.desk)}`])]]),
  ];
}

function statusPart({ state, since, holder, trueCause, solved, delivery, mergedInto }: TicketRow, me: Me): Part {
  const who = holder?.id === me.agent.id ? 'you' : (holder?.name ?? 'nobody');
  const desk = deskName(delivery.desk);
  if (state === 'waiting') return [mark('Waiting', state), ' for ', sinceNode(since)];
  if (state === 'claimed') return [mark(who === 'you' ? 'Yours' : `With ${who}`, state), ' for ', sinceNode(since)];
  if (state === 'sent' && delivery.dead)
    return [
      mark(delivery.deliveredAt === null ? `Not delivered to ${desk}` : `A message did not reach ${desk}`, 'dead'),
    ];
  if (state === 'sent' && delivery.deliveredAt === null) return [mark(`On its way to ${desk}`, state), tries(delivery)];
  if (state === 'sent') return [mark(`At ${desk}`, state), ' for ', sinceNode(since)];
  if (mergedInto !== null)
    return [mark('Goes on as', state), ' ', el('a', { href: `/console/tickets/${mergedInto}` }, mergedInto)];
  if (!holder) return [mark('Taken back by the customer', state), ' ', atNode(since)];
  const cause = trueCause === null ? '' : ` as ${causeName(me, trueCause)}`;
  const answer =
    solved === null ? '' : solved ? '; the customer says it is solved' : '; the customer says it is not solved';
  return [mark('Closed', state), ' ', atNode(since), ` by ${who}${cause}${answer}`];
}

const mark = (words: string, look: string): HTMLElement => el('b', { class: `mark ${look}` }, words);

const attempts = ({ attempts: count }: TicketRow['delivery']): string =>
  `${count} ${count === 1 ? 'attempt' : 'attempts'}`;

const tries = ({ attempts }: TicketRow['delivery']): string =>
  attempts < 2 ? '' : ` (${attempts} attempts so far; it is tried again)`;

function deadOf({ delivery }: TicketRow): HTMLElement[] {
  const { dead, deliveredAt } = delivery;
  if (!dead) return [];
  const what = deliveredAt === null ? `this ticket after ${attempts(delivery)}` : 'what the customer wrote later';
  const refused = `${deskName(delivery.desk)} refused ${what} (`;
  return [el('p', { class: 'refused' }, refused, atNode(dead.at), '): ', el('bdi', {}, dead.reason))];
}
