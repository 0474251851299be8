import type { StoredReply } from './activity.ts';
import type { Instant } from './instant.ts';
import type { Reply } from './reply.ts';
import type { SubjectFields } from './subject.ts';

/** Channels to which we send by ourselves, as people call them; a Direct Line client fetches instead. */
export const channelNames = {
  teams: 'Teams',
  slack: 'Slack',
  azure: 'Azure Direct Line',
  local: 'Emulator',
} as const;
/** One of the channels above. */
export type PushChannel = keyof typeof channelNames;
/** All of them. */
export const pushChannels = Object.keys(channelNames) as readonly PushChannel[];

/** The client id of what came as this event of a channel. */
export const clientIdOf = (eventId: string) => `event:${eventId}`;
/** Names as an event what was said in one conversation and is brought into another. */
export const copyOf = (conversationId: string, seq: number) => `${conversationId}|${seq}`;

/** Where a channel sends to, as that channel has it: JSON. */
export type ChannelAddress = Readonly<Record<string, unknown>>;

/** Where a channel sends what is said in a conversation. */
export interface Address {
  readonly conversationId: string;
  readonly channel: PushChannel;
  readonly to: ChannelAddress;
  /** The last activity that was sent, or needs no sending. */
  readonly sentSeq: number;
  /** The message whose buttons can still be pressed. */
  readonly open: OpenMessage | null;
  readonly attempts: number;
}

/** A sent message with buttons: what the channel calls it, and the number of its activity. */
export interface OpenMessage {
  readonly ref: string;
  readonly seq: number;
}

/** The addresses of conversations, with what is still to be sent. */
export interface Addresses {
  /** Keeps the address of a conversation, in place of an earlier one. */
  save(conversationId: string, channel: PushChannel, to: ChannelAddress): Promise<void>;
  /** Null: it is fetched, or unknown. */
  find(conversationId: string): Promise<Address | null>;
  /** Conversations in which something is to be sent now. */
  due(now: Instant, limit: number): Promise<readonly string[]>;
  /** Everything up to `seq` is sent. */
  sent(conversationId: string, seq: number, open: OpenMessage | null): Promise<void>;
  /** The channel did not take it: the next attempt is at `at`. */
  retryAt(conversationId: string, at: Instant): Promise<void>;
  /** Keeps what the channel calls the reply `seq`, as long as the reply is kept. */
  named(conversationId: string, seq: number, ref: string): Promise<void>;
  /** The reply of this conversation that the channel calls so; null: none that is known. */
  seqOf(conversationId: string, ref: string): Promise<number | null>;
}

/** A code that says once, until then, that whoever sends it is this subject. */
export interface LinkCode {
  readonly code: string;
  readonly subject: SubjectFields;
  readonly until: Instant;
}

/** Which account somebody in a channel is, once they proved it; `channelUser` such as `slack|T024BE7LD|U2147483697`. */
export interface Links {
  /** Null: the code is none, was used, or is too old. */
  redeem(code: string, channelUser: string): Promise<SubjectFields | null>;
  /** Keeps what was proved without a code, in place of an earlier link. */
  save(channelUser: string, subject: SubjectFields): Promise<void>;
  /** A code that others saw is good for nobody. */
  burn(code: string): Promise<void>;
  /** Null: nobody was linked. */
  find(channelUser: string): Promise<SubjectFields | null>;
}

/**
 * Sends to one channel. Throws `channel-unavailable` (try again, perhaps after its `retryAfterMs`) or `channel-refused`
 * (trying again would not help); neither holds a secret or a customer's words.
 */
export interface ChannelClient {
  readonly channel: PushChannel;
  /** Gives what the channel calls the message; where it took several, the last one. */
  send(to: ChannelAddress, reply: StoredReply, conversationId: string): Promise<string>;
  /** Takes the buttons off a message that was sent before. */
  removeButtons(to: ChannelAddress, open: OpenMessage, reply: Reply, conversationId: string): Promise<void>;
  /** Shows that an answer is on its way. Never throws. */
  typing(to: ChannelAddress): Promise<void>;
}
