import type { RatedAnswer, StoredOutcome } from './outcome.ts';
import type { Finding } from './verdict.ts';

/** A button: what it says is also what pressing it sends. `means` is an intent, or `kind:slug` for a choice. */
export interface Action {
  readonly label: string;
  readonly means: string;
}

/** One message of ours, before a channel draws it. `text` is Markdown. */
export type Reply = ReplyBody & {
  readonly text: string;
  readonly actions: readonly Action[];
  /** What the complaint came to with this reply; missing: nothing new. */
  readonly outcome?: StoredOutcome;
  /** The channel's id of the only one who needs to read it: a hint, and never the only copy of anything; missing: everybody may. */
  readonly only?: string;
};

/** What a reply is, for clients that draw more than its text. */
export type ReplyBody =
  | { readonly kind: 'text' | 'choice' | 'ticket-withdrawn' }
  /** Asks whether that was the answer; `rates` is missing where an older version asked. */
  | { readonly kind: 'feedback'; readonly rates?: RatedAnswer }
  | { readonly kind: 'verdict'; readonly findings: readonly TellableFinding[] }
  | { readonly kind: 'steps'; readonly article: ArticleLink }
  | { readonly kind: 'ticket'; readonly ticket: string }
  /** A person says it. */
  | { readonly kind: 'person'; readonly name: string }
  /** Said by the bot: a person comes or goes. */
  | { readonly kind: 'person-joined' | 'person-left'; readonly name: string };

/** Where an article can be read. */
export interface ArticleLink {
  readonly slug: string;
  readonly title: string;
  readonly url: string;
}

/** A finding with its fact as a sentence, as clients and agents read it. */
export interface TellableFinding extends Pick<Finding, 'cause' | 'status' | 'source'> {
  readonly fact: string;
  /** ISO 8601, UTC. */
  readonly readAt: string;
}
