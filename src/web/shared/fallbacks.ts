/** What browsers of 2022 lack, or a page of theirs: Safari 16, Chrome 108, Firefox 108, or no https. */

/** A signal that aborts with the first of these. */
export function anySignal(...signals: readonly AbortSignal[]): AbortSignal {
  const any = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) any.abort();
    else signal.addEventListener('abort', () => any.abort(), { once: true, signal: any.signal });
  }
  return any.signal;
}

/** An id that nobody else makes. */
export function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A copy in order. */
export function sorted<T>(all: readonly T[], compare: (a: T, b: T) => number): T[] {
  return [...all].sort(compare);
}

/** What keeps values by their names, as the browser's own storage does. */
export interface KeyedStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** The browser's storage or, where that may not be used, one that lasts as long as the page. */
export function storageOr(ofBrowser: () => KeyedStorage): KeyedStorage {
  try {
    const storage = ofBrowser();
    storage.getItem('latchkey');
    return storage;
  } catch {
    const kept = new Map<string, string>();
    return {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    };
  }
}
