/** An utterance and what it means; where an intent has kinds, `intent` is `slug/about`. */
export interface Row {
  readonly text: string;
  readonly intent: string;
}

/**
 * What a contestant makes of a text. Intent null or `other` (or, from a peer, `other/...`): nothing was heard. `score`:
 * the higher, the surer that the text means one of the wanted intents; comparable only within one trained contestant.
 */
export interface Heard {
  readonly intent: string | null;
  readonly score: number;
}

/** A contestant that has learned one set of rows. */
export interface Trained {
  predict(text: string): Heard | Promise<Heard>;
  /** Says which label the product would act on, or null; without it every wanted label counts. */
  decider?(): (text: string) => Promise<string | null>;
  /** The size of what the library would write to load it again; asked last, for writing takes memory. */
  bytes?(): number;
}

/** Whoever is measured. A peer's library is loaded only when it trains, so that this can be listed without it. */
export interface Contestant {
  readonly name: string;
  readonly ours: boolean;
  /** Its own source file: when that changes, what was measured earlier no longer counts. */
  readonly file: string;
  /** Modules to load before the clock runs. */
  readonly modules: readonly string[];
  train(rows: readonly Row[]): Promise<Trained>;
}

/** Whether the intent is one that the bot could act on. */
export function isWanted(intent: string | null): intent is string {
  return intent !== null && slugOf(intent) !== 'other';
}

/** The label of an intent, or of one kind of it. */
export function labelOf(slug: string, subIntent: string | null): string {
  return subIntent === null ? slug : `${slug}/${subIntent}`;
}

/** The intent of a label without its kind. */
export function slugOf(label: string): string {
  return label.split('/')[0] ?? label;
}

/** What a peer heard that scores every label: the likeliest one, and how sure it is that it is not `other`. */
export function likeliest(scored: readonly (readonly [label: string, score: number])[]): Heard {
  let best = scored[0];
  for (const one of scored) if (best && one[1] > best[1]) best = one;
  if (!best) return { intent: null, score: -Infinity };
  const [intent, score] = best;
  return { intent, score: isWanted(intent) ? score : -score };
}
