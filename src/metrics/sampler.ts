import type { Instant } from '../domain/instant.ts';
import type { Backlog } from '../domain/operations.ts';
import type { Clock, Store } from '../domain/ports.ts';

/** How it stood at `at`; `backlog` null: it could not be counted. */
export interface Sample {
  readonly at: Instant;
  /** Whether a message could be stored. */
  readonly ready: boolean;
  readonly backlog: Backlog | null;
}

const keptMs = 10_000;

/** Looks how it stands, however many ask: once in ten seconds at the most. Never throws. */
export function createSampler(store: Pick<Store, 'ready' | 'backlog'>, clock: Clock): () => Promise<Sample> {
  let last: { readonly at: Instant; readonly sample: Promise<Sample> } | null = null;

  async function look(at: Instant): Promise<Sample> {
    const ready = await store.ready().then(
      () => true,
      () => false,
    );
    return { at, ready, backlog: await store.backlog().catch(() => null) };
  }

  return () => {
    const now = clock.now();
    if (last && now >= last.at && now - last.at < keptMs) return last.sample;
    last = { at: now, sample: look(now) };
    return last.sample;
  };
}
