import type { KeyedStorage } from '../shared/fallbacks.ts';
import type { Unsent } from '../shared/transcript.ts';

/** What is kept over a reload of the page. */
export interface StoredValues {
  session: ChatSession;
  /** There was a conversation in this browser, whoever’s. */
  talked: true;
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
  /** The last message that was shown to this person before, on whatever device. */
  readonly seen?: number | undefined;
  /** How many messages of ours this person has not seen in other conversations. */
  readonly elsewhere?: number | undefined;
  /** A link in a mail opened it: it is forgotten with the tab. */
  readonly byLink?: true | undefined;
}

const keys = ['session', 'talked', 'who', 'denial', 'nobody', 'unsent', 'seen', 'told', 'draft', 'ticks'] as const;

/** What of nobody in particular outlives the tab. */
const lasting: readonly (keyof StoredValues)[] = ['session', 'seen'];

/**
 * Keeps values as JSON; a storage that is full or forbidden only costs surviving a reload. What is of somebody who was signed in
 * stays in the tab: their server has it.
 */
export class Memory {
  readonly #tab: KeyedStorage;
  readonly #browser: KeyedStorage | null;
  constructor(tab: KeyedStorage, browser: KeyedStorage | null = null) {
    this.#tab = tab;
    this.#browser = browser;
  }

  read<K extends keyof StoredValues>(key: K): StoredValues[K] | null {
    const here = readFrom(this.#tab, key);
    return here ?? (this.#lasts(key) ? readFrom(this.#browser, key) : null);
  }

  keep<K extends keyof StoredValues>(key: K, value: StoredValues[K] | null): void {
    keepIn(this.#tab, key, value);
    if (this.#lasts(key) || value === null) keepIn(this.#browser, key, value);
    if (key === 'who' && value !== null) for (const one of lasting) keepIn(this.#browser, one, null);
  }

  forget(): void {
    for (const key of keys) this.keep(key, null);
  }

  #lasts(key: keyof StoredValues): boolean {
    if (key === 'talked') return true;
    const isOurs = readFrom(this.#tab, 'who') !== null || readFrom(this.#tab, 'session')?.byLink === true;
    return lasting.includes(key) && !isOurs;
  }
}

function readFrom<K extends keyof StoredValues>(storage: KeyedStorage | null, key: K): StoredValues[K] | null {
  try {
    return JSON.parse(storage?.getItem(`latchkey.${key}`) ?? 'null') as StoredValues[K] | null;
  } catch {
    return null;
  }
}

function keepIn<K extends keyof StoredValues>(
  storage: KeyedStorage | null,
  key: K,
  value: StoredValues[K] | null,
): void {
  try {
    if (value === null) storage?.removeItem(`latchkey.${key}`);
    else storage?.setItem(`latchkey.${key}`, JSON.stringify(value));
  } catch {
    // kept by the caller until the page is left
  }
}
