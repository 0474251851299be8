import { el } from '../widget/dom.ts';
import { copyButton } from '../widget/copy.ts';
import { isSafe, linkTo } from '../widget/markdown.ts';
import { urgent } from './queue-row.ts';
import { atNode, sinceNode } from './time.ts';
import type { Detail, Me, Row } from './wire.ts';
import { causeName, channelName, deskName, languageName, titleOf } from './words.ts';

/** The top of a ticket: what it is about, its number, how it stands and since when. */
export function headOf({ row }: Detail, me: Me, back: string): HTMLElement[] {
  const title = el('h2', { id: 'title', tabindex: '-1', 'data-landing': '' }, ...urgent(row));
  title.append(el('bdi', {}, titleOf(row)));
  const number = el('span', { class: 'number' }, row.number);
  return [
    el(
      'p',
      { class: 'ways' },
      el('a', { class: 'back', href: back }, 'All tickets'),
      el('a', { class: 'jump', href: '#talk' }, 'To the conversation'),
    ),
    el('div', { class: 'titles' }, title, number, copyButton('Copy', row.number, number)),
    el('p', { class: 'state' }, ...stateOf(row, me).map((part) => el('span', {}, ...part))),
    ...deadOf(row),
  ];
}

type Part = readonly (Node | string)[];

function stateOf(row: Row, me: Me): readonly Part[] {
  const { openedAt, channel, language, delivery } = row;
  const address = delivery.url !== null && isSafe(delivery.url) ? delivery.url : null;
  return [
    standing(row, me),
    ['Opened ', atNode(openedAt)],
    [channelName(channel)],
    [languageName(language)],
    ...(address === null ? [] : [[linkTo(address, [`Open in ${deskName(delivery.desk)}`])]]),
  ];
}

function standing({ state, since, holder, trueCause, solved, delivery }: Row, me: Me): Part {
  const who = holder?.id === me.agent.id ? 'you' : (holder?.name ?? 'nobody');
  const desk = deskName(delivery.desk);
  if (state === 'waiting') return [mark('Waiting', state), ' for ', sinceNode(since)];
  if (state === 'claimed') return [mark(who === 'you' ? 'Yours' : `With ${who}`, state), ' for ', sinceNode(since)];
  if (state === 'sent' && delivery.dead) return [mark(`Not delivered to ${desk}`, 'dead')];
  if (state === 'sent' && delivery.deliveredAt === null) return [mark(`On its way to ${desk}`, state), tries(delivery)];
  if (state === 'sent') return [mark(`At ${desk}`, state), ' for ', sinceNode(since)];
  const cause = trueCause === null ? '' : ` as ${causeName(me, trueCause)}`;
  const told =
    solved === null ? '' : solved ? '; the customer says it is solved' : '; the customer says it is not solved';
  return [mark('Closed', state), ' ', atNode(since), `${holder ? ` by ${who}` : ''}${cause}${told}`];
}

const mark = (words: string, look: string): HTMLElement => el('b', { class: `mark ${look}` }, words);

const tries = ({ attempts }: Row['delivery']): string =>
  attempts < 2 ? '' : ` (${attempts} attempts so far; it is tried again)`;

function deadOf({ delivery }: Row): HTMLElement[] {
  const { dead, desk, attempts } = delivery;
  if (!dead) return [];
  const after = `${deskName(desk)} refused this ticket after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'} (`;
  return [el('p', { class: 'refused' }, after, atNode(dead.at), '): ', el('bdi', {}, dead.reason))];
}
