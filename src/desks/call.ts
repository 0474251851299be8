import { SupportError } from '../domain/errors.ts';
import type { Clock } from '../domain/ports.ts';
import { readAtMost } from '../http/read-at-most.ts';
import { retryAfterOf } from '../http/retry-after.ts';
import { whyUnreached } from '../http/why-unreached.ts';
import { whyRefused } from './why-refused.ts';

/** What calls to a desk need. */
export interface CallNeeds {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** For one call, its answer’s body too; 10 s unless told. */
  readonly deadlineMs?: number;
}

/** One request of ours. */
export interface DeskRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Of the answer; 8 MB unless told. */
  readonly mostBytes?: number;
}

/** The body of a 2xx answer: `cut` where it broke off, `long` where it was longer than anything a desk has to say. */
export type DeskAnswer = { readonly text: string } | 'cut' | 'long';

/** Sends a request. Throws as `Desk` says. */
export type Call = (url: URL, request: DeskRequest) => Promise<DeskAnswer>;

/** All calls of one delivery: a desk has 20 s. */
const wholeMs = 18_000;
/** A page of a list holds a hundred tickets with all they have. */
const longestAnswer = 8_000_000;
/**
 * What passes by itself: our or their timeout, two writers at once (Zendesk’s “DatabaseConflict”), a lock, a replay that
 * came too early, a limit.
 */
const passing: readonly number[] = [408, 409, 423, 425, 429];

/** Starts the calls of one delivery. They follow no redirect. */
export function startCalls({ fetch, clock, deadlineMs = 10_000 }: CallNeeds): Call {
  const whole = AbortSignal.timeout(wholeMs);
  return async (url, { mostBytes = longestAnswer, ...request }) => {
    const signal = AbortSignal.any([whole, AbortSignal.timeout(deadlineMs)]);
    const headers = { 'user-agent': 'Latchkey', ...request.headers };
    const answer = await fetch(url, { ...request, headers, redirect: 'manual', signal }).catch((cause: unknown) => {
      const detail = `${url.host} did not answer: ${whyUnreached(cause)}.`;
      throw new SupportError('desk-unavailable', { cause, detail });
    });
    // Where it breaks off, the status was told before.
    const read = await readAtMost(answer.body, mostBytes).then(
      (text): DeskAnswer => (text === null ? 'long' : { text }),
      (): DeskAnswer => 'cut',
    );
    judge(answer, typeof read === 'string' ? '' : whyRefused(read.text, request.body ?? ''), clock);
    return read;
  };
}

function judge({ status, headers }: Response, why: string, clock: Clock): void {
  if (status >= 200 && status < 300) return;
  const detail = `The desk answered ${status}${why === '' ? '' : ` (${why})`}.`;
  if (status < 500 && !passing.includes(status)) throw new SupportError('desk-refused', { detail });
  throw new SupportError('desk-unavailable', {
    detail,
    retryAfterMs: retryAfterOf((name) => headers.get(name), clock.now()),
  });
}
