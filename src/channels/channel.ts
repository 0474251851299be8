import type { ClientFacts } from '../domain/activity.ts';
import type { ChannelAddress, ChannelClient } from '../domain/channels.ts';
import type { TicketFeed } from '../domain/ticket-feed.ts';
import type { Clock, Log, Random } from '../domain/ports.ts';
import type { Route } from '../http/route.ts';
import type { ReceiveInbound } from './inbound.ts';

/** What a channel that we send to by ourselves is made from. */
export interface ChannelNeeds {
  readonly receive: ReceiveInbound;
  /**
   * Takes the words out of the stored inbound activity of that client id and of those whose id begins with it and a space;
   * `keep`: but for this one. Does nothing where there is none.
   */
  readonly forget: (conversationId: string, clientId: string, keep: string | null) => Promise<void>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly fetch: typeof fetch;
  /** Counts what was refused, by a short slug of why; never anything that a sender chose. */
  readonly refused: (why: string) => void;
}

/** Such a channel: what it sends with, and where it is reached. */
export interface Channel {
  readonly client: ChannelClient;
  /** Where agents see tickets; missing: nowhere in this channel. */
  readonly ticketFeed?: TicketFeed | null;
  readonly routes: readonly Route[];
  /** Missing: what happens there is posted to us. */
  readonly listener?: ChannelListener | null;
  /** Missing: it tells nothing of people that we use. */
  readonly profileOf?: ProfileOf | undefined;
  /** Missing: there is none that we could begin. */
  readonly openPrivate?: OpenPrivate;
  /** Resolves when nothing runs any more of what was answered already. Missing: it finishes before it answers. */
  readonly idle?: () => Promise<void>;
}

/** Hears a channel over connections that we open. */
export interface ChannelListener {
  /** Opens what is closed, and closes what is silent; called every second. */
  run(): void;
  /** Resolves when nothing comes in any more, and what came is taken. */
  stop(): Promise<void>;
}

/**
 * Opens the private chat with somebody whom an event named as `user`, who wrote where `to` leads; the same one every time.
 * Throws as a `ChannelClient` does.
 */
export type OpenPrivate = (user: string, to: ChannelAddress) => Promise<PrivatePlace>;

/** A private chat as a `ChannelEvent` names it. */
export interface PrivatePlace {
  readonly place: string;
  readonly to: ChannelAddress;
}

/** What a channel tells of somebody. */
export interface Profile extends ClientFacts {
  /** The confirmed address of a full member of a workspace that the operator trusts; null: of nobody such. */
  readonly email: string | null;
}

/** Asks the channel; `user` as events name them, `to` where they wrote. Throws as a `ChannelClient` does, never with the address. */
export type ProfileOf = (user: string, to: ChannelAddress) => Promise<Profile>;
