/** A picture of a customer's screen, painted anew by us: it holds nothing but what it shows. */
export interface Screenshot {
  readonly type: 'image/png' | 'image/jpeg';
  readonly bytes: Uint8Array;
}

/** What agents read where no pictures are: the words, and how many screenshots came with them. */
export function wordsWithScreenshots(text: string, screenshots: readonly string[] = []): string {
  const { length } = screenshots;
  if (length === 0) return text;
  return `${text} [${length === 1 ? '1 screenshot' : `${length} screenshots`}, see the console]`.trimStart();
}

/** The pictures that customers sent; agents see them, and nobody else. */
export interface Screenshots {
  /** Adding twice under one id is adding once. Throws `conversation-unknown`. */
  add(conversationId: string, id: string, screenshot: Screenshot): Promise<void>;
  /** Null: there is none, or no more. */
  find(id: string): Promise<Screenshot | null>;
}
