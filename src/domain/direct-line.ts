import type { ArticleLink, Reply, TellableFinding } from './reply.ts';

/** What a reply is, beyond its text: for clients that draw more than that. */
export interface ReplyDetails {
  readonly kind: Reply['kind'];
  readonly verdict?: readonly TellableFinding[];
  readonly article?: ArticleLink;
  readonly ticket?: string;
  /** The name of the person who says it, comes or goes. */
  readonly person?: string;
}

/** A button below a message: pressing it sends `value` as text. */
export interface WireButton {
  readonly type?: 'imBack';
  readonly title: string;
  readonly value: string;
}

/** One thing on the Direct Line 3.0 wire, as far as we write and read it. Server and browser share this declaration. */
export interface WireActivity {
  readonly type: string;
  /** The conversation and the activity's number in it. */
  readonly id?: string;
  readonly from?: { readonly id?: string; readonly name?: string; readonly role?: string };
  readonly text?: string;
  readonly textFormat?: string;
  /** ISO 8601, UTC. */
  readonly timestamp?: string;
  readonly inputHint?: string;
  readonly channelId?: string;
  readonly conversation?: { readonly id: string };
  readonly suggestedActions?: { readonly actions?: readonly WireButton[] };
  readonly channelData?: { readonly clientActivityID?: string; readonly latchkey?: ReplyDetails };
}

/** One text frame of a stream, and what a poll answers: activities, and the watermark behind them. */
export interface ActivitySet {
  readonly activities: readonly WireActivity[];
  readonly watermark: string;
}

/** What the token calls answer. */
export interface TokenAnswer {
  readonly conversationId: string;
  readonly token: string;
  /** Seconds. */
  readonly expires_in: number;
  /** Comes with a new conversation only: where every later call goes; missing: to our own server. */
  readonly domain?: string;
}

/** What the calls answer that begin or resume a conversation. Azure leaves `expires_in` out of the latter. */
export interface StartAnswer extends TokenAnswer {
  readonly streamUrl: string;
}
