import type { StoredOutcome } from './outcome.ts';
import type { ArticleLink, Reply, TellableFinding } from './reply.ts';

/** Words in one style; a string: in none. `\n` is a line break; `href` leads to a page or a mailbox. */
export type WireInline =
  | string
  | {
      readonly text: string;
      readonly bold?: boolean;
      readonly italic?: boolean;
      readonly strike?: boolean;
      readonly code?: boolean;
      readonly href?: string;
    };

/** A paragraph, or code, at its place among lists, which are flat; what is missing is none. */
export interface WireLeaf {
  readonly code?: true;
  readonly inlines: readonly WireInline[];
  /** How many lists it stands in. */
  readonly depth?: number;
  /** The list items that begin with it, the outermost first: their numbers, null where they have a bullet. */
  readonly markers?: readonly (number | null)[];
}

/** A block of a reply as it is drawn, so that a client needs no Markdown of its own. */
export type WireBlock = WireLeaf | { readonly quote: readonly WireBlock[] };

/** What a reply is, beyond its text: for clients that draw more than that. */
export interface ReplyDetails {
  readonly kind: Reply['kind'];
  /** Its text, read; missing: the text is plain. */
  readonly blocks?: readonly WireBlock[];
  readonly verdict?: readonly TellableFinding[];
  readonly article?: ArticleLink;
  readonly ticket?: string;
  /** What the complaint came to with this reply. */
  readonly outcome?: StoredOutcome;
  /** The name of the person who says it, comes or goes. */
  readonly person?: string;
}

/** A button below a message: pressing it sends `value` as text. */
export interface WireButton {
  readonly type?: 'imBack';
  readonly title: string;
  readonly value: string;
}

/** A thing of schema.org, as stock clients read it in `entities`. */
export interface WireThing {
  readonly type: string;
  readonly [member: string]: unknown;
}

/** One thing on the Direct Line 3.0 wire, as far as we write and read it. Server and browser share this declaration. */
export interface WireActivity {
  readonly type: string;
  /** The conversation and the activity's number in it. */
  readonly id?: string;
  readonly from?: { readonly id?: string; readonly name?: string; readonly role?: string };
  /** Of an event. */
  readonly name?: string;
  readonly value?: unknown;
  readonly attachments?: readonly unknown[];
  readonly text?: string;
  readonly textFormat?: string;
  /** ISO 8601, UTC. */
  readonly timestamp?: string;
  readonly inputHint?: string;
  readonly channelId?: string;
  readonly conversation?: { readonly id: string };
  readonly suggestedActions?: { readonly actions?: readonly WireButton[] };
  readonly entities?: readonly WireThing[];
  readonly channelData?: {
    readonly clientActivityID?: string;
    /** The ids of screenshots that came with a customer's message: agents may ask for them. */
    readonly screenshots?: readonly string[];
    readonly latchkey?: ReplyDetails;
  };
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
  /** Of a conversation that was there already: how many messages of ours were never shown, and behind which. Not of Direct Line. */
  readonly unread?: number;
  readonly seen?: number;
  /** How many were never shown in this person's other conversations. */
  readonly elsewhere?: number;
}

/** What a customer may read of their own: the newest first. Not of Direct Line. */
export interface TalksAnswer {
  readonly conversations: readonly WireTalk[];
  /** In all of their conversations; counting stops at 100. */
  readonly unread: number;
  /** What to ask the older ones with, as `before`; null: there are none. */
  readonly next: string | null;
}

/** A conversation as one line of them; `at` ISO 8601, UTC. */
export interface WireTalk {
  readonly id: string;
  readonly at: string;
  /** What was said last, in short. */
  readonly words: string;
  readonly unread: number;
  /** Who of our people answered; null: nobody did. */
  readonly person: string | null;
  readonly ticket: string | null;
}

/** What the calls answer that begin or resume a conversation. Azure leaves `expires_in` out of the latter. */
export interface StartAnswer extends TokenAnswer {
  readonly streamUrl: string;
}
