import type { Outcome } from '../../domain/outcome.ts';
import type { Share } from '../../metrics/share.ts';
import type { Outcomes } from '../../metrics/sums.ts';
import { el, spoken } from '../shared/dom.ts';

/** What outcomes are called. */
export const outcomeNames: Readonly<Record<Outcome, string>> = {
  verified: 'Verified',
  confirmed: 'Confirmed',
  assumed: 'Assumed',
  'handed-off': 'Handed off',
  unsolved: 'Unsolved',
  answered: 'Answered, still open',
  abandoned: 'Abandoned',
};
/** Every outcome, in the order in which they are drawn. */
export const outcomes = Object.keys(outcomeNames) as Outcome[];

/** A number with its thousands parted. */
export const number = (value: number): string => value.toLocaleString('en');

/** "1 complaint", "2 complaints". */
export const counted = (count: number, what: string): string => `${number(count)} ${what}${count === 1 ? '' : 's'}`;

/** Makes an SVG element. */
export function svg(tag: string, attributes: Readonly<Record<string, string>>, ...children: Node[]): SVGElement {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const stripes = 'insights-stripes';

/** The stripes that tell assumed from verified without colour; they stand once in the page, for every chart. */
export function patterns(): SVGElement {
  const lines = svg('path', { class: 'line', d: 'M0 1H8M0 5H8' });
  const pattern = svg(
    'pattern',
    { id: stripes, width: '8', height: '8', patternUnits: 'userSpaceOnUse' },
    svg('rect', { class: 'ground', width: '8', height: '8' }),
    lines,
  );
  return svg('svg', { class: 'patterns', 'aria-hidden': 'true' }, svg('defs', {}, pattern));
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A piece of a chart in the look of an outcome. */
export function piece(outcome: Outcome, { x, y, width, height }: Box): SVGElement {
  const fill: Record<string, string> = outcome === 'assumed' ? { fill: `url(#${stripes})` } : {};
  const place = { x: String(x), y: String(y), width: String(width), height: String(height) };
  return svg('rect', { class: `piece ${outcome}`, ...place, ...fill });
}

/** The look of an outcome beside its name. */
export function swatch(outcome: Outcome): SVGElement {
  const box = { x: 0, y: 0, width: 12, height: 12 };
  return svg('svg', { class: 'swatch', viewBox: '0 0 12 12', 'aria-hidden': 'true' }, piece(outcome, box));
}

/** Outcomes side by side, over the whole width; what they are must stand beside it in words. */
export function stack(counts: Outcomes, height: number): SVGElement {
  const all = outcomes.reduce((sum, outcome) => sum + counts[outcome], 0);
  let x = 0;
  const pieces = outcomes.map((outcome) => {
    const width = all === 0 ? 0 : (counts[outcome] / all) * 1000;
    x += width;
    return piece(outcome, { x: x - width, y: 0, width, height });
  });
  return stretched('stack', 1000, height, ...pieces.filter((_, i) => counts[outcomes[i] ?? 'verified'] > 0));
}

/** A drawing that fills its box in both directions. */
export function stretched(name: string, width: number, height: number, ...children: Node[]): SVGElement {
  const box = { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none' };
  return svg('svg', { class: name, ...box, 'aria-hidden': 'true' }, ...children);
}

/** A bar as long as the share. */
export function bar(share: number): SVGElement {
  const filled = svg('rect', { class: 'filled', width: String(share * 100), height: '6' });
  return stretched('bar', 100, 6, svg('rect', { class: 'whole', width: '100', height: '6' }), filled);
}

/** A share in words, with what it is of where it is a percentage, and a bar. */
export function shareCell(share: Share): HTMLElement {
  const drawn: Node[] = share.share === null ? [] : [bar(share.share)];
  return el('div', { class: 'share' }, el('span', { class: 'share-text' }, ...shareWords(share)), ...drawn);
}

/** "62 % of 210", or "3 of 4". */
export function shareWords({ told, of }: Share): (Node | string)[] {
  return told.endsWith('%') ? [told, ' ', el('small', {}, `of ${number(of)}`)] : [told];
}

/** Every outcome of a row: a bar, and below it the numbers. */
export function outcomesCell(counts: Outcomes): HTMLElement {
  const figures = outcomes.map((outcome) =>
    el(
      'li',
      { title: outcomeNames[outcome], ...(counts[outcome] === 0 && { class: 'none' }) },
      swatch(outcome),
      spoken(`${outcomeNames[outcome]}: `),
      number(counts[outcome]),
    ),
  );
  return el('div', { class: 'ended' }, stack(counts, 10), el('ul', {}, ...figures));
}
