import { mock } from 'node:test';

/** From now on deadlines pass within 300 ms, but only while something never answers; the result ends that. */
export function hastenDeadlines(isSilent: () => boolean): () => void {
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  const hasty = mock.method(AbortSignal, 'timeout', (ms: number) => timeout(isSilent() ? Math.min(ms, 300) : ms));
  return () => hasty.mock.restore();
}
