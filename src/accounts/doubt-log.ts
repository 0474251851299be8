import type { Clock, Log } from '../domain/ports.ts';
import type { Source } from '../domain/snapshot.ts';
import type { Doubt } from './source.ts';

/** What a log of doubts needs; `doubtful` counts each one by its path. */
export interface DoubtLogNeeds {
  readonly clock: Clock;
  readonly log: Log;
  readonly doubtful?: ((path: string) => void) | undefined;
}

/** Customers differ: a doubt has gone when for so long no answer had it. */
const goneAfterMs = 60 * 60_000;

/** Takes what was doubtful in one answer of a source: counts it, and logs it when it begins and when it has gone. */
export function createDoubtLog({ clock, log, doubtful }: DoubtLogNeeds) {
  const seen = new Map<string, Doubt & { readonly source: Source; readonly at: number }>();

  return (source: Source, doubts: readonly Doubt[]): void => {
    const at = clock.now();
    for (const { path, why } of doubts) {
      const key = JSON.stringify([source, path, why]);
      doubtful?.(path);
      if (!seen.has(key)) log.warn({ source, path, why }, 'something in an answer is doubtful');
      seen.set(key, { source, path, why, at });
    }
    for (const [key, { at: last, ...gone }] of seen) {
      if (gone.source !== source || last + goneAfterMs > at) continue;
      seen.delete(key);
      log.info(gone, 'it is not doubtful any more');
    }
  };
}
