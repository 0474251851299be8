import { drawing, el } from './elements.ts';
import type { DemoFeature } from './features.ts';

const lock = ['M7 11V8a5 5 0 0 1 10 0v3M5.5 11h13v9.5h-13zM12 15v2'];
const weeks = [38, 52, 47, 61, 58, 74, 69, 83];
const figures = [
  ['Documents', '1,284', '32 new this week'],
  ['Reports sent', '46', 'last on Monday, 08:00'],
  ['People', '18', '3 guests'],
] as const;
const recent = [
  ['Quarterly review', 'Ines Okafor', '10 minutes ago'],
  ['Price list 2027', 'Tom Halvorsen', '1 hour ago'],
  ['Onboarding checklist', 'Mei Tanaka', 'yesterday'],
  ['Supplier contracts', 'Ines Okafor', 'yesterday'],
] as const;

/** A feature that the account cannot use, with the way to help. */
export function lockedPage({ name, does }: DemoFeature, getHelp: () => void): readonly Node[] {
  const help = el('button', { type: 'button', class: 'primary' }, 'Get help');
  help.addEventListener('click', getHelp);
  const panel = el(
    'div',
    { class: 'denied' },
    drawing('0 0 24 24', lock),
    el('h2', {}, 'Access denied'),
    el('p', {}, `You don't have access to ${name}.`),
    help,
  );
  return [el('h1', {}, name), el('p', { class: 'lead' }, does), panel];
}

/** The page everybody may see: figures, a chart and what changed lately. */
export function dashboardPage({ name, does }: DemoFeature): readonly Node[] {
  const cards = figures.map(([label, figure, note]) =>
    el('div', { class: 'card' }, el('dt', {}, label), el('dd', {}, el('b', {}, figure), el('small', {}, note))),
  );
  const rows = recent.map((row) => el('tr', {}, ...row.map((cell) => el('td', {}, cell))));
  const head = el('tr', {}, ...['Document', 'By', 'Changed'].map((cell) => el('th', { scope: 'col' }, cell)));
  const bars = weeks.map((height, week) => `M${week * 44 + 24} 96V${96 - height}`);
  const label = `Documents read in each of the last ${weeks.length} weeks, rising from 38 to 83`;
  const chart = drawing('0 0 356 100', bars, label);
  chart.setAttribute('preserveAspectRatio', 'none');
  return [
    el('h1', {}, name),
    el('p', { class: 'lead' }, does),
    el('dl', { class: 'cards' }, ...cards),
    el('section', { class: 'card chart' }, el('h2', {}, 'Documents read'), chart),
    el(
      'section',
      { class: 'card' },
      el('h2', {}, 'Changed lately'),
      el('table', {}, el('thead', {}, head), el('tbody', {}, ...rows)),
    ),
  ];
}
