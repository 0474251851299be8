import { codeOf, SupportError } from '../domain/errors.ts';
import type { Instant } from '../domain/instant.ts';
import type { HttpAnswer, HttpGet, Random } from '../domain/ports.ts';
import type { Source } from '../domain/snapshot.ts';
import { backoffMs } from '../http/backoff.ts';
import { retryAfterOf } from '../http/retry-after.ts';
import { createSourceBreaker, type SourceBreaker, type SourceBreakerNeeds } from './source-breaker.ts';
import type { Reading } from './source.ts';

/** What asking carefully needs; `sleep` resolves after so many milliseconds. */
export interface ResilientGetNeeds extends SourceBreakerNeeds {
  readonly get: HttpGet;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly random: Random;
}

/** Begins a reading: all requests to all its sources share one deadline. */
export type StartReading = () => (source: Source) => Reading['get'];

/** For one reading: connecting, bodies, pauses and retries included. All in milliseconds. */
const totalMs = 2_500;
const pauseMs = 300;
/** A retry with less time for its answer is not worth making. */
const leastMs = 250;
const longestAnswer = 1_048_576;

/** How one attempt ended; `failed`: asking again might help. */
interface Attempt {
  readonly failed: boolean;
  readonly retryAfterMs: number | null;
  readonly settle: () => HttpAnswer;
}

/**
 * GETs that share a deadline of 2.5 s. Whoever is unreachable, busy (429) or failing (5xx) is asked once more, no sooner than
 * it wishes, if the time allows; whoever fails in reading after reading is left alone for a while (each source has its
 * breaker).
 */
export function createResilientGet({ get, sleep, random, ...needs }: ResilientGetNeeds): StartReading {
  const { clock } = needs;
  const breakers = new Map<Source, SourceBreaker>();

  return () => {
    const reading = { deadline: clock.now() + totalMs };
    return (source) => async (url, headers) => {
      const breaker = breakerOf(source);
      const ask = () => attempt(breaker, url, { accept: 'application/json', ...headers }, reading);
      const first = await ask();
      if (!first.failed || !breaker.isClosed()) return first.settle();
      const pause = backoffMs(1, random, { firstMs: pauseMs, retryAfterMs: first.retryAfterMs });
      if (clock.now() + pause + leastMs > reading.deadline) return first.settle();
      await sleep(pause);
      return (await ask()).settle();
    };
  };

  function breakerOf(source: Source): SourceBreaker {
    const breaker = breakers.get(source) ?? createSourceBreaker(source, needs);
    breakers.set(source, breaker);
    return breaker;
  }

  async function attempt(
    breaker: SourceBreaker,
    url: string,
    headers: Record<string, string>,
    reading: { readonly deadline: Instant },
  ): Promise<Attempt> {
    // Never more than all of it, should the clock be set back.
    const deadlineMs = Math.min(reading.deadline - clock.now(), totalMs);
    if (deadlineMs <= 0) return notAsked('no time was left to ask');
    const report = breaker.ask(reading);
    if (!report) return notAsked('not asked, because it failed again and again a moment ago');
    const answered = (answer: HttpAnswer) => attemptOf(answer, clock.now());
    const outcome = await get(url, { headers, deadlineMs, mostBytes: longestAnswer }).then(answered, threw);
    report(!outcome.failed);
    return outcome;
  }
}

function attemptOf(answer: HttpAnswer, now: Instant): Attempt {
  const { status, header } = answer;
  const retryAfterMs = retryAfterOf(header, now);
  return { failed: status === 429 || status >= 500, retryAfterMs, settle: () => answer };
}

/** Garbage is an answer too: whoever sends it is there, and would send it again. */
function threw(error: unknown): Attempt {
  return { failed: codeOf(error) !== 'account-garbage', retryAfterMs: null, settle: throwing(error) };
}

function notAsked(detail: string): Attempt {
  const error = new SupportError('account-unreachable', { detail });
  return { failed: false, retryAfterMs: null, settle: throwing(error) };
}

function throwing(error: unknown): () => never {
  return () => {
    throw error;
  };
}
