import type { ActivitySet } from '../../domain/direct-line.ts';
import type { Me, NoteJson, TalkFrame, TicketDetail } from '../../tickets/console-json.ts';
import { byId } from '../shared/dom.ts';
import { Transcript } from '../shared/transcript.ts';
import { KeyedList, redraw } from './redraw.ts';
import {
  byTime,
  drawConversationEntry,
  drawNote,
  goesOn,
  isNotice,
  isSaidIn,
  speakerOf,
  type ConversationEntry,
  type NoteEntry,
} from './conversation-entry.ts';
import { channelName, deskName } from './labels.ts';
import { Presence } from './presence.ts';

type Line = ConversationEntry | NoteEntry;

/** The live conversation of the ticket that is open, with those of the tickets that went on in it. */
export class ConversationPane {
  /** By the ticket; of the one that is open it is ''. */
  readonly #talks = new Map<string, Transcript>();
  readonly #log = byId('log');
  readonly #scroll = byId('scroll');
  readonly #lines: KeyedList<Line>;
  #notes: readonly NoteJson[] = [];
  #joined: TicketDetail['joined'] = [];
  readonly #presence = new Presence();
  #customer = 'Customer';
  /** Whether what comes is scrolled to. */
  #follows = true;

  constructor() {
    this.#lines = new KeyedList(
      this.#log,
      (line) => ('note' in line ? `note ${line.note.id}` : line.entry.key),
      (line) => ('note' in line ? drawNote(line) : drawConversationEntry(line)),
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
    this.#talks.clear();
    this.#presence.clear();
    this.#joined = [];
    this.#lines.update([]);
    this.#follows = byId('down').hidden = true;
    // History is not news.
    this.#log.setAttribute('aria-live', 'off');
  }

  /** Takes in what was said, or what the customer did: came, left, read on, writes. */
  take(frame: TalkFrame): void {
    const { of = '' } = frame;
    const talk = this.#talks.get(of) ?? new Transcript();
    this.#talks.set(of, talk);
    if ('presence' in frame) this.#presence.take(of, frame.presence, talk);
    else if ('typing' in frame) this.#presence.type();
    else this.#takeSaid(of, talk, frame);
  }

  #takeSaid(of: string, talk: Transcript, { activities }: ActivitySet): void {
    const history = this.#log.childElementCount === 0;
    for (const activity of activities) talk.add(isNotice(activity) ? { ...activity, type: 'message' } : activity);
    const added = this.#draw();
    this.#presence.said(of, talk);
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

  /** Tells who speaks with the customer now, and where the customer reads it. */
  drawSpeaker({ answering, row, joined }: TicketDetail, me: Me): void {
    const customer = row.customer ?? 'Customer (unverified)';
    if (customer !== this.#customer || JSON.stringify(joined) !== JSON.stringify(this.#joined)) {
      this.#customer = customer;
      this.#joined = joined;
      this.#draw();
    }
    const speaker = byId('speaker');
    speaker.className = answering ? 'person' : 'bot';
    redraw(byId('speaking'), [answering, row, joined], () => [
      speakerText(answering, row.number, me) + placesText([row, ...joined]),
    ]);
  }

  #linesOf(ticket: string, of?: string): ConversationEntry[] {
    const entries = this.#talks.get(ticket)?.entries([]) ?? [];
    return entries.map((entry) => {
      const speaker = speakerOf(entry.activity, this.#customer);
      return { entry, speaker, goesOn: false, ...(of !== undefined && { of }) };
    });
  }

  #draw(): readonly string[] {
    const talks = this.#joined.map(({ number, channel }) =>
      this.#linesOf(number, `${number}, ${channelName(channel)}`),
    );
    // What was said in all of them shows once.
    const together = talks.reduce<readonly ConversationEntry[]>(
      (all, talk) =>
        byTime(
          all,
          talk.filter((line) => !isSaidIn(all, line)),
        ),
      this.#linesOf(''),
    );
    const lines: Line[] = together.map((line, i) => ({ ...line, goesOn: goesOn(line, together[i - 1]) }));
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

/** Where what is written to the customer is read; empty: in the one conversation that is shown. */
function placesText(talks: TicketDetail['joined']): string {
  if (talks.length < 2) return '';
  const places = talks.map(({ number, channel }) => `${number} (${channelName(channel)})`);
  return `. They read replies in the conversations of ${places.slice(0, -1).join(', ')} and ${places.at(-1) ?? ''}`;
}

function speakerText(answering: TicketDetail['answering'], number: string, me: Me): string {
  if (!answering) return 'The bot is speaking with the customer';
  const who = answering.id === me.agent.id ? 'You are' : `${answering.name} is`;
  const place = answering.desk === null ? '' : ` from ${deskName(answering.desk)}`;
  const about = answering.ticket === number ? '' : ` about ${answering.ticket}`;
  return `${who} speaking with the customer${place}${about}`;
}
