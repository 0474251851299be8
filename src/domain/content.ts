import type { Catalog } from './catalog.ts';
import type { SavedReply } from './saved-replies.ts';

/** One numbered instruction of an article, word for word. `title` is its first line, `text` all of it, as Markdown. */
export interface ArticleStep {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly text: string;
}

/** A help page. `version` changes whenever its words do. */
export interface Article {
  readonly slug: string;
  readonly title: string;
  /** Below which heading the list of all articles has it; missing: above all of them. */
  readonly group?: string | undefined;
  /** The first paragraph: the answer in short. */
  readonly answer: string;
  readonly markdown: string;
  readonly steps: readonly ArticleStep[];
  readonly version: string;
}

/** Which articles hold a word: those that hold `terms[i]` stand from `starts[i]` to `starts[i + 1]`, in their order. */
export interface ArticleIndex {
  /** Sorted. */
  readonly terms: readonly string[];
  readonly starts: Uint32Array;
  /** An article’s number, and in the last two bits where in it the word stands. */
  readonly places: Uint32Array;
  /** How much the word tells of that article. */
  readonly ranks: Float32Array;
}

/** Everyone who can fix a cause. */
export const fixers = ['you', 'workspace-admin', 'billing-owner', 'it', 'object-owner', 'key-owner', 'us'] as const;
/** Who can fix a cause. */
export type Fixer = (typeof fixers)[number];

/** The sentences for a finding: `proved`, `possible` and `ruledOut` have one for each variant. */
export interface FindingSentences {
  readonly proved: Readonly<Record<string, string>>;
  readonly possible: Readonly<Record<string, string>>;
  readonly ruledOut: Readonly<Record<string, string>>;
  readonly unknown: string | null;
}

/** How a cause is told. Templates hold `{{facts}}`; customers are spoken to. */
export interface CausePage extends FindingSentences {
  readonly slug: string;
  readonly name: string;
  /** What is looked at for this cause, as a part of a list: "your session". Null: it is judged from the others. */
  readonly checks: string | null;
  /** What is looked at, in a word, as agents find it in a ticket's rows: "session". Null: it is judged from the others. */
  readonly label: string | null;
  /** By variant of the proof; `always` where one fixes them all. */
  readonly fixes: Readonly<Record<string, Fixer>>;
  readonly article: string;
  /** Ids of the article's steps, by variant of the proof. */
  readonly steps: Readonly<Record<string, readonly string[]>>;
  readonly unknown: string;
  /** The sentences that agents read in place of those above, which speak to the customer. */
  readonly forAgents: FindingSentences;
  /** Whether waiting helps, and until when, by variant of the proof. */
  readonly waiting: Readonly<Record<string, string>>;
  /** Variants of the exclusion that are told although they do not block. */
  readonly warns: readonly string[];
  /** A message for the customer to send to whoever can fix it, by variant of the proof; none where that is the customer or us. */
  readonly sendOn: Readonly<Record<string, string>>;
  /** What a person should do next with a ticket of this cause, by variant of the proof: a proposal. */
  readonly agentNext: Readonly<Record<string, string>>;
  readonly body: string;
  /** What is added to the body where nothing else blocks, and would be untrue otherwise: "Your plan is not the reason." */
  readonly alone: string | null;
}

/** Example utterances of one intent; `subIntent` tells kinds of the same intent apart (a cause, `plan`, `usage`). */
export interface IntentExamples {
  readonly slug: string;
  readonly subIntent: string | null;
  readonly utterances: readonly string[];
}

/** Short fixed lines by their key, what buttons say, and words that always mean one conversation. */
export interface Replies {
  readonly lines: Readonly<Record<string, string>>;
  /** What the hand-off asks, by key. */
  readonly questions: Readonly<Record<string, string>>;
  /** What is no denial, by its slug. */
  readonly topics: Readonly<Record<string, Topic>>;
  readonly actions: Readonly<Record<string, string>>;
  readonly commands: Readonly<Record<string, readonly string[]>>;
  /** What a customer may begin with, where a channel can suggest it. */
  readonly prompts: readonly string[];
}

/** Something that customers ask for and that is no denial: its name on tickets, what they are told, what an agent does next. */
export interface Topic {
  readonly name: string;
  readonly line: string;
  readonly agentNext: string;
}

/** How to answer whoever writes in a language that is not the content's. */
export interface OtherLanguage {
  /** Says that we only understand the content's language, and that a person can help. */
  readonly line: string;
  /** The button "Talk to a person". */
  readonly handOff: string;
  /** Gives the number `{{ticket}}`. */
  readonly ticket: string;
  /** Parts of sentences with which people ask for a person, as they type them. */
  readonly asks: readonly string[];
  /** Whole answers that mean yes, and that mean no. */
  readonly yes: readonly string[];
  readonly no: readonly string[];
}

/** The content's language, and what is known of others, by ISO 639-1. */
export interface Languages {
  readonly own: string;
  readonly others: ReadonlyMap<string, OtherLanguage>;
}

/** How widget and pages look: the company's, not ours. */
export interface Brand {
  /** What the help is called: the widget's headline and its page's title. */
  readonly title: string;
  /** What the bubble on the host page is called for those who hear it. */
  readonly launcher: string;
  /** The corner of the page in which the bubble stands, where text runs from left to right. */
  readonly position: 'left' | 'right';
  /** Buttons and links, as `#rrggbb`, each readable on its ground: white, and near black. */
  readonly accent: { readonly light: string; readonly dark: string };
  readonly logo: Logo | null;
}

/** An SVG image, and the file it is from. */
export interface Logo {
  readonly file: string;
  readonly svg: string;
}

/** Everything in `content/`, checked. */
export interface Content {
  readonly brand: Brand;
  readonly catalog: Catalog;
  readonly articles: ReadonlyMap<string, Article>;
  readonly articleIndex: ArticleIndex;
  readonly causes: ReadonlyMap<string, CausePage>;
  readonly intents: readonly IntentExamples[];
  readonly replies: Replies;
  readonly languages: Languages;
  /** What agents answer with, in the order of the writers. */
  readonly savedReplies: readonly SavedReply[];
}
