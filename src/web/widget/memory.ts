/** The part of sessionStorage that the widget uses. */
export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** What is kept over a reload of the page. */
export interface Kept {
  session: Session;
  who: string;
  denial: string;
  unsent: readonly Unsent[];
  seen: number;
  draft: string;
}

/** A conversation and its token; `expires` in ms since 1970; `started` once the server opened it. */
export interface Session {
  readonly conversationId: string;
  readonly token: string;
  readonly expires: number;
  readonly started: boolean;
  /** Where its Direct Line is; without it, on our own server. */
  readonly domain?: string | undefined;
}

/** A message that the server has not accepted; `failed` is the server's sentence where it refused. */
export interface Unsent {
  readonly id: string;
  readonly text: string;
  readonly failed?: string;
}

const keys = ['session', 'who', 'denial', 'unsent', 'seen', 'draft'] as const;

/** Keeps values on a shelf as JSON; a shelf that is full or forbidden only costs surviving a reload. */
export class Memory {
  readonly #shelf: Shelf;
  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  read<K extends keyof Kept>(key: K): Kept[K] | null {
    try {
      return JSON.parse(this.#shelf.getItem(`latchkey.${key}`) ?? 'null') as Kept[K] | null;
    } catch {
      return null;
    }
  }

  keep<K extends keyof Kept>(key: K, value: Kept[K] | null): void {
    try {
      if (value === null) this.#shelf.removeItem(`latchkey.${key}`);
      else this.#shelf.setItem(`latchkey.${key}`, JSON.stringify(value));
    } catch {
      // kept by the caller until the page is left
    }
  }

  forget(): void {
    for (const key of keys) this.keep(key, null);
  }
}
