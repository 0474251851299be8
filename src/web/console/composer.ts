import type { Me } from '../../tickets/console-json.ts';
import { byId, el } from '../shared/dom.ts';
import { newId } from '../shared/fallbacks.ts';
import type { TicketCommands } from './ticket-commands.ts';
import { emptyDraft, keepDraft, readDraft, type Draft, type Mode } from './drafts.ts';
import { isAgent } from './permissions.ts';
import { gapIn, SavedReplies } from './saved-replies.ts';
import { redraw } from './redraw.ts';
import type { OpenTicket } from './open-ticket.ts';
import { deskName } from './labels.ts';

const limit = 4000;

/** Where an agent writes: to the customer, or a note for colleagues. */
export class Composer {
  readonly #ticket: OpenTicket;
  readonly #me: Me;
  readonly #commands: TicketCommands;
  readonly #typing: () => void;
  #typedAt = 0;
  readonly #form = byId('composer') as HTMLFormElement;
  readonly #field = el('textarea', { id: 'field', rows: '2', 'aria-describedby': 'hint', autocomplete: 'off' });
  readonly #hint = el('p', { id: 'hint' });
  readonly #send = el('button', { class: 'primary', 'aria-keyshortcuts': 'Control+Enter Meta+Enter' });
  readonly #saved = new SavedReplies(this.#field, () => this.#typed());
  readonly #open = el(
    'button',
    { type: 'button', class: 'plain', id: 'open-saved' },
    'Saved replies',
    el('kbd', { 'aria-hidden': 'true' }, '/'),
  );
  #number: string | null = null;
  #draft: Draft = emptyDraft;

  constructor(ticket: OpenTicket, me: Me, commands: TicketCommands, typing: () => void) {
    this.#ticket = ticket;
    this.#me = me;
    this.#commands = commands;
    this.#typing = typing;
    const modes = el('fieldset', {}, el('legend', { class: 'spoken' }, 'What you write'));
    modes.append(this.#radio('reply', 'Reply', 'r'), this.#radio('note', 'Note', 'n'));
    const label = el('label', { class: 'spoken', for: 'field' }, 'Your text');
    this.#form.append(
      modes,
      label,
      this.#saved.list,
      this.#field,
      el('div', { class: 'foot' }, this.#open, this.#hint, this.#send),
    );
    this.#open.addEventListener('click', () => this.#saved.open(this.#number));
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#submit();
    });
    this.#field.addEventListener('input', () => {
      this.#typed();
      void this.#saved.update(this.#draft.mode === 'reply' ? this.#number : null);
    });
    this.#field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      void this.#submit();
    });
  }

  /** Goes to the field, to write this. */
  write(mode: Mode): void {
    this.#switch(mode);
    this.#field.focus();
  }

  draw(): void {
    const { number, detail } = this.#ticket;
    this.#form.hidden = !detail || !isAgent(this.#me);
    if (number !== this.#number) this.#turnTo(number);
    const reason = this.#reason;
    this.#field.readOnly = reason !== null;
    const invitation = this.#draft.mode === 'note' ? 'A note for your colleagues' : 'Write to the customer';
    this.#field.placeholder = reason === null ? invitation : '';
    this.#form.dataset.mode = this.#draft.mode;
    const left = limit - this.#field.value.length;
    this.#field.setAttribute('aria-invalid', String(left < 0));
    const failed = this.#failed && !this.#ticket.busy;
    this.#open.hidden = this.#draft.mode === 'note' || reason !== null;
    const unfilled = this.#draft.mode === 'reply' ? gapIn(this.#field.value) : null;
    redraw(this.#hint, [reason, failed, left < 300 && left, unfilled], () => [hintOf(reason, failed, left, unfilled)]);
    redraw(this.#send, this.#label, () => [this.#label, el('kbd', { 'aria-hidden': 'true' }, 'Ctrl ↵')]);
    const stopped = reason !== null || this.#ticket.busy;
    this.#send.setAttribute('aria-disabled', String(stopped));
  }

  #radio(mode: Mode, label: string, key: string): HTMLElement {
    const input = el('input', {
      type: 'radio',
      name: 'mode',
      value: mode,
      id: `mode-${mode}`,
      'aria-keyshortcuts': key,
    });
    input.addEventListener('change', () => this.#switch(mode));
    return el(
      'span',
      {},
      input,
      el('label', { for: `mode-${mode}` }, label, el('kbd', { 'aria-hidden': 'true' }, key)),
    );
  }

  #turnTo(number: string | null): void {
    this.#number = number;
    this.#draft = number === null ? emptyDraft : readDraft(number);
    this.#show();
  }

  #switch(mode: Mode): void {
    this.#draft = { ...this.#draft, mode };
    this.#show();
    this.draw();
  }

  #show(): void {
    const { mode } = this.#draft;
    (byId(`mode-${mode}`) as HTMLInputElement).checked = true;
    this.#field.value = this.#draft[mode];
  }

  #typed(): void {
    this.#keep({ ...this.#draft, [this.#draft.mode]: this.#field.value });
    this.draw();
    if (this.#draft.mode !== 'reply' || this.#field.value === '' || Date.now() - this.#typedAt < 3000) return;
    this.#typedAt = Date.now();
    this.#typing();
  }

  #keep(draft: Draft): void {
    this.#draft = draft;
    if (this.#number !== null) keepDraft(this.#number, draft);
  }

  /** Why nothing can be written to the customer now; null: it can. */
  get #reason(): string | null {
    const { detail, permissions } = this.#ticket;
    if (!detail || !permissions || this.#draft.mode === 'note') return null;
    const { state, holder, delivery } = detail.row;
    if (permissions.reply || state === 'waiting') return null;
    if (state === 'closed') return 'Closed. Reopen the ticket to reply.';
    if (state === 'sent') return `This ticket is answered in ${deskName(delivery.desk)}. Claim it to answer here.`;
    return `${holder?.name ?? 'Another agent'} has this ticket. Take it over to reply.`;
  }

  /** Whether the text in the field was tried as it is, in vain. */
  get #failed(): boolean {
    const { mode, tried } = this.#draft;
    return tried?.mode === mode && tried.text === this.#draft[mode].trim();
  }

  get #label(): string {
    if (this.#failed) return 'Try again';
    if (this.#draft.mode === 'note') return 'Add note';
    return this.#ticket.detail?.row.state === 'waiting' ? 'Claim and reply' : 'Send reply';
  }

  async #submit(): Promise<void> {
    const { mode, tried } = this.#draft;
    const text = this.#field.value.trim();
    if (text === '' || text.length > limit || this.#reason !== null || this.#ticket.busy) return;
    const number = this.#number;
    const id = tried && this.#failed ? tried.id : newId();
    this.#keep({ ...this.#draft, tried: { id, text, mode } });
    const done = await (mode === 'note' ? this.#commands.note(id, text) : this.#commands.reply(id, text));
    if (done && number !== null) this.#sent(number, mode);
    if (number === this.#number) this.#field.focus();
  }

  #sent(number: string, mode: Mode): void {
    const here = number === this.#number;
    const draft = { ...(here ? this.#draft : readDraft(number)), [mode]: '', tried: null };
    keepDraft(number, draft);
    if (!here) return;
    this.#draft = draft;
    this.#show();
    this.draw();
  }
}

function hintOf(reason: string | null, failed: boolean, left: number, unfilled: string | null): Node | string {
  if (left < 0) return `${-left} characters too many`;
  if (left < 300) return `${left} characters left`;
  if (reason !== null) return reason;
  if (unfilled !== null) return el('strong', { class: 'failed' }, `Fill in ${unfilled} before you send it.`);
  if (failed) return el('strong', { class: 'failed' }, 'Not sent. Your text is kept.');
  return '';
}
