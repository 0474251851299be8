import { z } from 'zod';
import type { Instant } from '../domain/instant.ts';
import { known, unknownFact, type Fact } from '../domain/snapshot.ts';

/** What an answer was asked for: when, and with which object; `hasNo`: of which members the company has nothing. */
export interface Asked {
  readonly at: Instant;
  readonly object?: string | undefined;
  readonly hasNo: ReadonlySet<string>;
}

/** How one member of a snapshot is read from an answer. */
export interface MemberReader<T> {
  /** Where the answer tells it. */
  readonly path: readonly string[];
  /** What the answer is where it tells it. */
  readonly answer: z.ZodType;
  /** Whether the answer says nothing of it, not even something malformed. */
  isAbsent(answer: unknown): boolean;
  /** What is absent or malformed is unknown; undefined from `take`, too. */
  read(answer: unknown, asked: Asked): Fact<T>;
}

interface Options<S, T> {
  readonly take: (value: S, asked: Asked) => T | undefined;
  /** Most companies do not tell it: its absence is expected. */
  readonly rarely?: boolean;
  /** What has to stand below the path, in any part of a list. */
  readonly below?: readonly string[];
  /** Whether it was asked for at all. */
  readonly isAsked?: (asked: Asked) => boolean;
  readonly isAbsent?: (answer: unknown) => boolean;
}

/** Reads what stands at `path`, where it is as `schema` has it. */
export function reader<S, T>(path: readonly string[], schema: z.ZodType<S>, options: Options<S, T>): MemberReader<T> {
  const { take, rarely = false, below = [], isAsked = () => true } = options;
  const answerOf = path.reduceRight<z.ZodType>((inner, name) => z.object({ [name]: inner }), schema);
  const isAbsent = options.isAbsent ?? ((answer) => isUntold(answer, [...path, ...below]));
  return {
    path,
    answer: answerOf,
    isAbsent,
    read(answer, asked) {
      if (!isAsked(asked) || (rarely && isAbsent(answer))) return unknownFact('not-connected', 'account-api', asked.at);
      const checked = answerOf.safeParse(answer);
      const value = checked.success ? take(valueAt(checked.data, path) as S, asked) : undefined;
      return value === undefined
        ? unknownFact('not-told', 'account-api', asked.at)
        : known(value, 'account-api', asked.at);
    },
  };
}

/** The value at a path of members; undefined where there is none. */
export function valueAt(node: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (one, name) => (typeof one === 'object' && one !== null ? (one as Record<PropertyKey, unknown>)[name] : undefined),
    node,
  );
}

/** Whether nothing stands at a path; of a list, in any of its parts. */
function isUntold(node: unknown, path: readonly string[]): boolean {
  const [name, ...rest] = path;
  if (node === undefined) return true;
  if (name === undefined || typeof node !== 'object' || node === null) return false;
  // A list in a list is malformed, and may be deeper than the stack.
  if (Array.isArray(node)) return node.every((one) => !Array.isArray(one) && isUntold(one, path));
  return isUntold((node as Readonly<Record<string, unknown>>)[name], rest);
}
