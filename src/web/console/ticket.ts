import { ApiError, get, post, sentenceOf } from './api.ts';
import { mayOf, type May } from './may.ts';
import type { Detail, Me } from './wire.ts';

/** What the agent is told about the last thing they did. */
export interface Notice {
  /** `said`: it shows where it was done, and is only read out. */
  readonly look: 'done' | 'said' | 'warn' | 'wrong';
  readonly text: string;
  /** Offers the next waiting ticket. */
  readonly next?: boolean;
}

/** How long good news stands, in ms. */
const shownFor = 8000;

/** The ticket that is open: its fresh state, and everything that is done to it. */
export class Ticket {
  number: string | null = null;
  detail: Detail | null = null;
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

  get may(): May | null {
    return this.detail && mayOf(this.detail, this.#me);
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
      const detail = await get<Detail>(`tickets/${encodeURIComponent(this.number)}`);
      if (asked === this.#asked) this.#take(detail);
    } catch (error) {
      if (asked !== this.#asked) return;
      // What is shown stays; the next change brings a fresh state.
      if (!this.detail) this.trouble = sentenceOf(error);
    }
    this.#changed();
  }

  tell(notice: Notice | null): void {
    this.notice = notice;
    this.#changed();
  }

  showCauses(closing: boolean): void {
    this.closing = closing && this.may?.close === true;
    this.#changed();
  }

  /** Does one thing and takes the fresh state; false: it was not done, and the agent is told why. */
  async act(deed: string, body: object, done: (fresh: Detail) => Notice): Promise<boolean> {
    const number = this.number;
    if (this.busy || number === null) return false;
    this.busy = true;
    this.#changed();
    const { fresh, notice } = await this.#try(`tickets/${encodeURIComponent(number)}/${deed}`, body, done);
    this.busy = false;
    if (this.number === number) {
      if (fresh) this.#take(fresh);
      this.notice = notice;
    }
    this.#changed();
    if (notice.look === 'done' && !notice.next) setTimeout(() => this.notice === notice && this.tell(null), shownFor);
    return notice.look === 'done' || notice.look === 'said';
  }

  async #try(path: string, body: object, done: (fresh: Detail) => Notice) {
    try {
      const fresh = await post<Detail>(path, body);
      return { fresh, notice: done(fresh) };
    } catch (error) {
      const fresh = error instanceof ApiError ? error.ticket : null;
      if (fresh) return { fresh, notice: { look: 'warn', text: fasterThanYou(fresh, this.#me, error) } as const };
      return { fresh: null, notice: { look: 'wrong', text: sentenceOf(error) } as const };
    }
  }

  /** A newer state makes every answer worthless that was asked for before. */
  #take(fresh: Detail): void {
    if (fresh.row.number !== this.number) return;
    this.#asked++;
    this.detail = fresh;
    this.trouble = '';
    this.closing &&= mayOf(fresh, this.#me).close;
  }
}

function fasterThanYou({ row }: Detail, { agent }: Me, error: unknown): string {
  const who = row.holder?.id === agent.id ? 'You' : (row.holder?.name ?? 'Somebody');
  if (row.state === 'closed') return `${who} closed this ticket in the meantime.`;
  if (row.state === 'claimed' && who === 'You') return 'This ticket is yours already.';
  if (row.state === 'claimed') return `${who} was faster and has this ticket now.`;
  if (row.state === 'waiting') return 'This ticket was put back in the meantime: nobody has it.';
  return sentenceOf(error);
}
