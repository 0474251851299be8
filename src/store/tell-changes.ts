import type { Log } from '../domain/ports.ts';

/** Logs once that nothing can be stored, with why, and once that it can be again (null). */
export function tellChanges(log: Pick<Log, 'info' | 'error'> | undefined): (why: string | null) => void {
  let isUsable = true;
  return (why) => {
    if (isUsable === (why === null)) return;
    isUsable = why === null;
    if (isUsable) log?.info({}, 'what comes is stored again');
    else log?.error({ alarm: 'store-unavailable' }, `nothing can be stored: ${why ?? ''}`);
  };
}
