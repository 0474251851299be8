import type { Agent } from './agent.ts';
import type { PushChannel } from './channels.ts';
import type { Instant } from './instant.ts';
import type { FiledTicket } from './ticket.ts';

/** A ticket that a feed is to show otherwise than it does. */
export interface TicketPost {
  readonly filed: FiledTicket;
  readonly channel: PushChannel;
  /** What the channel calls the message; null: it was not posted yet. */
  readonly ref: string | null;
  /** Counts the ticket's changes: what is posted now shows this one. */
  readonly version: number;
}

/** What feeds show of tickets, and what they are still to show; written in the same transaction as what changed. */
export interface TicketPosts {
  /** What a feed is to show, the oldest ticket first. */
  due(channel: PushChannel, limit: number): Promise<readonly TicketPost[]>;
  /** The feed shows this version under `ref`; null: nothing, and it is tried again when the ticket changes. */
  shown(post: TicketPost, ref: string | null): Promise<void>;
}

/** A ticket as agents read it in a feed: plain text, each value one line but for the customer's words. */
export interface TicketSummary {
  readonly ticket: string;
  /** Who cannot do what, why, and how sure that is. */
  readonly title: string;
  /** Whose account it is, where they write, in which language. */
  readonly context: string;
  readonly words: string;
  /** What to do next: a proposal. */
  readonly next: string;
  /** Who has it; what became of it. */
  readonly standing: string;
  /** When that began. */
  readonly since: Instant;
  readonly state: 'free' | 'taken' | 'closed';
  readonly isUrgent: boolean;
  /** Where it is worked on. */
  readonly url: string;
}

/** One place of a channel in which tickets are shown. Throws `channel-unavailable` or `channel-refused`, as `ChannelClient` does. */
export interface TicketFeed {
  readonly channel: PushChannel;
  /** Gives what the channel calls the message. */
  post(summary: TicketSummary): Promise<string>;
  /** Throws `channel-refused` too where the message is not there any more. */
  update(ref: string, summary: TicketSummary): Promise<void>;
}

/** "Claim" was pressed below a ticket in a feed, by somebody whom the channel proved. */
export interface ClaimRequest {
  readonly ticket: string;
  readonly channel: PushChannel;
  /** Such as `slack|T024BE7LD|U2147483697`. */
  readonly channelUser: string;
  /** As the channel shows them. */
  readonly name: string;
}

/** What became of it: the ticket as it is now, and what only whoever pressed is told. */
export interface ClaimResult {
  /** Null: there is no such ticket. */
  readonly summary: TicketSummary | null;
  readonly tell: {
    readonly text: string;
    readonly link: { readonly label: string; readonly url: string } | null;
  } | null;
}

/** Takes a press. Never throws. */
export type HandleClaim = (press: ClaimRequest) => Promise<ClaimResult>;

/** Which agents the people of channels are, once they said so in the console. */
export interface ConnectedAgents {
  /** In place of an earlier connection; `channelUser` such as `slack|T024BE7LD|U2147483697`. */
  connect(channelUser: string, agent: Agent, until: Instant): Promise<void>;
  /** Null: nobody's, or it is too old. */
  find(channelUser: string): Promise<Agent | null>;
}
