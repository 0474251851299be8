/** How long to wait before try number `tries` (from 0), in ms: 0.5-30 s with jitter, never less than the server asked. */
export function backoff(tries: number, retryAfter: number, random: () => number): number {
  const most = Math.min(30_000, 1000 * 2 ** tries);
  const own = 500 + random() * (most - 500);
  return Math.max(own, retryAfter && retryAfter + random() * 500);
}
