import type { ActivitySet } from '../../domain/direct-line.ts';
import type { Me, NoteJson, PresenceJson, TicketDetail } from '../../tickets/console-json.ts';
import { byId } from '../shared/dom.ts';
import { Transcript } from '../shared/transcript.ts';
import { KeyedList, redraw } from './redraw.ts';
import {
  drawConversationEntry,
  drawNote,
  isNotice,
  speakerOf,
  type ConversationEntry,
  type NoteEntry,
} from './conversation-entry.ts';
import { deskName } from './labels.ts';
import { Presence } from './presence.ts';

type Line = ConversationEntry | NoteEntry;

const said = (line: Line | undefined) => (line && 'entry' in line ? line : undefined);

/** The live conversation of the ticket that is open. */
export class ConversationPane {
  readonly #transcript = new Transcript();
  readonly #log = byId('log');
  readonly #scroll = byId('scroll');
  readonly #lines: KeyedList<Line>;
  #notes: readonly NoteJson[] = [];
  readonly #presence = new Presence();
  #customer = 'Customer';
  /** Whether what comes is scrolled to. */
  #follows = true;

  constructor() {
    this.#lines = new KeyedList(
      this.#log,
      (line) => ('note' in line ? `note ${line.note.id}` : line.entry.key),
      (line, before) => ('note' in line ? drawNote(line) : drawConversationEntry(line, said(before))),
    );
    const down = byId('down');
    down.addEventListener('click', () => this.#toEnd());
    this.#scroll.addEventListener('scroll', () => {
      this.#follows = this.#atEnd;
      if (this.#follows) down.hidden = true;
    });
    // What is drawn anew may be longer, and who is there takes a line.
    const sizes = new ResizeObserver(() => this.#follows && this.#toEnd());
    for (const node of [this.#scroll, this.#log]) sizes.observe(node);
  }

  /** Begins with another conversation. */
  clear(): void {
    this.#transcript.clear();
    this.#presence.clear();
    this.#lines.update([]);
    this.#follows = byId('down').hidden = true;
    // History is not news.
    this.#log.setAttribute('aria-live', 'off');
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
    if (history) setTimeout(() => this.#log.setAttribute('aria-live', 'polite'), 1000);
  }

  /** Puts what agents wrote for each other where it was written. */
  drawNotes(notes: readonly NoteJson[]): void {
    if (JSON.stringify(notes) === JSON.stringify(this.#notes)) return;
    this.#notes = notes;
    this.#draw();
    if (this.#follows) this.#toEnd();
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
    const lines: Line[] = this.#transcript
      .entries([])
      .map((entry) => ({ entry, speaker: speakerOf(entry.activity, this.#customer) }));
    for (const note of this.#notes) {
      const at = lines.findIndex((line) => 'entry' in line && (line.entry.activity.timestamp ?? '') > note.at);
      lines.splice(at < 0 ? lines.length : at, 0, { note });
    }
    return this.#lines.update(lines);
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
