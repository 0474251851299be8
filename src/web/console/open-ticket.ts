import type { Me, TicketActionName, TicketDetail } from '../../tickets/console-json.ts';
import { ApiError, get, post, sentenceOf } from './api.ts';
import { permissionsOf, type TicketPermissions } from './permissions.ts';

/** What the agent is told about the last thing they did. */
export interface Notice {
  /** `spoken`: it shows where it was done, and is only read out. */
  readonly kind: 'done' | 'spoken' | 'warn' | 'wrong';
  readonly text: string;
  /** Offers the next waiting ticket. */
  readonly next?: boolean;
}

/** How long good news stands, in ms. */
const shownFor = 8000;

/** The ticket that is open: its fresh state, and everything that is done to it. */
export class OpenTicket {
  number: string | null = null;
  detail: TicketDetail | null = null;
  /** Why it cannot be shown. */
  trouble = '';
  notice: Notice | null = null;
  closing = false;
  busy = false;
  readonly #me: Me;
  readonly #changed: () => void;
  #asked = 0;

  constructor(me: Me, changed: () => void) {
    this.#me = me;
    this.#changed = changed;
  }

  get permissions(): TicketPermissions | null {
    return this.detail && permissionsOf(this.detail, this.#me);
  }

  async open(number: string | null): Promise<void> {
    this.number = number;
    this.detail = this.notice = null;
    this.closing = false;
    this.trouble = '';
    this.#changed();
    await this.refresh();
  }

  async refresh(): Promise<void> {
    if (this.number === null) return;
    const asked = ++this.#asked;
    try {
      const detail = await get<TicketDetail>(`tickets/${encodeURIComponent(this.number)}`);
      if (asked === this.#asked) this.#take(detail);
    } catch (error) {
      if (asked !== this.#asked) return;
      // What is shown stays; the next change brings a fresh state.
      if (!this.detail) this.trouble = isMissing(error) ? `There is no ticket ${this.number}.` : sentenceOf(error);
    }
    this.#changed();
  }

  notify(notice: Notice | null): void {
    this.notice = notice;
    this.#changed();
  }

  showCauses(closing: boolean): void {
    this.closing = closing && this.permissions?.close === true;
    this.#changed();
  }

  /** Does one thing and takes the fresh state; false: it was not done, and the agent is told why. */
  async act(action: TicketActionName, body: object, done: (fresh: TicketDetail) => Notice): Promise<boolean> {
    const number = this.number;
    if (this.busy || number === null) return false;
    this.busy = true;
    this.#changed();
    const { fresh, notice } = await this.#try(`tickets/${encodeURIComponent(number)}/${action}`, body, done);
    this.busy = false;
    if (this.number === number) {
      if (fresh) this.#take(fresh);
      this.notice = notice;
    }
    this.#changed();
    if (notice.kind === 'done' && !notice.next) setTimeout(() => this.notice === notice && this.notify(null), shownFor);
    return notice.kind === 'done' || notice.kind === 'spoken';
  }

  async #try(path: string, body: object, done: (fresh: TicketDetail) => Notice) {
    try {
      const fresh = await post<TicketDetail>(path, body);
      return { fresh, notice: done(fresh) };
    } catch (error) {
      const fresh = error instanceof ApiError ? error.ticket : null;
      if (fresh) return { fresh, notice: { kind: 'warn', text: fasterThanYou(fresh, this.#me, error) } as const };
      return { fresh: null, notice: { kind: 'wrong', text: sentenceOf(error) } as const };
    }
  }

  /** A newer state makes every answer worthless that was asked for before. */
  #take(fresh: TicketDetail): void {
    if (fresh.row.number !== this.number) return;
    this.#asked++;
    this.detail = fresh;
    this.trouble = '';
    this.closing &&= permissionsOf(fresh, this.#me).close;
  }
}

const isMissing = (error: unknown): boolean => error instanceof ApiError && error.status === 404;

function fasterThanYou({ row }: TicketDetail, { agent }: Me, error: unknown): string {
  const who = row.holder?.id === agent.id ? 'You' : (row.holder?.name ?? 'Somebody');
  if (row.state === 'closed') return `${who} closed this ticket in the meantime.`;
  if (row.state === 'claimed' && who === 'You') return 'This ticket is yours already.';
  if (row.state === 'claimed') return `${who} was faster and has this ticket now.`;
  if (row.state === 'waiting') return 'This ticket was put back in the meantime: nobody has it.';
  return sentenceOf(error);
}
