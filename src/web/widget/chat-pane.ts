import type { WireActivity, WireButton } from '../../domain/direct-line.ts';
import { button, byId, el } from '../shared/dom.ts';
import { drawEntry, speakerOf } from '../shared/message.ts';
import { isOwn, type Entry } from '../shared/transcript.ts';
import { fill, type Words } from '../shared/words/table.ts';
import { addChecks } from './checklist.ts';
import type { Client } from './client.ts';
import type { Memory } from './memory.ts';
import { ReadingPlace } from './reading-place.ts';
import { Stamps } from './stamps.ts';

interface Drawn {
  readonly entry: Entry;
  readonly stamp: string;
  readonly node: HTMLElement;
}

/** Draws the client's state; lines already drawn stay as they are. */
export class ChatPane {
  readonly #client: Client;
  readonly #memory: Memory;
  readonly #words: Words;
  /** The language of the talk. */
  readonly #language: string;
  readonly #log = byId('log');
  readonly #stamps = new Stamps();
  readonly #place: ReadingPlace;
  #drawn = new Map<string, Drawn>();
  isOpen = false;
  /** Whether the customer was shown where what they have not read begins. */
  #hasArrived = false;
  /** Whether it was closed after that. */
  #wasLeft = false;

  constructor(client: Client, memory: Memory, words: Words, language: string) {
    this.#client = client;
    this.#memory = memory;
    this.#words = words;
    this.#language = language;
    this.#place = new ReadingPlace(() => this.isOpen && !this.#hasArrived && this.render());
  }

  open(): void {
    this.isOpen = true;
    this.#hasArrived = false;
    this.render();
  }

  close(): void {
    this.#wasLeft ||= this.#hasArrived;
    this.isOpen = this.#hasArrived = false;
    this.#dropMark();
  }

  toEnd(): void {
    this.#place.toEnd();
  }

  render(): void {
    const client = this.#client;
    const { entries, status, sentence } = client;
    const wasAtEnd = this.#place.isAtEnd;
    const added = this.#drawLog(entries);
    const last = entries.at(-1)?.activity;
    const busy = client.typing || (status === 'connecting' && !entries.length);
    byId('typing').hidden = !busy;
    this.#drawSpeaker();
    this.#drawChoices(last && !isOwn(last) && !busy ? last.suggestedActions?.actions : []);
    setText('trouble', status === 'reconnecting' ? this.#words.reconnecting : '');
    drawBlocked(status === 'blocked' ? sentence : '', this.#words.tryAgain, () => client.start());
    if (this.#hasArrived) this.#follow(added, wasAtEnd, busy);
    else if (this.isOpen && this.#place.isInSight && entries.length > 0) this.#arrive(entries);
    this.#place.settle();
    if (this.#hasArrived && !document.hidden) client.see();
  }

  #drawSpeaker(): void {
    const words = this.#words;
    const { person, waits } = this.#client.transcript;
    const bot = waits ? `${words.bot} · ${words.waits}` : words.bot;
    setText('who', person === null ? bot : fill(words.person, { name: person }));
    setText('typist', fill(words.typing, { name: person ?? document.title }));
    byId('typist').classList.toggle('spoken', person === null);
  }

  /** Brings the lines up to date and returns those that are new. */
  #drawLog(entries: readonly Entry[]): Entry[] {
    const before = this.#drawn;
    this.#drawn = new Map();
    const added: Entry[] = [];
    let [speaker, earlier]: [string?, Entry?] = [];
    let place = this.#log.firstChild;
    for (const entry of entries) {
      const stamp = this.#stamps.below(entry, earlier);
      const old = before.get(entry.key);
      const node = old && same(old, entry, stamp) ? old.node : this.#draw(entry, speaker, stamp);
      if (!old) added.push(entry);
      else if (old.node !== node) old.node.replaceWith(node);
      if (place === old?.node) place = node;
      if (node === place) place = node.nextSibling;
      else this.#log.insertBefore(node, place);
      this.#drawn.set(entry.key, { entry, stamp, node });
      if (entry.activity.type !== 'note' && !isOwn(entry.activity)) speaker = speakerOf(entry.activity);
      earlier = entry;
    }
    for (const [key, { node }] of before) if (!this.#drawn.has(key)) node.remove();
    return added;
  }

  #draw(entry: Entry, speaker: string | undefined, stamp: string): HTMLElement {
    const resend = (id: string) => this.#client.resend(id);
    const node = drawEntry(entry, { words: this.#words, speaker, stamp, resend });
    for (const said of node.querySelectorAll<HTMLElement>('.text[dir]')) said.lang ||= this.#language;
    addChecks(node, entry.activity.id ?? '', this.#memory, this.#words.step);
    return node;
  }

  /** Opens at what was not read, below a line that says so; a talk that begins with a verdict, at its head; else where it was left, or at the end. */
  #arrive(entries: readonly Entry[]): void {
    const { transcript } = this.#client;
    const seen = this.#client.seenSeq;
    const first = transcript.replyAfter(seen);
    this.#hasArrived = transcript.lastSeq >= seen;
    const head = first && seen === 0 ? (entries.find(leads) ?? entries[0]) : first;
    const node = head && this.#drawn.get(head.key)?.node;
    if (node && seen > 0) node.dataset.new = this.#words.new;
    if (node) this.#place.follow(node, true);
    else if (this.#wasLeft) this.#place.resume();
    else this.#place.toEnd();
  }

  #follow(added: readonly Entry[], wasAtEnd: boolean, busy: boolean): void {
    const own = added.find(({ activity }) => isOwn(activity));
    if (own) this.#dropMark();
    const verdict = this.#client.entries.some(({ activity }) => isOwn(activity)) ? undefined : added.find(leads);
    const leader = own ?? verdict;
    const node = this.#drawn.get((leader ?? added[0])?.key ?? '')?.node;
    if (node && (wasAtEnd || leader)) this.#place.follow(node, leader !== undefined);
    else if (wasAtEnd && busy) this.#place.toEnd();
  }

  #dropMark(): void {
    for (const node of this.#log.querySelectorAll<HTMLElement>('[data-new]')) delete node.dataset.new;
  }

  #drawChoices(choices: readonly WireButton[] = []): void {
    const group = byId('choices');
    const titles = choices.map(({ title }) => title).join('\n');
    if (group.dataset.titles === titles) return;
    group.dataset.titles = titles;
    group.lang = this.#language;
    group.hidden = !choices.length;
    const press = (value: string) => {
      byId(matchMedia('(pointer: coarse)').matches ? 'scroll' : 'field').focus();
      this.#client.send(value);
    };
    group.replaceChildren(...choices.map(({ title, value }) => button(title, () => press(value))));
    group.scrollTop = 0;
  }
}

const same = (old: Drawn, entry: Entry, stamp: string): boolean =>
  old.stamp === stamp && old.entry.state === entry.state && old.entry.activity.text === entry.activity.text;

const leads = ({ activity }: { readonly activity: WireActivity }): boolean =>
  activity.channelData?.latchkey?.kind === 'verdict';

function setText(id: string, words: string): void {
  const node = byId(id);
  if (node.textContent !== words) node.textContent = words;
}

function drawBlocked(sentence: string, again: string, start: () => void): void {
  const node = byId('blocked');
  if (node.dataset.sentence === sentence) return;
  node.dataset.sentence = sentence;
  node.replaceChildren(...(sentence ? [el('p', {}, sentence), button(again, start)] : []));
}
