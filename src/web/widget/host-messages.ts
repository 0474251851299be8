import type { StoredOutcome } from '../../domain/outcome.ts';

/** What the product refused, as the host page knows it; `feature` is the catalog's slug. */
export interface Denied {
  readonly feature?: string;
  readonly code?: string;
  readonly requestId?: string;
  /** The product's id of what was to be opened; it counts only where it is signed. */
  readonly object?: string;
}

/** What a complaint came to, and the ticket where a person has it. */
export interface ToldOutcome {
  readonly outcome: StoredOutcome;
  readonly ticket?: string | undefined;
}

/** `identity` undefined: the host has none to give; what is no JWT: it could not get one. */
export interface IdentityMessage {
  readonly latchkey: 'identify';
  readonly identity: string | undefined;
  readonly denied: Denied | undefined;
  /** The chat is closed, and the host can give another identity: this one may be spent on what is unread. */
  readonly spare: boolean;
}

/** What the host page and the iframe say to each other; `identity: null` means that the host could not get one. */
export type HostMessage =
  | { readonly latchkey: 'close' | 'logout' | 'want-identity' }
  /** `close`: what closes the chat is called. */
  | { readonly latchkey: 'ready'; readonly close: string }
  | { readonly latchkey: 'open'; readonly focus: boolean }
  | IdentityMessage
  | { readonly latchkey: 'unread'; readonly count: number }
  | { readonly latchkey: 'outcome'; readonly told: ToldOutcome };
