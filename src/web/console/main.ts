import type { Me } from '../../tickets/console-json.ts';
import { alertChoices } from './alerts.ts';
import { byId, el } from '../shared/dom.ts';
import { get, sentenceOf, signOut } from './api.ts';
import { drawAudit } from './audit.ts';
import { drawInsights } from './insights.ts';
import { drawOperations } from './operations.ts';
import { drawPerson } from './person.ts';
import { drawConnect } from './connect.ts';
import { consoleShortcuts } from './console-shortcuts.ts';
import { shortcutHelp } from './shortcut-help.ts';
import { listenForShortcuts } from './shortcuts.ts';
import { isAgent, isOperator } from './permissions.ts';
import { parseLocation, type ConsoleLocation } from './location.ts';
import { keepTimes } from './time.ts';
import { TicketsPage } from './tickets-page.ts';

const me = await get<Me>('me').catch(tellUnavailable);
const tickets = new TicketsPage(me, go);
const pages = {
  insights: (root: HTMLElement) => drawInsights(root, (path) => get(path)),
  audit: (root: HTMLElement) => drawAudit(root, me),
  operations: (root: HTMLElement) => drawOperations(root),
  person: (root: HTMLElement) => drawPerson(root),
  connect: (root: HTMLElement) => drawConnect(root, me),
};
let shown: ConsoleLocation['page'] | null = null;

function go(path: string): void {
  if (path !== location.pathname + location.search) history.pushState(null, '', path);
  show();
}

function show(): void {
  const place = parseLocation(new URL(location.href));
  const moved = shown !== null && shown !== place.page;
  const onTickets = place.page === 'tickets';
  document.body.dataset.page = place.page;
  byId('queue').hidden = byId('heading').hidden = !onTickets;
  byId('page').hidden = onTickets;
  drawPages(place);
  if (place.page === 'tickets') tickets.show(place);
  else if (shown !== place.page) {
    tickets.leave();
    void drawPage(pages[place.page]);
  }
  shown = place.page;
  if (moved) byId('main').focus();
}

/** Nothing can be shown, but why, and the way on. */
function tellUnavailable(error: unknown): never {
  const again = el('a', { href: location.href, class: 'button' }, 'Try again');
  const title = el('h1', {}, 'The console could not be shown');
  const plain = el('div', { class: 'plain' }, title, el('p', { role: 'alert' }, sentenceOf(error)), el('p', {}, again));
  byId('page').replaceChildren(plain);
  throw error;
}

/** Each page gets a root of its own: one that comes late must not draw over the next. */
async function drawPage(draw: (root: HTMLElement) => Promise<void>): Promise<void> {
  const root = el('div');
  byId('page').replaceChildren(root);
  try {
    await draw(root);
  } catch (error) {
    const title = el('h1', { tabindex: '-1' }, 'This page could not be shown');
    root.replaceChildren(el('div', { class: 'plain' }, title, el('p', { role: 'alert' }, sentenceOf(error))));
  }
}

function drawPages({ page }: ConsoleLocation): void {
  const link = (name: ConsoleLocation['page'], path: string, label: string) =>
    el('a', { href: path, ...(page === name && { 'aria-current': 'page' }) }, label);
  const operators = isOperator(me)
    ? [
        link('operations', '/console/operations', 'Operations'),
        link('audit', '/console/audit', 'Audit'),
        link('person', '/console/person', 'Personal data'),
      ]
    : [];
  byId('pages').replaceChildren(
    link('tickets', '/console', 'Tickets'),
    link('insights', '/console/insights', 'Insights'),
    ...operators,
  );
}

/** Our own links change the page without loading it anew. */
function follow(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !plain || link.target !== '' || link.origin !== location.origin) return;
  if (!/^\/console(\/(tickets\/[\w-]+|insights|operations|audit|person))?$/.test(link.pathname) || link.hash !== '')
    return;
  event.preventDefault();
  go(link.pathname + link.search);
}

byId('who').textContent = me.agent.name;
byId('who').title = [me.agent.email, ...me.agent.roles].filter(Boolean).join(', ');
byId('sign-out').addEventListener('click', () => void signOut());
addEventListener('click', follow);
addEventListener('popstate', show);
const help = shortcutHelp(() => keys);
const keys = consoleShortcuts({ tickets, me, go, help });
listenForShortcuts(keys);
keepTimes();
alertChoices();
if (location.pathname === '/console' && location.search === '' && !isAgent(me) && !isOperator(me))
  history.replaceState(null, '', '/console/insights');
show();
