/**
 * A feature as customers name it; `meters` are what using it counts on, `lowestPlan` the cheapest plan that has it.
 * `stripe`: the lookup key of Stripe's feature, where that is not the slug; `components`: what it runs on, by name or id
 * of the status page; `unless`: phrases with its name in them that do not mean it, such as "to report".
 */
export interface Feature {
  readonly slug: string;
  readonly name: string;
  readonly synonyms: readonly string[];
  readonly unless?: readonly string[] | undefined;
  readonly lowestPlan: string;
  readonly meters: readonly string[];
  readonly stripe?: string | undefined;
  readonly components?: readonly string[] | undefined;
}

/**
 * A plan that is sold, as customers name it. `stripe`: Stripe's prices or products, by id or lookup key; `limits`: how much
 * a month has of each meter; `unless` as for a feature.
 */
export interface Plan {
  readonly slug: string;
  readonly name: string;
  readonly synonyms: readonly string[];
  readonly unless?: readonly string[] | undefined;
  readonly stripe?: readonly string[] | undefined;
  readonly limits?: Readonly<Record<string, number>> | undefined;
}

/**
 * Something that is counted, as customers name it: in the plural, with `one` for exactly one of it; what cannot be counted, such
 * as storage, has a `unit` that can. `stripe`: the id of Stripe's meter; `unless` as for a feature.
 */
export interface Meter {
  readonly slug: string;
  readonly name: string;
  readonly one?: string | undefined;
  readonly unit?: string | undefined;
  readonly synonyms: readonly string[];
  readonly unless?: readonly string[] | undefined;
  readonly stripe?: string | undefined;
}

/** The company's features, plans (lowest first) and meters. */
export interface Catalog {
  readonly company: string;
  readonly features: readonly Feature[];
  readonly plans: readonly Plan[];
  readonly meters: readonly Meter[];
}
