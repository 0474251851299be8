import type { Catalog, Feature } from '../domain/catalog.ts';
import type { Entitlement, Fact, Known, Snapshot, Unknown } from '../domain/snapshot.ts';
import type { CauseShape, Facts, Finding } from '../domain/verdict.ts';

/** What the denial is about: the feature where one was named, and what the company sells. */
export interface DiagnosisContext {
  readonly feature: Feature | null;
  readonly catalog: Catalog;
}

/** A cause judged: what `judge` says before its slug is added. */
export type Judgement = Omit<Finding, 'cause'>;

/**
 * A reason for a denial. `judge` is pure and reads nothing but its arguments; the snapshot's `at` is its clock, `earlier`
 * what the causes before it in the list found. Null: nobody can tell, for no source is connected.
 */
export interface Cause extends CauseShape {
  judge(snapshot: Snapshot, about: DiagnosisContext, earlier: readonly Finding[]): Judgement | null;
}

type Read = Known<unknown> | Unknown;

/** The cause is true: this fact proves it. */
export function proved(by: Read, facts: Facts = {}, variant = 'always'): Judgement {
  return { status: 'proved', variant, facts, source: by.source, readAt: by.readAt };
}

/** No feature was named, and the cause is true of these, by their slugs: it blocks them and no others. */
export function possible(by: Read, blocks: readonly string[], facts: Facts = {}, variant = 'always'): Judgement {
  return { status: 'possible', variant, facts, source: by.source, readAt: by.readAt, blocks };
}

/** The cause is not true: this fact excludes it. */
export function ruledOut(by: Read, facts: Facts = {}, variant = 'always'): Judgement {
  return { status: 'ruled-out', variant, facts, source: by.source, readAt: by.readAt };
}

/** Nothing is missing but the feature: this fact differs from one to another. */
export function needsFeature(by: Read): Judgement {
  return { status: 'needs-feature', variant: 'always', facts: {}, source: by.source, readAt: by.readAt };
}

/** It could not be checked: this fact is missing. Null where no source is connected that tells it. */
export function unknown(missing: Read): Judgement | null {
  if (!missing.known && missing.why === 'not-connected') return null;
  return { status: 'unknown', variant: 'always', facts: {}, source: missing.source, readAt: missing.readAt };
}

/** Something is missing: by its own name where it is one thing, and `several` where it is more. */
export function judgeMissing(missing: Fact<readonly string[]>): Judgement | null {
  if (!missing.known) return unknown(missing);
  const [first, ...others] = missing.value;
  if (first === undefined) return ruledOut(missing);
  return proved(missing, {}, others.some((one) => one !== first) ? 'several' : first);
}

/** Whether the account has every feature of the catalog, by these entitlements. */
export function hasEvery(entitlements: readonly Entitlement[], { catalog }: DiagnosisContext): boolean {
  return catalog.features.every(({ slug }) => entitlements.find(({ feature }) => feature === slug)?.granted);
}
