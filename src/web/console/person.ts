import type { ErasedJson, PersonJson } from '../../tickets/console-json.ts';
import { el } from '../shared/dom.ts';
import { post, sentenceOf } from './api.ts';
import { confirmed } from './confirm.ts';

/** Looks for what is stored of one person, to give it to them or to erase it. */
export function drawPerson(root: HTMLElement): Promise<void> {
  const [account, user] = [field('account'), field('user')];
  const look = el('button', { class: 'primary' }, 'Look');
  const found = el('div', { role: 'status' });
  const trouble = el('p', { role: 'alert' });
  const form = el(
    'form',
    { class: 'person' },
    el('label', {}, 'Account', account),
    el('label', {}, 'User', user),
    look,
  );
  const intro = 'Everything that is stored of one person, by the ids with which your site signs them in.';
  const title = el('h1', { tabindex: '-1' }, 'Personal data');
  root.replaceChildren(el('div', { class: 'plain' }, title, el('p', {}, intro), form, trouble, found));

  const busy = async (work: () => Promise<readonly Node[]>) => {
    trouble.textContent = '';
    look.toggleAttribute('disabled', true);
    try {
      found.replaceChildren(...(await work()));
    } catch (error) {
      trouble.textContent = sentenceOf(error);
    }
    look.toggleAttribute('disabled', false);
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const who = { account: account.value.trim(), user: user.value.trim() };
    found.replaceChildren();
    if (who.account === '' || who.user === '') return;
    void busy(async () => {
      const person = await post<PersonJson>('person/export', who);
      const erase = async () => {
        if (!(await confirmed(`Erase everything about ${who.user}? This cannot be taken back.`, 'Erase'))) return;
        await busy(async () => drawErased(await post<ErasedJson>('person/erase', who)));
      };
      return drawFound(person, () => void erase());
    });
  });
  return Promise.resolve();
}

function field(name: string): HTMLInputElement {
  return el('input', { name, required: '', autocomplete: 'off', spellcheck: 'false', maxlength: '500' });
}

function drawFound(person: PersonJson, erase: () => void): Node[] {
  const counts = Object.entries(person.tables).map(([table, rows]) => [table, rows.length] as const);
  if (counts.every(([, count]) => count === 0)) return [el('p', {}, 'Nothing is stored of this person.')];
  const save = el('button', { type: 'button' }, 'Save as JSON');
  const remove = el('button', { type: 'button' }, 'Erase…');
  save.addEventListener('click', () => saveAs('personal-data.json', `${JSON.stringify(person, null, 2)}\n`));
  remove.addEventListener('click', erase);
  return [el('h2', {}, 'Stored'), tableOf(counts), el('p', { class: 'buttons' }, save, remove)];
}

function drawErased({ removed, anonymous, elsewhere }: ErasedJson): Node[] {
  const places = elsewhere.map(({ ticket, where, ref, url }) => {
    const name = ref === null ? `${ticket} (what it is called there is not known)` : `${ticket}, there ${ref}`;
    return el('li', {}, `${where}: `, url === null ? name : el('a', { href: url, rel: 'noreferrer' }, name));
  });
  const there = [el('h2', {}, 'To be erased there, by hand'), el('ul', { class: 'places' }, ...places)];
  const nowhere = [el('p', {}, 'No desk and no channel has a ticket of theirs.')];
  const nobodys = Object.entries(anonymous);
  return [
    el('h2', {}, 'Removed'),
    tableOf(Object.entries(removed)),
    ...(nobodys.length > 0 ? [el('h2', {}, 'Kept for the figures, of nobody'), tableOf(nobodys)] : []),
    ...(places.length > 0 ? there : nowhere),
  ];
}

function tableOf(counts: readonly (readonly [table: string, count: number])[]): HTMLElement {
  const rows = counts
    .filter(([, count]) => count > 0)
    .map(([table, count]) => el('tr', {}, el('th', { scope: 'row' }, table), el('td', {}, String(count))));
  return el('table', { class: 'counts' }, el('tbody', {}, ...rows));
}

function saveAs(name: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: 'application/json' }));
  el('a', { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}
