import type { WireTalk } from '../../domain/direct-line.ts';
import { byId, el } from '../shared/dom.ts';
import { count, fill, type Words } from '../shared/words/table.ts';
import type { Client } from './client.ts';
import { listTalks } from './reading.ts';
import { enter } from './tokens.ts';

/** The conversations that somebody had before, over the one that is open; a press on one opens it. */
export class PastTalks {
  readonly #client: Client;
  readonly #fetch: typeof fetch;
  readonly #words: Words;
  readonly #toggle = byId('past');
  readonly #panel = byId('talks');

  constructor(client: Client, request: typeof fetch, words: Words) {
    this.#client = client;
    this.#fetch = request;
    this.#words = words;
    this.#toggle.addEventListener('click', () => {
      if (this.#panel.hidden) void this.#open();
      else this.close(true);
    });
    this.#panel.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      // Not the whole chat.
      event.stopPropagation();
      this.close(true);
    });
  }

  /** There is a list only for whoever is signed in. */
  draw(): void {
    this.#toggle.hidden = !this.#client.hasPast;
    if (this.#toggle.hidden) this.close(false);
  }

  close(focus: boolean): void {
    this.#show(false);
    if (focus) this.#toggle.focus();
  }

  async #open(): Promise<void> {
    this.#panel.replaceChildren(this.#headline(), el('p', { role: 'status' }, this.#words.loading));
    this.#show(true);
    try {
      this.#panel.replaceChildren(this.#headline(), ...(await this.#page()));
    } catch {
      this.#panel.replaceChildren(this.#headline(), el('p', { role: 'alert' }, this.#words.pastFailed));
    }
    this.#panel.querySelector('button')?.focus();
  }

  #show(shown: boolean): void {
    if (this.#panel.hidden === !shown) return;
    this.#panel.hidden = !shown;
    if (!shown) this.#panel.replaceChildren();
    this.#toggle.setAttribute('aria-expanded', String(shown));
    document.body.classList.toggle('past', shown);
    byId('scroll').scrollTop = shown ? 0 : byId('scroll').scrollHeight;
  }

  #headline(): HTMLElement {
    return el('h2', {}, this.#words.past);
  }

  /** Those behind `before`, or the newest, and a way on to older ones. */
  async #page(before?: string): Promise<HTMLElement[]> {
    const { session } = this.#client;
    const { conversations, next } = session
      ? await listTalks(this.#fetch, session, before)
      : { conversations: [], next: null };
    const rows = conversations.map((talk) => el('li', {}, this.#row(talk)));
    const list = rows.length === 0 ? el('p', {}, this.#words.none) : el('ul', {}, ...rows);
    return next === null ? [list] : [list, this.#older(next)];
  }

  #older(next: string): HTMLElement {
    const more = el('button', { type: 'button', class: 'older' }, this.#words.older);
    more.addEventListener('click', () => {
      more.setAttribute('aria-busy', 'true');
      this.#page(next).then(
        ([list, ...on]) => {
          more.replaceWith(...(list ? [list] : []), ...on);
          list?.querySelector('button')?.focus();
        },
        () => {
          more.removeAttribute('aria-busy');
          if (!more.previousElementSibling?.matches('[role=alert]'))
            more.before(el('p', { role: 'alert' }, this.#words.pastFailed));
        },
      );
    });
    return more;
  }

  #row(talk: WireTalk): HTMLElement {
    const { id, words, at, unread, person, ticket } = talk;
    const when = el('time', { datetime: at }, whenOf(new Date(at)));
    // A number is not broken at its hyphen.
    const facts = [person && fill(this.#words.answered, { name: person }), ticket?.replace('-', '\u2011')].filter(
      (one) => one != null,
    );
    const row = el('button', { type: 'button' }, el('span', { class: 'words' }, words || this.#words.nothingSaid));
    row.append(el('small', {}, when, ...facts.map((fact) => ` · ${fact}`)));
    if (unread > 0) row.append(el('b', {}, count(this.#words.language, this.#words.unread, unread)));
    if (id === this.#client.session?.conversationId) row.setAttribute('aria-current', 'true');
    row.addEventListener('click', () => void this.#enter(id));
    return row;
  }

  async #enter(id: string): Promise<void> {
    const { session } = this.#client;
    if (session && session.conversationId !== id) {
      const entered = await enter(this.#fetch, session, id, AbortSignal.timeout(20_000)).catch(() => null);
      if (!entered) return;
      this.#client.goTo(entered);
    }
    this.close(false);
    byId('field').focus();
  }
}

function whenOf(at: Date): string {
  const sameDay = at.toDateString() === new Date().toDateString();
  return at.toLocaleString(undefined, sameDay ? { timeStyle: 'short' } : { dateStyle: 'medium' });
}
