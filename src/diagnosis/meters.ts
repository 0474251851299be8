import type { Feature } from '../domain/catalog.ts';
import type { Fact, Known } from '../domain/snapshot.ts';
import type { Facts } from '../domain/verdict.ts';
import { possible, proved, unknown, type DiagnosisContext, type Judgement } from './cause.ts';

/** A meter that lets nothing through, with the facts that tell it. */
export interface Reached {
  readonly meter: string;
  readonly facts: Facts;
  readonly variant: string;
}

/** Whether a meter counts for what the denial is about; where no feature was named, for any feature. */
export function countsFor({ meter }: { readonly meter: string }, { feature, catalog }: DiagnosisContext): boolean {
  return feature ? feature.meters.includes(meter) : catalog.features.some(({ meters }) => meters.includes(meter));
}

/** Features for which no meter counts; none where nobody tells it. */
export function unlimitedIn(told: Fact<readonly string[]>): readonly string[] {
  return told.known ? told.value : [];
}

/** A block by a meter, which does not stand where the feature may be without a limit, and that was not read. */
export function unlessUnlimited(block: Judgement, told: Fact<readonly string[]>): Judgement | null {
  return told.known || told.why === 'not-connected' ? block : unknown(told);
}

/** How several meters of one feature are told at once. */
type TellSeveral = (meters: readonly string[], reached: readonly Reached[]) => [facts: Facts, variant: string];

/**
 * What meters block that count for the denial: all of it, or some features, but those without a limit; what blocks longest is
 * first. Null: none is reached.
 */
export function judgeReached(
  by: Known<unknown>,
  reached: readonly Reached[],
  { feature, catalog }: DiagnosisContext,
  { several, spared = [] }: { readonly several?: TellSeveral; readonly spared?: readonly string[] } = {},
): Judgement | null {
  const counts = (it: Feature, meter: string) => it.meters.includes(meter) && !spared.includes(it.slug);
  const all = reached.find(({ meter }) => catalog.features.every((it) => counts(it, meter)));
  const [first] = reached;
  const meters = [...new Set(reached.map(({ meter }) => meter))];
  const one = feature ? first : all;
  if (one && feature && meters.length > 1 && several) return proved(by, ...several(meters, reached));
  if (one) return proved(by, one.facts, one.variant);
  if (!first) return null;
  const blocks = catalog.features.filter((it) => meters.some((meter) => counts(it, meter)));
  const slugs = blocks.map(({ slug }) => slug);
  if (slugs.length === 0) return null;
  return meters.length === 1
    ? possible(by, slugs, first.facts, first.variant)
    : possible(by, slugs, { meters: { meters } }, 'several');
}
