import type { KeyedStorage } from '../shared/fallbacks.ts';
import type { Unsent } from '../shared/transcript.ts';

/** What is kept over a reload of the page. */
export interface StoredValues {
  session: ChatSession;
  who: string;
  denial: string;
  /** The page's identity was not believed, and nothing was written since. */
  nobody: true;
  unsent: readonly Unsent[];
  seen: number;
  /** The number of the last activity whose outcome the host page was told. */
  told: number;
  draft: string;
  /** The steps that were ticked: the reply and their place in it. */
  ticks: readonly string[];
}

/** A conversation and its token; `expires` in ms since 1970; `started` once the server opened it. */
export interface ChatSession {
  readonly conversationId: string;
  readonly token: string;
  readonly expires: number;
  readonly started: boolean;
  /** Where its Direct Line is; without it, on our own server. */
  readonly domain?: string | undefined;
}

const keys = ['session', 'who', 'denial', 'nobody', 'unsent', 'seen', 'told', 'draft', 'ticks'] as const;

/** Keeps values as JSON; a storage that is full or forbidden only costs surviving a reload. */
export class Memory {
  readonly #storage: KeyedStorage;
  constructor(storage: KeyedStorage) {
    this.#storage = storage;
  }

  read<K extends keyof StoredValues>(key: K): StoredValues[K] | null {
    try {
      return JSON.parse(this.#storage.getItem(`latchkey.${key}`) ?? 'null') as StoredValues[K] | null;
    } catch {
      return null;
    }
  }

  keep<K extends keyof StoredValues>(key: K, value: StoredValues[K] | null): void {
    try {
      if (value === null) this.#storage.removeItem(`latchkey.${key}`);
      else this.#storage.setItem(`latchkey.${key}`, JSON.stringify(value));
    } catch {
      // kept by the caller until the page is left
    }
  }

  forget(): void {
    for (const key of keys) this.keep(key, null);
  }
}
