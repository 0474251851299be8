import type { Clock, Random } from './ports.ts';

/** What came of a check, in words without a secret; `todo` null: there is nothing to do. */
export interface CheckResult {
  readonly status: 'ok' | 'warn' | 'fail';
  readonly what: string;
  readonly todo: string | null;
}

/** What checks ask with. */
export interface CheckNeeds {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly random: Random;
}

/** One thing of the settings that can be checked without changing anything anywhere. What it throws is told as a failure. */
export interface Check {
  readonly name: string;
  readonly run: (needs: CheckNeeds) => Promise<CheckResult>;
}

/** It is as it should be. */
export function ok(what: string): CheckResult {
  return { status: 'ok', what, todo: null };
}

/** It works, and may be meant otherwise. */
export function warn(what: string, todo: string): CheckResult {
  return { status: 'warn', what, todo };
}

/** It does not work. */
export function fail(what: string, todo: string): CheckResult {
  return { status: 'fail', what, todo };
}

/** What was to be checked could not be reached. */
export class NotReached extends Error {
  /** `why`: the system's word for it, such as ECONNREFUSED. */
  constructor(host: string, why: string) {
    super(`${host} does not answer: ${why}`);
    this.name = 'NotReached';
  }
}
