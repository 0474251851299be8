/** What was found about one cause, as the server tells it; `readAt` is ISO 8601, UTC. */
export interface Finding {
  readonly cause: string;
  readonly status: 'proved' | 'ruled-out' | 'unknown';
  readonly fact: string;
  readonly source: string;
  readonly readAt: string;
}

type Kind =
  ('text' | 'choice' | 'feedback' | 'verdict' | 'steps' | 'ticket') | ('person' | 'person-joined' | 'person-left');

/** What a message of the bot or a person of ours is, beyond its text. */
export interface Extras {
  readonly kind?: Kind;
  /** The name of the person who says it, comes or goes. */
  readonly person?: string;
  readonly verdict?: readonly Finding[];
  readonly ticket?: string;
  readonly article?: { readonly slug: string; readonly title: string; readonly url: string };
}

/** A button below a message: pressing it sends `value` as text. */
export interface Choice {
  readonly title: string;
  readonly value: string;
}

/** One thing on the Direct Line wire, as far as the widget reads it. */
export interface Activity {
  readonly type: string;
  readonly id?: string;
  readonly from?: { readonly id?: string; readonly name?: string; readonly role?: string };
  readonly text?: string;
  readonly textFormat?: string;
  readonly suggestedActions?: { readonly actions?: readonly Choice[] };
  readonly channelData?: { readonly clientActivityID?: string; readonly latchkey?: Extras };
}

/** One text frame of the stream. */
export interface Frame {
  readonly activities?: readonly Activity[];
  readonly watermark?: string;
}

/** What the token and conversation calls answer; `expires_in` in seconds. */
export interface Grant {
  readonly conversationId: string;
  readonly token: string;
  readonly expires_in: number;
  readonly streamUrl?: string;
  /** Where every later call goes; without it, to our own server. */
  readonly domain?: string;
}
