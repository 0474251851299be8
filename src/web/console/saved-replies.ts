import type { SavedReply } from '../../domain/saved-replies.ts';
import { el } from '../shared/dom.ts';
import { announce } from './announce.ts';
import { get, sentenceOf } from './api.ts';

/** A shortcut that is being typed, up to the caret. */
const typing = /(?:^|\s)\/([a-z\d-]{0,40})$/;
/** A place that nobody filled in. */
const gap = /\{\{[a-zA-Z]{1,40}\}\}/;

/** The place in a text that is to be filled in first; null: none is. */
export const gapIn = (text: string): string | null => gap.exec(text)?.[0] ?? null;

/** The writers' texts in a list below a field, opened by “/” and chosen by keyboard or pointer. */
export class SavedReplies {
  readonly list = el('ul', { id: 'saved', role: 'listbox', 'aria-label': 'Saved replies', hidden: '' });
  readonly #field: HTMLTextAreaElement;
  readonly #put: () => void;
  #all: readonly SavedReply[] = [];
  #shown: readonly SavedReply[] = [];
  #at = 0;

  /** `put`: the field has another text. */
  constructor(field: HTMLTextAreaElement, put: () => void) {
    this.#field = field;
    this.#put = put;
    field.addEventListener('keydown', (event) => this.#key(event));
    field.addEventListener('blur', () => this.close());
  }

  /** Reads the texts for this ticket, and shows those that fit what is typed. */
  async update(number: string | null): Promise<void> {
    const typed = this.#typed;
    if (typed === null || number === null) {
      this.close();
      return;
    }
    if (this.list.hidden)
      try {
        this.#all = await get(`tickets/${encodeURIComponent(number)}/replies`);
      } catch (error) {
        announce(sentenceOf(error));
        return;
      }
    const now = this.#typed;
    if (now === null) return;
    this.#at = 0;
    this.#shown = this.#all.filter(({ shortcut, name }) => shortcut.includes(now) || name.toLowerCase().includes(now));
    this.#draw();
  }

  /** Begins a shortcut where the caret is, as if it were typed. */
  open(number: string | null): void {
    const { value, selectionStart: at } = this.#field;
    const before = value.slice(0, at);
    this.#field.focus();
    this.#field.setRangeText(before === '' || /\s$/.test(before) ? '/' : ' /', at, this.#field.selectionEnd, 'end');
    void this.update(number);
  }

  close(): void {
    this.list.hidden = true;
    this.#field.removeAttribute('aria-activedescendant');
  }

  get #typed(): string | null {
    const { value, selectionStart } = this.#field;
    return typing.exec(value.slice(0, selectionStart))?.[1] ?? null;
  }

  #draw(): void {
    this.list.hidden = false;
    this.list.replaceChildren(...this.#shown.map((one, i) => this.#option(one, i)));
    if (this.#shown.length === 0)
      this.list.replaceChildren(
        el('li', { role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' }, 'No saved reply fits.'),
      );
    this.#field.setAttribute('aria-activedescendant', `saved-${this.#at}`);
    this.list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  #option(one: SavedReply, i: number): HTMLElement {
    const option = el(
      'li',
      { role: 'option', id: `saved-${i}`, 'aria-selected': String(i === this.#at) },
      el('strong', {}, one.name),
      el('kbd', {}, `/${one.shortcut}`),
      el('span', {}, el('bdi', {}, one.text)),
    );
    option.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      this.#choose(one);
    });
    return option;
  }

  #key(event: KeyboardEvent): void {
    if (this.list.hidden || event.isComposing) return;
    const one = this.#shown[this.#at];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      this.#at = Math.min(Math.max(this.#at + step, 0), Math.max(this.#shown.length - 1, 0));
      this.#draw();
    } else if (event.key === 'Escape') this.close();
    else if ((event.key === 'Enter' || event.key === 'Tab') && one && !event.ctrlKey && !event.metaKey)
      this.#choose(one);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Takes the place of the shortcut; the first place to fill in is marked, so that typing fills it. */
  #choose({ text }: SavedReply): void {
    const end = this.#field.selectionStart;
    const start = end - (this.#typed?.length ?? 0) - 1;
    this.#field.setRangeText(text, Math.max(start, 0), end, 'end');
    const first = gapIn(text);
    const at = first === null ? -1 : this.#field.value.indexOf(first);
    if (first !== null) this.#field.setSelectionRange(at, at + first.length);
    this.close();
    this.#put();
  }
}
