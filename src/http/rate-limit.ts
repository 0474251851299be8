import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { SupportError } from '../domain/errors.ts';

/** So many points for each key in so many seconds, kept in memory for as long. */
export function createLimiter(points: number, seconds: number): RateLimiterMemory {
  return new RateLimiterMemory({ points, duration: seconds });
}

/** Spends one point of a key. Throws `too-many-requests`, which tells when there is one again. */
export async function spend(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (cause) {
    const retryAfterMs = cause instanceof RateLimiterRes ? cause.msBeforeNext : null;
    throw new SupportError('too-many-requests', { cause, retryAfterMs });
  }
}
