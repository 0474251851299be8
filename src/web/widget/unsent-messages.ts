import type { Unsent } from '../shared/transcript.ts';
import type { Memory } from './memory.ts';

/** Messages that the server has not accepted yet, in order, kept over a reload; but for screenshots, which are too large for that. */
export class UnsentMessages {
  readonly #memory: Memory;
  #unsent: readonly Unsent[];
  readonly #files = new Map<string, File>();
  constructor(memory: Memory) {
    this.#memory = memory;
    const kept: readonly Unsent[] = memory.read('unsent') ?? [];
    const withoutFile = kept.map((one) => ({ ...one, screenshot: undefined }));
    this.#unsent = withoutFile.filter(({ text, article }) => text !== '' || article !== undefined);
  }

  get all(): readonly Unsent[] {
    return this.#unsent;
  }

  /** The next one to send: the oldest that was not refused. */
  get next(): Unsent | undefined {
    return this.#unsent.find(({ failed }) => failed === undefined);
  }

  /** What goes with a message; undefined: nothing does. */
  fileOf({ id }: Unsent): File | undefined {
    return this.#files.get(id);
  }

  add(message: Unsent, file?: File): void {
    if (file) this.#files.set(message.id, file);
    this.#keep([...this.#unsent, file ? { ...message, screenshot: true } : message]);
  }

  remove(id: string): void {
    this.#files.delete(id);
    this.#keep(this.#unsent.filter((message) => message.id !== id));
  }

  fail(id: string, sentence: string): void {
    this.#keep(this.#unsent.map((message) => (message.id === id ? { ...message, failed: sentence } : message)));
  }

  /** Puts a refused message in line again, under the same id. */
  retry(id: string): void {
    this.#keep(this.#unsent.map((message) => (message.id === id ? { ...message, failed: undefined } : message)));
  }

  clear(): void {
    this.#files.clear();
    this.#keep([]);
  }

  #keep(unsent: readonly Unsent[]): void {
    this.#unsent = unsent;
    this.#memory.keep('unsent', unsent.length ? unsent : null);
  }
}
