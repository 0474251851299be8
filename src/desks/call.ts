import { SupportError } from '../domain/errors.ts';
import type { Clock } from '../domain/ports.ts';
import { readAtMost } from '../http/read-at-most.ts';
import { retryAfterOf } from '../http/retry-after.ts';

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
  /** Of the answer; 64 KiB unless told. */
  readonly mostBytes?: number;
}

/** Sends a request; gives the body of a 2xx answer, null where it broke off or was too long. Throws as `Desk` says. */
export type Call = (url: URL, request: DeskRequest) => Promise<string | null>;

/** All calls of one delivery: a desk has 20 s. */
const wholeMs = 18_000;

/** Starts the calls of one delivery. They follow no redirect. */
export function startCalls({ fetch, clock, deadlineMs = 10_000 }: CallNeeds): Call {
  const whole = AbortSignal.timeout(wholeMs);
  return async (url, { mostBytes = 65_536, ...request }) => {
    const signal = AbortSignal.any([whole, AbortSignal.timeout(deadlineMs)]);
    const headers = { 'user-agent': 'Latchkey', ...request.headers };
    const answer = await fetch(url, { ...request, headers, redirect: 'manual', signal }).catch((cause: unknown) => {
      throw new SupportError('desk-unavailable', { cause });
    });
    // Where it breaks off, the status was told before.
    const text = await readAtMost(answer.body, mostBytes).catch(() => null);
    judge(answer, clock);
    return text;
  };
}

/** What was answered besides the status is left out: it may repeat the ticket. */
function judge({ status, headers }: Response, clock: Clock): void {
  if (status >= 200 && status < 300) return;
  const detail = `The desk answered ${status}.`;
  // 408: the far end's own timeout.
  if (status < 500 && status !== 429 && status !== 408) throw new SupportError('desk-refused', { detail });
  throw new SupportError('desk-unavailable', {
    detail,
    retryAfterMs: retryAfterOf((name) => headers.get(name), clock.now()),
  });
}
