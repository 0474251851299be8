/** A feature as customers name it; `meters` are what using it counts on, `lowestPlan` the cheapest plan that has it. */
export interface Feature {
  readonly slug: string;
  readonly name: string;
  readonly synonyms: readonly string[];
  readonly lowestPlan: string;
  readonly meters: readonly string[];
}

/** A plan that is sold, as customers name it. */
export interface Plan {
  readonly slug: string;
  readonly name: string;
  readonly synonyms: readonly string[];
}

/** Something that is counted, as customers name it. */
export interface Meter {
  readonly slug: string;
  readonly name: string;
  readonly synonyms: readonly string[];
}

/** The company's features, plans (lowest first) and meters. */
export interface Catalog {
  readonly company: string;
  readonly features: readonly Feature[];
  readonly plans: readonly Plan[];
  readonly meters: readonly Meter[];
}
