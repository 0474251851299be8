import type { Instant } from './instant.ts';

/** What someone may do in the console: answer tickets, own the words, run it. */
export const roles = ['agent', 'writer', 'operator'] as const;
/** One of the roles above. */
export type Role = (typeof roles)[number];

/** Someone of ours as the customer sees them; `id` never changes, such as `https://idp.example.com|248289761001`. */
export interface Person {
  readonly id: string;
  readonly name: string;
}

/** Someone who is signed in to the console. */
export interface Agent extends Person {
  readonly email: string | null;
  readonly roles: readonly Role[];
}

/** A person who answers in a conversation, about which ticket; `desk`: from which external desk, null from the console. */
export interface Answering extends Person {
  readonly ticket: string;
  readonly desk: string | null;
  /** When they wrote last. */
  readonly at: Instant;
}
