import type { Insights } from '../../metrics/insights.ts';
import type { Share } from '../../metrics/share.ts';
import type { Outcomes } from '../../metrics/sums.ts';
import { el } from '../shared/dom.ts';
import { counted, number, outcomeNames, outcomes, shareWords, stack, swatch } from './insights-charts.ts';
import { meanings, section, table } from './insights-table.ts';

/** The figures to see first, each over its definition. */
export function tiles({ containment, resolution, helpful, opened, closed, definitions }: Insights): HTMLElement {
  return el(
    'div',
    { class: 'tiles' },
    tile('Containment', containment, 'complaint', definitions.containment),
    tile('Resolution', resolution, 'complaint', definitions.resolution),
    tile('Helpful', helpful, 'answer', definitions.helpful),
    el(
      'div',
      { class: 'card tile' },
      el('h2', {}, 'Tickets'),
      el('p', { class: 'figure' }, number(opened), ' ', el('small', {}, `opened, ${number(closed)} closed`)),
      el('p', { class: 'quiet' }, definitions.tickets),
    ),
  );
}

function tile(name: string, share: Share, of: string, means: string): HTMLElement {
  const { told, part } = share;
  const detail = told.endsWith('%')
    ? `${number(part)} of ${counted(share.of, of)}`
    : share.of === 0
      ? `no ${of}s`
      : `${of}s`;
  return el(
    'div',
    { class: 'card tile' },
    el('h2', {}, name),
    el('p', { class: 'figure' }, told, ' ', el('small', {}, detail)),
    el('p', { class: 'quiet' }, means),
  );
}

/** How complaints ended: one bar, and the same in numbers, each with what it means. */
export function endings(insights: Insights, csv: HTMLElement | null): HTMLElement {
  const { complaints, definitions } = insights;
  const shares = new Map(insights.outcomes.map(({ outcome, share }) => [outcome, share]));
  const rows = outcomes.map((outcome) => {
    const share = shares.get(outcome);
    const name = el('span', { class: 'named' }, swatch(outcome), outcomeNames[outcome]);
    return [name, number(share?.part ?? 0), share ? shareOnly(share) : '', definitions[outcome]];
  });
  const counts = Object.fromEntries(outcomes.map((outcome) => [outcome, shares.get(outcome)?.part ?? 0]));
  return section(
    'How complaints ended',
    csv,
    el('p', { class: 'total' }, el('b', {}, counted(complaints, 'complaint'))),
    stack(counts as Outcomes, 36),
    el('div', { class: 'legend' }, table('How complaints ended', ['Outcome', 'Complaints', 'Share', 'Meaning'], rows)),
    meanings(['Counted', definitions.complaints]),
  );
}

const shareOnly = (share: Share): Node => el('span', { class: 'share-text' }, ...shareWords(share));
