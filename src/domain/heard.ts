/** What a customer's words mean: an intent with a hint at its kind (`access-denied` / `monthly-limit`), or none. */
export interface Heard {
  readonly text: string;
  readonly intent: string | null;
  /** The kind within the intent: a cause for `access-denied`, `plan` or `usage` for `check-account`. */
  readonly about: string | null;
  /** 0 to 1; at least 0.5 whenever `intent` is set. */
  readonly confidence: number;
  readonly entities: Entities;
}

/** The values that were named, by their slugs in the catalog; null where none was. */
export interface Entities {
  readonly feature: string | null;
  readonly plan: string | null;
  readonly meter: string | null;
}
