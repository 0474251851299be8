import type { Backlog, OperationsAnswer, Standing } from '../../domain/operations.ts';
import { button, el } from '../shared/dom.ts';
import { get, sentenceOf } from './api.ts';
import { listPath } from './location.ts';
import { adviceOf, kinds, nameOf } from './operations-words.ts';
import { sinceNode, spanOf } from './time.ts';

const againMs = 15_000;
/** From when on, in ms, what waits for the desk is no moment any more. */
const lateMs = 5 * 60_000;

/** How everything stands, what waits, and what to do; looked at again for as long as it is shown. */
export async function drawOperations(root: HTMLElement): Promise<void> {
  const output = el('div', { class: 'parts' });
  const status = el('p', { class: 'quiet', role: 'status' });
  const show = async () => {
    try {
      const answer = await get<OperationsAnswer>('operations');
      output.replaceChildren(...draw(answer));
      status.textContent = '';
    } catch (error) {
      status.textContent = `${sentenceOf(error)} What stands below is from before.`;
    }
  };
  const title = el('h1', { tabindex: '-1' }, 'Operations');
  const head = el(
    'div',
    { class: 'head' },
    title,
    button('Look again', () => void show(), 'button'),
  );
  root.replaceChildren(el('div', { class: 'operations' }, head, status, output));
  await show();
  const timer = setInterval(() => (root.isConnected ? void show() : clearInterval(timer)), againMs);
}

/** One line of a part: what it is about, how that stands, and what to do; null: nothing. */
interface Line {
  readonly name: string;
  readonly look: 'good' | 'bad' | 'idle';
  readonly state: string;
  readonly since: Node | string;
  readonly advice: Node | string | null;
}

function draw(answer: OperationsAnswer): Node[] {
  const lines = [
    ...kinds.map(([kind, title, none]) => {
      const some = answer.standings.filter((one) => one.kind === kind).map(lineOf);
      return [title, some, none] as const;
    }),
    ['Queue', queueLines(answer), 'What waits could not be counted: see the store.'] as const,
  ];
  const bad = lines.flatMap(([, some]) => some).filter(({ look }) => look === 'bad').length;
  return [summary(bad), ...lines.map(([title, some, none]) => part(title, some, none))];
}

function summary(bad: number): HTMLElement {
  if (bad === 0) return el('p', { class: 'sum good' }, 'Nothing needs you.');
  return el('p', { class: 'sum bad' }, bad === 1 ? 'One thing needs you.' : `${bad} things need you.`);
}

function part(title: string, lines: readonly Line[], none: string): HTMLElement {
  const drawn = lines.length === 0 ? el('p', { class: 'quiet' }, none) : el('ul', {}, ...lines.map(drawLine));
  return el('section', { class: 'card' }, el('h2', {}, title), drawn);
}

function drawLine({ name, look, state, since, advice }: Line): HTMLElement {
  return el(
    'li',
    { class: look },
    el('span', { class: 'name' }, name),
    el('span', { class: 'state' }, state),
    el('span', { class: 'since' }, since),
    ...(advice === null ? [] : [el('p', {}, advice)]),
  );
}

const states = {
  well: ['good', 'Works'],
  failing: ['bad', 'Fails'],
  quiet: ['idle', 'Not asked yet'],
} as const;

function lineOf(standing: Standing): Line {
  const [look, words] = states[standing.state];
  const state = standing.breaker === 'open' ? `${words}, left alone for a moment` : words;
  const since = el('span', {}, 'for ', sinceNode(standing.since));
  return { name: nameOf(standing), look, state, since, advice: adviceOf(standing) };
}

function queueLines({ backlog, at, openSockets }: OperationsAnswer): Line[] {
  if (!backlog) return [];
  const { outbox, tickets } = backlog;
  const now = Date.parse(at);
  const oldest = (since: number | null) => (since === null ? '' : `oldest ${spanOf(now - since)}`);
  const isLate = outbox.oldest !== null && now - outbox.oldest > lateMs;
  const line = (name: string, count: number, since: number | null) => {
    return { name, look: count === 0 ? 'good' : 'idle', state: counted(count, backlog), since: oldest(since) } as const;
  };
  const link = el('a', { href: listPath({ view: 'dead', cause: null, q: null }) }, 'Open what was not delivered');
  return [
    {
      ...line('On the way to the desk', outbox.waiting, outbox.oldest),
      ...(isLate && { look: 'bad' as const }),
      advice: isLate ? 'It is kept and tried again. See above how the desk stands.' : null,
    },
    {
      ...line('Refused by the desk', outbox.dead, null),
      ...(outbox.dead > 0 && { look: 'bad' as const }),
      advice: outbox.dead > 0 ? el('span', {}, link, ', mend the reason, and press “Deliver again”.') : null,
    },
    { ...line('Tickets that nobody has yet', tickets.waiting, tickets.oldest), advice: null },
    { ...line('Open chats and consoles', openSockets, null), look: 'idle', advice: null },
  ];
}

const counted = (count: number, { most }: Backlog): string =>
  count >= most ? `${most.toLocaleString('en')} or more` : count.toLocaleString('en');
