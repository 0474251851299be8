import type { Me, TicketDetail } from '../../tickets/console-json.ts';
import { byId } from '../shared/dom.ts';
import { Composer } from './composer.ts';
import { ticketCommands, type TicketCommands } from './ticket-commands.ts';
import { LiveUpdates } from './live-updates.ts';
import { drawEmptyPane } from './empty-pane.ts';
import { ticketPath, type ConsoleLocation } from './location.ts';
import { QueuePane } from './queue-pane.ts';
import { TicketQueue } from './ticket-queue.ts';
import { alertOf } from './alerts.ts';
import { announce } from './announce.ts';
import { post } from './api.ts';
import { BulkBar } from './bulk-bar.ts';
import { Colleagues } from './colleagues.ts';
import { isAgent } from './permissions.ts';
import { ConversationPane } from './conversation-pane.ts';
import { TicketPane } from './ticket-pane.ts';
import { OpenTicket } from './open-ticket.ts';
import { countOf } from './labels.ts';

/** The list of tickets and the one that is open, kept fresh. */
export class TicketsPage {
  readonly queue = new TicketQueue(() => this.#draw());
  readonly ticket: OpenTicket;
  readonly commands: TicketCommands;
  readonly composer: Composer;
  readonly list: QueuePane;
  readonly #me: Me;
  readonly #conversation: ConversationPane;
  readonly #colleagues = new Colleagues(() => this.#draw());
  readonly #bulk: BulkBar;
  /** What was told to be seen, so that it is told once. */
  #seen = '';
  readonly #pane: TicketPane;
  readonly #live: LiveUpdates;
  /** Whether a reading of the list is due soon, and of the ticket too. */
  #due = { list: false, ticket: false };

  constructor(me: Me, go: (path: string) => void) {
    this.#me = me;
    this.ticket = new OpenTicket(me, () => this.#draw());
    this.commands = ticketCommands(this.ticket, me);
    this.composer = new Composer(this.ticket, me, this.commands, () => this.#live.type());
    this.list = new QueuePane(this.queue, me, go);
    this.#conversation = new ConversationPane();
    this.#bulk = new BulkBar(this.queue, me, this.#colleagues);
    const { queue, ticket, commands, composer } = this;
    this.#pane = new TicketPane({
      ticket,
      queue,
      commands,
      composer,
      me,
      colleagues: this.#colleagues,
      conversation: this.#conversation,
      close: this.closeWith,
    });
    this.#live = new LiveUpdates(() => new WebSocket(`${location.origin.replace('http', 'ws')}/console/stream`), {
      changed: (number) => this.#refreshSoon(number === this.ticket.number),
      talk: (frame) => this.#conversation.take(frame),
      online: (again) => this.#online(again),
      lost: () => tellLink('Reconnecting…'),
    });
    this.#live.start();
    // What a lost frame or a sleeping laptop missed.
    setInterval(() => document.hidden || this.#refreshSoon(true), 60_000);
    addEventListener('visibilitychange', () => document.hidden || this.#refreshSoon(true));
  }

  /** Shows a list and the ticket beside it. */
  show(place: ConsoleLocation): void {
    const { view, cause, q, ticket } = place;
    void this.queue.show({ view, cause, q });
    if (ticket !== this.ticket.number) this.#open(ticket);
    this.#draw();
  }

  /** Another page is shown. */
  leave(): void {
    if (this.ticket.number !== null) this.#open(null);
    this.#draw();
  }

  /** Closes with this cause and goes to what comes next. */
  readonly closeWith = async (cause: string): Promise<void> => {
    if (await this.commands.close(cause)) document.querySelector<HTMLElement>('[data-act="next"]')?.focus();
  };

  /** Moves along the list by one; from the open ticket where nothing is chosen. */
  move(by: 1 | -1): void {
    const { links } = this.list;
    const at = links.findIndex((link) => link === document.activeElement);
    const open = links.findIndex((link) => link.dataset.number === this.ticket.number);
    const from = at >= 0 ? at : open;
    const to = from < 0 ? 0 : Math.min(links.length - 1, Math.max(0, from + by));
    links[to]?.focus();
    links[to]?.scrollIntoView({ block: 'nearest' });
  }

  /** The address of the ticket to take next; null: nobody waits in this list. */
  get next(): string | null {
    const row = this.queue.rows.find(({ state }) => state === 'waiting');
    return row && this.queue.filter ? ticketPath(row.number, this.queue.filter) : null;
  }

  #open(number: string | null): void {
    const left = this.ticket.number;
    this.#conversation.clear();
    this.#live.watch(number);
    void this.ticket.open(number);
    if (number !== null) byId('title').focus();
    else if (left !== null) (this.list.linkTo(left) ?? byId('heading')).focus();
    byId('ticket-content').scrollTop = 0;
  }

  #online(again: boolean): void {
    tellLink('');
    if (again) this.#refreshSoon(true);
  }

  /** Changes come in swarms: one reading answers for all of them. */
  #refreshSoon(ticketToo: boolean): void {
    const { list, ticket } = this.#due;
    this.#due = { list: true, ticket: ticket || ticketToo };
    if (!list) setTimeout(() => void this.#refresh(), 200);
  }

  async #refresh(): Promise<void> {
    const { ticket } = this.#due;
    this.#due = { list: false, ticket: false };
    const before = this.ticket.detail;
    const { counts } = this.queue;
    await Promise.all([this.queue.refresh(), ...(ticket ? [this.ticket.refresh()] : [])]);
    alertOf(counts, this.queue.counts);
    const [first] = this.queue.rows.filter(({ number }) => this.queue.fresh.has(number));
    if (first && this.queue.filter?.view === 'waiting') announce(`New ticket: ${first.title}`);
    const change = changeOf(before, this.ticket.detail, this.#me);
    if (change !== '') announce(change);
    const joinedOf = (detail: TicketDetail | null) => JSON.stringify(detail?.joined);
    if (before?.row.number === this.ticket.number && joinedOf(before) !== joinedOf(this.ticket.detail))
      this.#live.watchAnew();
  }

  #draw(): void {
    const { number } = this.ticket;
    document.body.classList.toggle('open', number !== null);
    this.list.draw(number);
    this.#pane.draw();
    this.#bulk.draw();
    this.#markSeen();
    drawEmptyPane(this.queue, this.next, number === null && document.body.dataset.page === 'tickets');
    this.#drawTitle(number);
  }
  /** Whoever has the ticket in front of them has seen what the customer wrote. */
  #markSeen(): void {
    const row = this.ticket.detail?.row;
    if (!row || row.unread === 0 || document.hidden || !isAgent(this.#me)) return;
    const now = `${row.number} ${row.unread}`;
    if (now === this.#seen || (row.holder && row.holder.id !== this.#me.agent.id)) return;
    this.#seen = now;
    // Where it fails it stays unread, and the next look tells.
    void post(`tickets/${encodeURIComponent(row.number)}/seen`, { unread: row.unread }).then(
      () => (this.#seen = ''),
      () => (this.#seen = ''),
    );
  }

  #drawTitle(number: string | null): void {
    const { waiting, unread } = this.queue.counts;
    const { page = 'tickets' } = document.body.dataset;
    const names: Readonly<Record<string, string>> = { insights: 'Insights · ', audit: 'Audit · ' };
    const name = names[page] ?? (number === null ? '' : `${number} · `);
    document.title = `${unread > 0 ? '● ' : ''}${waiting > 0 ? `(${countOf(waiting)}) ` : ''}${name}Latchkey console`;
  }
}

/** Said again at every try, it would be read out again. */
function tellLink(words: string): void {
  if (byId('link').textContent !== words) byId('link').textContent = words;
}

/** What a colleague did with the open ticket meanwhile, as a sentence. */
function changeOf(before: TicketDetail | null, after: TicketDetail | null, { agent }: Me): string {
  if (!before || before.row.number !== after?.row.number) return '';
  const { state, holder } = after.row;
  if (state === before.row.state && holder?.id === before.row.holder?.id) return '';
  if (holder?.id === agent.id) return '';
  if (state === 'claimed') return `${holder?.name ?? 'Somebody'} has this ticket now.`;
  return state === 'closed' ? `${holder?.name ?? 'Somebody'} closed this ticket.` : 'This ticket is waiting again.';
}
