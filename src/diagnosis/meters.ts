import type { Known } from '../domain/snapshot.ts';
import type { Facts } from '../domain/verdict.ts';
import { possible, proved, type DiagnosisContext, type Judgement } from './cause.ts';

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

/**
 * What meters block that count for the denial: all of it, or some features; what blocks longest is first. `several` tells
 * more than one of them at once. Null: none is reached.
 */
export function judgeReached(
  by: Known<unknown>,
  reached: readonly Reached[],
  { feature, catalog }: DiagnosisContext,
  several?: (meters: readonly string[], longest: Reached) => [facts: Facts, variant: string],
): Judgement | null {
  const all = reached.find(({ meter }) => catalog.features.every(({ meters }) => meters.includes(meter)));
  const [first] = reached;
  const meters = [...new Set(reached.map(({ meter }) => meter))];
  const one = feature ? first : all;
  if (one && feature && meters.length > 1 && several) return proved(by, ...several(meters, one));
  if (one) return proved(by, one.facts, one.variant);
  if (!first) return null;
  const blocks = catalog.features.filter((it) => it.meters.some((meter) => meters.includes(meter)));
  const slugs = blocks.map(({ slug }) => slug);
  return meters.length === 1
    ? possible(by, slugs, first.facts, first.variant)
    : possible(by, slugs, { meters: { meters } }, 'several');
}
