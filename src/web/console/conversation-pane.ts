import type { ActivitySet } from '../../domain/direct-line.ts';
import type { Me, PresenceJson, TicketDetail } from '../../tickets/console-json.ts';
import { byId } from '../shared/dom.ts';
import { Transcript } from '../shared/transcript.ts';
import { KeyedList, redraw } from './redraw.ts';
import { drawConversationEntry, isNotice, speakerOf, type ConversationEntry } from './conversation-entry.ts';
import { deskName } from './labels.ts';
import { Presence } from './presence.ts';

/** The live conversation of the ticket that is open. */
export class ConversationPane {
  readonly #transcript = new Transcript();
  readonly #log = byId('log');
  readonly #scroll = byId('scroll');
  readonly #lines: KeyedList<ConversationEntry>;
  readonly #presence = new Presence();
  #customer = 'Customer';
  /** Whether what comes is scrolled to. */
  #follows = true;

  constructor() {
    this.#lines = new KeyedList(this.#log, ({ entry }) => entry.key, drawConversationEntry);
    const down = byId('down');
    down.addEventListener('click', () => this.#toEnd());
    this.#scroll.addEventListener('scroll', () => {
      this.#follows = this.#atEnd;
      if (this.#follows) down.hidden = true;
    });
    new ResizeObserver(() => this.#follows && this.#toEnd()).observe(this.#scroll);
  }

  /** Begins with another conversation. */
  clear(): void {
    this.#transcript.clear();
    this.#presence.clear();
    this.#lines.update([]);
    this.#follows = byId('down').hidden = true;
    // History is not news.
    this.#log.ariaLive = 'off';
  }

  /** Takes in new activities. */
  take({ activities }: ActivitySet): void {
    const history = this.#log.childElementCount === 0;
    for (const activity of activities)
      this.#transcript.add(isNotice(activity) ? { ...activity, type: 'message' } : activity);
    const added = this.#draw();
    this.#presence.said(this.#transcript);
    if (this.#follows) this.#toEnd();
    else if (added.length > 0) byId('down').hidden = false;
    if (history) setTimeout(() => (this.#log.ariaLive = 'polite'), 1000);
  }

  /** The customer came, left or read on. */
  takePresence(presence: PresenceJson): void {
    this.#presence.take(presence, this.#transcript);
  }

  /** The customer is writing. */
  typing(): void {
    this.#presence.type();
  }

  /** Tells who speaks with the customer now. */
  drawSpeaker({ answering, row }: TicketDetail, me: Me): void {
    const customer = row.customer ?? 'Customer (unverified)';
    if (customer !== this.#customer) {
      this.#customer = customer;
      this.#draw();
    }
    const speaker = byId('speaker');
    speaker.className = answering ? 'person' : 'bot';
    redraw(byId('speaking'), [answering, row.number], () => [speakerText(answering, row.number, me)]);
  }

  #draw(): readonly string[] {
    const lines = this.#transcript.entries([]);
    return this.#lines.update(lines.map((entry) => ({ entry, speaker: speakerOf(entry.activity, this.#customer) })));
  }

  get #atEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroll;
    return scrollHeight - scrollTop - clientHeight < 80;
  }

  #toEnd(): void {
    this.#scroll.scrollTop = this.#scroll.scrollHeight;
    byId('down').hidden = true;
  }
}

function speakerText(answering: TicketDetail['answering'], number: string, me: Me): string {
  if (!answering) return 'The bot is speaking with the customer';
  const who = answering.id === me.agent.id ? 'You are' : `${answering.name} is`;
  const place = answering.desk === null ? '' : ` from ${deskName(answering.desk)}`;
  const about = answering.ticket === number ? '' : ` about ${answering.ticket}`;
  return `${who} speaking with the customer${place}${about}`;
}
