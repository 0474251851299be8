import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { SupportError } from '../domain/errors.ts';
import type { Limiter } from '../domain/ports.ts';

/** So many points for each key in so many seconds, kept in the memory of this process for as long. */
export function createLimiter(points: number, seconds: number): Limiter {
  return new RateLimiterMemory({ points, duration: seconds });
}

/** Spends one point of a key. Throws `too-many-requests`, which tells when there is one again, and what the limiter throws. */
export async function spend(limiter: Limiter, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (cause) {
    if (!(cause instanceof RateLimiterRes)) throw cause;
    throw new SupportError('too-many-requests', { cause, retryAfterMs: cause.msBeforeNext });
  }
}
