import type { Activity } from './wire.ts';
import type { Unsent } from './memory.ts';

/** One line of the talk; `key` stays the same from typing to echo; `state` is of our own message only. */
export interface Entry {
  readonly key: string;
  readonly activity: Activity;
  readonly state?: 'sending' | 'failed';
  readonly reason?: string | undefined;
}

/** Whether the customer wrote it. Azure leaves roles out; ids of customers begin with `dl_`. */
export const isOwn = ({ from }: Activity): boolean =>
  from?.role === 'user' || (from?.role === undefined && from?.id?.startsWith('dl_') === true);

const rank = (id: string): number => Number(/(?:^|\|)(\d+)$/.exec(id)?.[1] ?? NaN);

/** What was said, each activity once, in the order of its ids. */
export class Transcript {
  #past: Entry[] = [];
  #now: Entry[] = [];
  #part = 0;

  /** Takes an activity in; false when it was here already or is nothing to show. */
  add(activity: Activity): boolean {
    const { id = '', channelData } = activity;
    if (activity.type !== 'message' || this.#now.some((entry) => entry.activity.id === id)) return false;
    const entry = { key: channelData?.clientActivityID ?? `${this.#part}/${id}`, activity };
    const after = this.#now.findIndex((other) => rank(other.activity.id ?? '') > rank(id));
    this.#now.splice(after < 0 ? this.#now.length : after, 0, entry);
    return true;
  }

  /** How many messages came from the bot or a person of ours in this conversation. */
  get received(): number {
    return this.#now.filter(({ activity }) => !isOwn(activity)).length;
  }

  /** The name of the person who answers now; null: the bot does. */
  get person(): string | null {
    const comesOrGoes = ({ activity }: Entry) => activity.channelData?.latchkey?.person !== undefined;
    const { kind, person = null } = this.#now.findLast(comesOrGoes)?.activity.channelData?.latchkey ?? {};
    return kind === 'person-left' ? null : person;
  }

  get last(): Activity | undefined {
    return this.#now.at(-1)?.activity;
  }

  /** All lines, those not yet sent last. */
  entries(unsent: readonly Unsent[]): readonly Entry[] {
    const here = new Set(this.#now.map(({ key }) => key));
    const waiting = unsent.filter(({ id }) => !here.has(id));
    return [...this.#past, ...this.#now, ...waiting.map(pending)];
  }

  /** The conversation ended and another begins: what was said stays above a note. */
  turnPage(note: string): void {
    if (this.#now.length === 0) return;
    const key = `${String(++this.#part)}/note`;
    this.#past = [...this.#past, ...this.#now, { key, activity: { type: 'note', text: note } }];
    this.#now = [];
  }

  clear(): void {
    this.#past = [];
    this.#now = [];
    this.#part++;
  }
}

function pending({ id, text, failed }: Unsent): Entry {
  const activity = { type: 'message', from: { role: 'user' }, text };
  return { key: id, activity, state: failed === undefined ? 'sending' : 'failed', reason: failed };
}
