import type { Agent } from './agent.ts';
import type { Instant } from './instant.ts';
import type { FiledTicket } from './ticket.ts';

/** Where agents can be told of tickets, besides the console and the desk. */
export type BoardChannel = 'teams' | 'slack';

/** A ticket that a board is to show otherwise than it does. */
export interface Escalation {
  readonly filed: FiledTicket;
  readonly channel: BoardChannel;
  /** What the channel calls the message; null: it was not posted yet. */
  readonly ref: string | null;
  /** Counts the ticket's changes: what is posted now shows this one. */
  readonly version: number;
}

/** What boards show of tickets, and what they are still to show; written in the same transaction as what changed. */
export interface Escalations {
  /** What a board is to show, the oldest ticket first. */
  due(channel: BoardChannel, limit: number): Promise<readonly Escalation[]>;
  /** The board shows this version under `ref`; null: nothing, and it is tried again when the ticket changes. */
  shown(escalation: Escalation, ref: string | null): Promise<void>;
}

/** A ticket as agents read it on a board: plain text, each value one line but for the customer's words. */
export interface TicketSummary {
  readonly ticket: string;
  readonly title: string;
  readonly words: string;
  readonly lines: readonly { readonly name: string; readonly value: string }[];
  /** Who has it, since when. */
  readonly standing: string;
  readonly state: 'free' | 'taken' | 'closed';
  /** Where it is worked on. */
  readonly url: string;
}

/** One place of a channel in which tickets are shown. Throws `channel-unavailable` or `channel-refused`, as `Carrier` does. */
export interface Board {
  readonly channel: BoardChannel;
  /** Gives what the channel calls the message. */
  post(summary: TicketSummary): Promise<string>;
  update(ref: string, summary: TicketSummary): Promise<void>;
}

/** "Claim" was pressed below a ticket on a board, by somebody whom the channel proved. */
export interface ClaimPress {
  readonly ticket: string;
  readonly channel: BoardChannel;
  /** Such as `slack|T024BE7LD|U2147483697`. */
  readonly channelUser: string;
  /** As the channel shows them. */
  readonly name: string;
}

/** What became of it: the ticket as it is now, and what only whoever pressed is told. */
export interface Claimed {
  /** Null: there is no such ticket. */
  readonly summary: TicketSummary | null;
  readonly tell: {
    readonly text: string;
    readonly link: { readonly label: string; readonly url: string } | null;
  } | null;
}

/** Takes a press. Never throws. */
export type TakeClaim = (press: ClaimPress) => Promise<Claimed>;

/** Which agents the people of channels are, once they said so in the console. */
export interface ConnectedAgents {
  connect(channelUser: string, agent: Agent, until: Instant): Promise<void>;
  /** Null: nobody's, or it is too old. */
  find(channelUser: string): Promise<Agent | null>;
}
