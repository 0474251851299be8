import { isOwn, type Entry } from '../shared/transcript.ts';

/** When messages came, in the browser's own way: today's with their time, others with their day, too. */
export class Stamps {
  readonly #time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
  readonly #day = new Intl.DateTimeFormat(undefined, {
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  });

  /** As it is shown; empty where it has none, or what stands before says it already. */
  below(entry: Entry, before: Entry | undefined): string {
    const stamp = this.#at(entry.activity.timestamp);
    const goesOn = before !== undefined && isOwn(before.activity) === isOwn(entry.activity);
    return goesOn && this.#at(before.activity.timestamp) === stamp ? '' : stamp;
  }

  #at(timestamp: string | undefined): string {
    if (timestamp === undefined) return '';
    const [at, now] = [new Date(timestamp), new Date()];
    return (at.toDateString() === now.toDateString() ? this.#time : this.#day).format(at);
  }
}
