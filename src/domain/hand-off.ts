/** The states that a live-agent hub tells of a conversation that it was handed, as the Bot Framework calls them. */
export const handOffStates = ['accepted', 'failed', 'completed'] as const;
/** One of the states above. */
export type HandOffState = (typeof handOffStates)[number];

/** What a hub tells of a ticket. */
export interface HandOffStatus {
  /** The same again is the same. */
  readonly id: string;
  readonly conversationId: string;
  readonly ticket: string;
  readonly state: HandOffState;
  /** Why it failed, in the hub's words; null: not told. */
  readonly reason: string | null;
}

/** A ticket as a hub gets it. */
export interface HandOffTicket {
  /** What it is about, as agents call it. */
  readonly topic: string;
  /** For whoever takes over, in a few sentences. */
  readonly message: string;
  readonly language: string;
  readonly json: object;
}

/** Tickets that a live-agent hub may take over. */
export interface HandOffs {
  /** Null: there is none, or nothing is left to do. */
  find(number: string): Promise<HandOffTicket | null>;
  /** Throws `not-found`, or `ticket-changed` where the ticket is not as it was to be. */
  take(status: HandOffStatus): Promise<void>;
}
