import { AsyncLocalStorage } from 'node:async_hooks';
import { codeOf } from './errors.ts';

/** What something was about, or how it ended: slugs, never words, names or addresses. */
export type WorkFacts = Readonly<Record<string, string>>;

/** A part of a work that is waited for, and what traces call it. */
export type PartKind = 'recognition' | 'account-read' | 'store-read' | 'store-commit';

/** A part that ended; `from` and `to` in milliseconds of this process. */
export interface WorkPart {
  readonly kind: PartKind;
  readonly facts: WorkFacts;
  readonly from: number;
  readonly to: number;
}

/** A request or a turn that is under way. */
export interface Work {
  /** Null: it was taken up by ourselves. */
  readonly request: string | null;
  /** Null: it is of none, or that is not known yet. */
  readonly conversation: string | null;
  readonly facts: WorkFacts;
  readonly parts: readonly WorkPart[];
}

interface Open extends Work {
  conversation: string | null;
  facts: WorkFacts;
  readonly parts: WorkPart[];
}

const works = new AsyncLocalStorage<Open>();

/** Runs a work: all that it waits for belongs to it. */
export function during<T>({ request, conversation }: Pick<Work, 'request' | 'conversation'>, run: () => T): T {
  return works.run({ request, conversation, facts: {}, parts: [] }, run);
}

/** The work that is under way here; undefined: none. */
export function currentWork(): Work | undefined {
  return works.getStore();
}

/** The ids of the work that is under way, for lines of the log. */
export function workIds(): WorkFacts {
  const { request = null, conversation = null } = works.getStore() ?? {};
  return { ...(request !== null && { request }), ...(conversation !== null && { conversation }) };
}

/** The work that is under way is of this conversation. */
export function ofConversation(id: string): void {
  const work = works.getStore();
  if (work) work.conversation = id;
}

/** Adds to what is known of the work that is under way. */
export function noteFacts(facts: WorkFacts): void {
  const work = works.getStore();
  if (work) work.facts = { ...work.facts, ...facts };
}

/** Waits for a part of the work; its fact `result` is `ok`, what `resultOf` says, or the code of what was thrown. */
export async function timed<T>(
  kind: PartKind,
  facts: WorkFacts,
  run: () => Promise<T>,
  resultOf: (value: T) => string = () => 'ok',
): Promise<T> {
  const from = performance.now();
  const end = (result: string) =>
    works.getStore()?.parts.push({ kind, facts: { ...facts, result }, from, to: performance.now() });
  try {
    const value = await run();
    end(resultOf(value));
    return value;
  } catch (error) {
    end(codeOf(error));
    throw error;
  }
}
