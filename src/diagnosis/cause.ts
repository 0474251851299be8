import type { Catalog, Feature } from '../domain/catalog.ts';
import type { Known, Snapshot, Unread } from '../domain/snapshot.ts';
import type { CauseShape, Facts, Finding } from '../domain/verdict.ts';

/** What the denial is about: the feature where one was named, and what the company sells. */
export interface About {
  readonly feature: Feature | null;
  readonly catalog: Catalog;
}

/** A cause judged: what `judge` says before its slug is added. */
export type Judgement = Omit<Finding, 'cause'>;

/** A reason for a denial. `judge` is pure and reads nothing but its arguments; the snapshot's `at` is its clock. */
export interface Cause extends CauseShape {
  judge(snapshot: Snapshot, about: About): Judgement;
}

type Read = Known<unknown> | Unread;

/** The cause is true: this fact proves it. */
export function proved(by: Read, facts: Facts = {}, as = 'always'): Judgement {
  return { status: 'proved', as, facts, source: by.source, readAt: by.readAt };
}

/** The cause is not true: this fact excludes it. */
export function ruledOut(by: Read, facts: Facts = {}, as = 'always'): Judgement {
  return { status: 'ruled-out', as, facts, source: by.source, readAt: by.readAt };
}

/** It could not be checked: this fact is missing. */
export function unknown(missing: Read): Judgement {
  return { status: 'unknown', as: 'always', facts: {}, source: missing.source, readAt: missing.readAt };
}
