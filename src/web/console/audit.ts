import type { AuditEntryJson, AuditPage, Me } from '../../tickets/console-json.ts';
import { el } from '../shared/dom.ts';
import { get, sentenceOf } from './api.ts';
import { ticketPath } from './location.ts';
import { actionName } from './ticket-history.ts';
import { atNode } from './time.ts';
import { causeName } from './labels.ts';

/** Who did what, the newest first. */
export async function drawAudit(root: HTMLElement, me: Me): Promise<void> {
  const rows = el('tbody');
  const trouble = el('p', { role: 'alert' });
  const more = el('button', { type: 'button', hidden: '' }, 'Load more');
  const heads = ['When', 'Who', 'What', 'Ticket', 'More'].map((name) => el('th', { scope: 'col' }, name));
  const table = el('table', {}, el('thead', {}, el('tr', {}, ...heads)), rows);
  root.replaceChildren(el('div', { class: 'audit' }, el('h1', { tabindex: '-1' }, 'Audit'), table, trouble, more));

  const load = async (before: string | null) => {
    let next = before;
    try {
      const page = await get<AuditPage>(`audit${before === null ? '' : `?before=${encodeURIComponent(before)}`}`);
      rows.append(...page.entries.map((entry) => rowOf(entry, me)));
      next = page.next;
      trouble.textContent = rows.childElementCount === 0 ? 'Nothing was done yet.' : '';
      more.hidden = next === null;
    } catch (error) {
      trouble.textContent = sentenceOf(error);
      more.hidden = false;
    }
    more.onclick = () => void load(next);
  };
  await load(null);
}

function rowOf({ at, by, action, ticket, detail }: AuditEntryJson, me: Me): HTMLElement {
  const path = ticket ? ticketPath(ticket, { view: 'waiting', cause: null, q: null }) : null;
  const text = action === 'close' && detail !== null ? causeName(me, detail) : (detail ?? '');
  return el(
    'tr',
    {},
    el('td', {}, atNode(at)),
    el('th', { scope: 'row' }, el('bdi', {}, by.name)),
    el('td', {}, actionName(action)),
    el('td', {}, ...(path === null ? [] : [el('a', { href: path }, ticket ?? '')])),
    el('td', {}, el('bdi', {}, text)),
  );
}
