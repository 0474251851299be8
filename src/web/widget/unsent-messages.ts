import type { Unsent } from '../shared/transcript.ts';
import type { Memory } from './memory.ts';

/** Messages that the server has not accepted yet, in order, kept over a reload. */
export class UnsentMessages {
  readonly #memory: Memory;
  #unsent: readonly Unsent[];
  constructor(memory: Memory) {
    this.#memory = memory;
    this.#unsent = memory.read('unsent') ?? [];
  }

  get all(): readonly Unsent[] {
    return this.#unsent;
  }

  /** The next one to send: the oldest that was not refused. */
  get next(): Unsent | undefined {
    return this.#unsent.find(({ failed }) => failed === undefined);
  }

  add(message: Unsent): void {
    this.#keep([...this.#unsent, message]);
  }

  remove(id: string): void {
    this.#keep(this.#unsent.filter((message) => message.id !== id));
  }

  fail(id: string, sentence: string): void {
    this.#keep(this.#unsent.map((message) => (message.id === id ? { ...message, failed: sentence } : message)));
  }

  /** Puts a refused message in line again, under the same id. */
  retry(id: string): void {
    this.#keep(this.#unsent.map((message) => (message.id === id ? { id, text: message.text } : message)));
  }

  clear(): void {
    this.#keep([]);
  }

  #keep(unsent: readonly Unsent[]): void {
    this.#unsent = unsent;
    this.#memory.keep('unsent', unsent.length ? unsent : null);
  }
}
