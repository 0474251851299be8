import { el } from '../shared/dom.ts';

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
/** From when on, in ms, a wait is old, and very old. */
const [old, veryOld] = [30 * minute, 2 * hour];

/** A span of ms in its largest unit. */
export function spanOf(ms: number): string {
  if (ms < minute) return '<1 min';
  if (ms < hour) return `${Math.floor(ms / minute)} min`;
  if (ms < 2 * day) return `${Math.floor(ms / hour)} h`;
  return `${Math.floor(ms / day)} d`;
}

/** How old a wait is, for the eye. */
export const ageOf = (ms: number): 'new' | 'old' | 'very-old' => (ms < old ? 'new' : ms < veryOld ? 'old' : 'very-old');

/** The time since an instant; `keepTimes` keeps it right. */
export function sinceNode(iso: string): HTMLTimeElement {
  const node = el('time', { datetime: iso, title: whole(iso), 'data-live': '' });
  update(node);
  return node;
}

/** An instant in the agent's zone, shaped as in tickets: the time of day, with the day where it is not today. */
export const atNode = (iso: string): HTMLTimeElement =>
  el('time', { datetime: iso, title: whole(iso) }, shortOf(new Date(iso), new Date()));

const instant = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)/;

/** A text of ours, its instants in the agent's zone. */
export const withTimes = (text: string): (Node | string)[] =>
  text.split(instant).map((part, i) => (i % 2 === 1 ? atNode(part) : part));

/** Keeps every `sinceNode` of the page right. */
export function keepTimes(): void {
  setInterval(() => document.querySelectorAll<HTMLTimeElement>('time[data-live]').forEach(update), 15_000);
}

function update(node: HTMLTimeElement): void {
  const ms = Math.max(0, Date.now() - Date.parse(node.dateTime));
  if (node.textContent !== spanOf(ms)) node.textContent = spanOf(ms);
  node.dataset.age = ageOf(ms);
}

const whole = (iso: string): string =>
  new Date(iso).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

function shortOf(at: Date, now: Date): string {
  const time = at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (at.toDateString() === now.toDateString()) return time;
  return `${at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })}, ${time}`;
}
