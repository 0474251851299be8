/** One thing that words may mean: an intent with a hint at its kind, and how sure that is (0 to 1). */
export interface ScoredIntent {
  readonly intent: string;
  /** The kind within the intent: a cause for `access-denied`, `plan` or `usage` for `check-account`. */
  readonly subIntent: string | null;
  readonly confidence: number;
}

/** What a customer's words mean: an intent, or none. */
export interface RecognizerResult {
  readonly text: string;
  readonly intent: string | null;
  readonly subIntent: string | null;
  /** At least 0.5 whenever an intent was recognized; less for an answer that was asked for. */
  readonly confidence: number;
  readonly entities: Entities;
  /** What else it may mean, likeliest first: at most three. */
  readonly alternatives: readonly ScoredIntent[];
  /** What was said besides, in the same message. */
  readonly also: readonly RecognizerResult[];
  /** The language, as ISO 639-1, when it is another than the content's. */
  readonly language: string | null;
}

/** What is said of a feature: it is locked, it works, it is not what is meant; `named`: nothing. */
export type Polarity = 'named' | 'blocked' | 'works' | 'excluded';

/** A feature that was named, by its slug. */
export interface NamedFeature {
  readonly slug: string;
  readonly polarity: Polarity;
}

/** The values that were named: those of the catalog by their slugs, the others as they were written; null where none was. */
export interface Entities {
  /** The one to look into: the first that is said to be locked, else the first that is neither said to work nor excluded. */
  readonly feature: string | null;
  /** Every feature that was named, in the order of the text; each once. */
  readonly features: readonly NamedFeature[];
  /** "Everything", "all of it". */
  readonly everything: boolean;
  /** Whoever cannot get in, where that is not the writer: "Tom" or, without a name, "colleague". */
  readonly otherPerson: string | null;
  readonly plan: string | null;
  readonly meter: string | null;
  readonly errorCode: string | null;
  readonly requestId: string | null;
  /** When it happened, in the customer's words. */
  readonly time: string | null;
}

/** Nothing was named. */
export const noEntities: Entities = {
  feature: null,
  features: [],
  everything: false,
  otherPerson: null,
  plan: null,
  meter: null,
  errorCode: null,
  requestId: null,
  time: null,
};
