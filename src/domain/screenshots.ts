/** A picture of a customer's screen, painted anew by us: it holds nothing but what it shows. */
export interface Screenshot {
  readonly type: 'image/png' | 'image/jpeg';
  readonly bytes: Uint8Array;
}

/** The pictures that customers sent; agents see them, and nobody else. */
export interface Screenshots {
  /** Adding twice under one id is adding once. Throws `conversation-unknown`. */
  add(conversationId: string, id: string, screenshot: Screenshot): Promise<void>;
  /** Null: there is none, or no more. */
  find(id: string): Promise<Screenshot | null>;
}
