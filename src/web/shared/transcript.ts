import type { WireActivity } from '../../domain/direct-line.ts';

/** A message that the server has not accepted; `failed` is the server's sentence where it refused. */
export interface Unsent {
  readonly id: string;
  readonly text: string;
  /** No message: it tells from which article's page the customer comes. */
  readonly article?: string;
  /** A screenshot goes with it. */
  readonly screenshot?: true;
  readonly failed?: string;
}

/** One line of the transcript; `key` stays the same from typing to echo; `state` is of our own message only. */
export interface Entry {
  readonly key: string;
  readonly activity: WireActivity;
  readonly state?: 'sending' | 'failed';
  readonly reason?: string | undefined;
}

/** Whether the customer wrote it. Azure leaves roles out; ids of customers begin with `dl_`. */
export const isOwn = ({ from }: WireActivity): boolean =>
  from?.role === 'user' || (from?.role === undefined && from?.id?.startsWith('dl_') === true);

/** The number of an activity in its conversation; NaN: it has none. */
export const rankOf = ({ id = '' }: WireActivity): number => Number(/(?:^|\|)(\d+)$/.exec(id)?.[1] ?? NaN);

/** What was said, each activity once, in the order of its ids. */
export class Transcript {
  #earlier: Entry[] = [];
  #current: Entry[] = [];
  #part = 0;

  /** Takes an activity in; false when it was here already or is nothing to show. */
  add(activity: WireActivity): boolean {
    const { id = '', channelData } = activity;
    if (activity.type !== 'message' || this.#current.some((entry) => entry.activity.id === id)) return false;
    const entry = { key: channelData?.clientActivityID ?? `${this.#part}/${id}`, activity };
    const after = this.#current.findIndex((other) => rankOf(other.activity) > rankOf(activity));
    this.#current.splice(after < 0 ? this.#current.length : after, 0, entry);
    return true;
  }

  /** How many messages came from the bot or a person of ours behind this number; that somebody came or went is none. */
  receivedAfter(seq: number): number {
    const isSaid = ({ channelData }: WireActivity) => !channelData?.latchkey?.kind.startsWith('person-');
    return this.#current.filter(({ activity }) => !isOwn(activity) && isSaid(activity) && rankOf(activity) > seq)
      .length;
  }

  /** The first reply behind this number; undefined: there is none. */
  replyAfter(seq: number): Entry | undefined {
    return this.#current.find(({ activity }) => !isOwn(activity) && rankOf(activity) > seq);
  }

  /** The number of the last message; 0: there is none. */
  get lastSeq(): number {
    return rankOf(this.last ?? { type: '' }) || 0;
  }

  /** The number of the last message that a person of ours wrote; 0: there is none. */
  get personSeq(): number {
    const last = this.#current.findLast(({ activity }) => activity.channelData?.latchkey?.kind === 'person');
    return rankOf(last?.activity ?? { type: '' }) || 0;
  }

  /** Whether a person was asked for, and none has come yet. */
  get waits(): boolean {
    const kinds = this.#current.map(({ activity }) => activity.channelData?.latchkey?.kind ?? 'text');
    return kinds.findLast((kind) => /^(?:ticket|person)/.test(kind)) === 'ticket';
  }

  /** The name of the person who answers now; null: the bot does. */
  get person(): string | null {
    const namesPerson = ({ activity }: Entry) => activity.channelData?.latchkey?.person !== undefined;
    const last = this.#current.findLast(namesPerson)?.activity.channelData?.latchkey;
    return last?.kind === 'person-left' ? null : (last?.person ?? null);
  }

  /** The number of the latest ticket; undefined: there is none. */
  get ticket(): string | undefined {
    return this.#current.findLast(({ activity }) => activity.channelData?.latchkey?.ticket)?.activity.channelData
      ?.latchkey?.ticket;
  }

  get last(): WireActivity | undefined {
    return this.#current.at(-1)?.activity;
  }

  /** All lines, those not yet sent last. */
  entries(unsent: readonly Unsent[]): readonly Entry[] {
    const here = new Set(this.#current.map(({ key }) => key));
    const waiting = unsent.filter(({ id }) => !here.has(id));
    return [...this.#earlier, ...this.#current, ...waiting.map(pending)];
  }

  /** The conversation ended and another begins: what was said stays above a note. */
  startOver(note: string): void {
    if (this.#current.length === 0) return;
    const key = `${String(++this.#part)}/note`;
    this.#earlier = [...this.#earlier, ...this.#current, { key, activity: { type: 'note', text: note } }];
    this.#current = [];
  }

  clear(): void {
    this.#earlier = [];
    this.#current = [];
    this.#part++;
  }
}

function pending({ id, text, failed, screenshot }: Unsent): Entry {
  const channelData = { screenshots: screenshot ? [''] : [] };
  const activity = { type: 'message', from: { role: 'user' }, text, channelData };
  return { key: id, activity, state: failed === undefined ? 'sending' : 'failed', reason: failed };
}
