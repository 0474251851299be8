import type { Me, TicketDetail } from '../../tickets/console-json.ts';
import { byId, el } from '../shared/dom.ts';
import { closingCauses, closingRow } from './closing-causes.ts';
import type { Composer } from './composer.ts';
import type { TicketCommands } from './ticket-commands.ts';
import { listPath, ticketPath } from './location.ts';
import type { TicketQueue } from './ticket-queue.ts';
import { drawEarlier, drawHistory } from './ticket-history.ts';
import { redraw } from './redraw.ts';
import { drawSections } from './ticket-sections.ts';
import type { ConversationPane } from './conversation-pane.ts';
import { drawButtons, ticketButtons } from './ticket-buttons.ts';
import type { Colleagues } from './colleagues.ts';
import { isAgent } from './permissions.ts';
import { isLate } from './queue-row.ts';
import { drawMoves } from './ticket-moves.ts';
import { headOf } from './ticket-head.ts';
import type { Notice, OpenTicket } from './open-ticket.ts';

interface Needs {
  readonly ticket: OpenTicket;
  readonly queue: TicketQueue;
  readonly conversation: ConversationPane;
  readonly composer: Composer;
  readonly commands: TicketCommands;
  readonly me: Me;
  readonly colleagues: Colleagues;
  /** Closes the ticket with this cause. */
  readonly close: (cause: string) => Promise<void>;
}

/** Draws the ticket that is open; each part only where it has changed. */
export class TicketPane {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  draw(): void {
    const { ticket, conversation, composer, me } = this.#needs;
    const { detail } = ticket;
    const article = byId('ticket');
    article.hidden = ticket.number === null;
    article.classList.toggle('empty', !detail);
    this.#drawHead();
    this.#drawNotice();
    this.#drawClosing();
    this.#drawSections(detail);
    if (detail) conversation.drawSpeaker(detail, me);
    conversation.drawNotes(detail?.notes ?? []);
    composer.draw();
  }

  #drawHead(): void {
    const { ticket, commands, me, colleagues } = this.#needs;
    const { detail, number, trouble, permissions } = ticket;
    const late = detail && isLate(detail.row);
    // Before the list of them is opened: drawn anew, it would close.
    if (detail && isAgent(me)) void colleagues.look();
    redraw(byId('head'), [detail?.row, late, permissions, number, trouble, this.#back, colleagues.all], () =>
      detail
        ? [
            ...headOf(detail, me, this.#back),
            drawButtons(ticketButtons(ticket, commands), drawMoves(detail, me, colleagues, commands)),
          ]
        : this.#noTicket(),
    );
    byId('head').setAttribute('aria-busy', String(ticket.busy));
  }

  get #back(): string {
    return this.#needs.queue.filter ? listPath(this.#needs.queue.filter) : '/console';
  }

  #noTicket(): HTMLElement[] {
    const { trouble, number } = this.#needs.ticket;
    const title = el('h2', { id: 'title', tabindex: '-1', 'data-landing': '' }, number ?? '');
    return [
      el('a', { class: 'back', href: this.#back }, 'All tickets'),
      title,
      el('p', {}, trouble === '' ? 'Loading…' : trouble),
    ];
  }

  #drawNotice(): void {
    const { notice } = this.#needs.ticket;
    const next = notice?.next ? this.#next : null;
    redraw(byId('notice'), [notice, next], () => (notice ? [this.#noticeOf(notice, next)] : []));
  }

  /** The address and name of the next ticket in the list that waits, or else of one's own. */
  get #next(): { href: string; title: string } | null {
    const { queue, ticket, me } = this.#needs;
    const others = queue.rows.filter(({ number }) => number !== ticket.number);
    const row =
      others.find(({ state }) => state === 'waiting') ??
      others.find(({ state, holder }) => state === 'claimed' && holder?.id === me.agent.id);
    return row && queue.filter ? { href: ticketPath(row.number, queue.filter), title: row.title } : null;
  }

  #noticeOf({ kind, text }: Notice, next: { href: string; title: string } | null): HTMLElement {
    const away = el('button', { type: 'button', class: 'plain', 'aria-label': 'Dismiss' }, '×');
    away.addEventListener('click', () => this.#needs.ticket.notify(null));
    const link = next ? [' ', el('a', { href: next.href, 'data-act': 'next' }, `Next: ${next.title}`)] : [];
    if (kind === 'spoken') return el('p', { class: 'spoken' }, text);
    return el('div', { class: `notice ${kind}` }, el('p', {}, text, ...link), away);
  }

  #drawClosing(): void {
    const { ticket, close, me } = this.#needs;
    const { closing, detail } = ticket;
    byId('closing').hidden = !closing;
    redraw(byId('closing'), [closing, detail?.row.number, detail?.row.cause], () =>
      closing && detail
        ? closingRow(
            closingCauses(detail.row, me),
            (slug) => void close(slug),
            () => ticket.showCauses(false),
          )
        : [],
    );
  }

  #drawSections(detail: TicketDetail | null): void {
    const { me, queue } = this.#needs;
    const filter = queue.filter ?? ({ view: 'waiting', cause: null, q: null } as const);
    redraw(byId('sections'), detail && [detail.sections, detail.context], () => (detail ? drawSections(detail) : []));
    redraw(byId('history'), detail?.history ?? null, () => (detail ? drawHistory(detail, me) : []));
    redraw(byId('earlier'), detail && [detail.earlier, filter, detail.row.state, detail.row.holder], () =>
      detail ? drawEarlier(detail, me, (row) => ticketPath(row.number, filter), this.#needs.commands) : [],
    );
  }
}
