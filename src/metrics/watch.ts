import type { Log } from '../domain/ports.ts';
import type { Meters } from './meters.ts';
import type { StateMeterNeeds } from './state-meters.ts';

/** What is to be watched, and for whom. */
export interface WatchNeeds extends StateMeterNeeds {
  /** Who may read the meters; null: nobody, and nothing is counted. */
  readonly key: string | null;
  /** Where traces are sent to; null: nowhere, and none is made. */
  readonly traces: string | null;
  readonly log: Log;
}

/** What watches the running product. */
export interface Watch {
  readonly metrics: { readonly key: string; readonly meters: Meters } | null;
  /** Resolves when what was seen is sent. */
  stop(): Promise<void>;
}

/** Loads what is set, and nothing else. */
export async function startWatch({ key, traces, ...needs }: WatchNeeds): Promise<Watch> {
  const meters = key === null ? null : (await import('./meters.ts')).createMeters(needs);
  const sent = traces === null ? null : (await import('./traces.ts')).createTraces(traces, needs);
  return {
    metrics: key === null || meters === null ? null : { key, meters },
    async stop() {
      await sent?.stop();
    },
  };
}
