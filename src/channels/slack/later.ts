import { codeOf } from '../../domain/errors.ts';
import type { Log, SharedLimits } from '../../domain/ports.ts';
import { spend } from '../../http/rate-limit.ts';
import { createSerialRunner } from '../../http/serial-runner.ts';

/**
 * Does something for which Slack, waiting for its answer, does not wait: once, however often what caused it is delivered, and
 * to whichever process. `key` names the cause. Never throws.
 */
export type Later = (key: string, work: () => Promise<void>) => void;

/** Seconds within which Slack delivers the same again, with plenty to spare. */
const deliveredWithin = 3_600;

/** What runs later, and when nothing does any more. */
export function createLater({ limits, log }: { readonly limits: SharedLimits; readonly log: Log }) {
  const firsts = limits('slack-later', 1, deliveredWithin);
  const runner = createSerialRunner<() => Promise<void>>((_, work) => work());
  const later: Later = (key, work) =>
    void runner
      .run(key, async () => {
        await spend(firsts, key);
        await work();
      })
      .catch((error: unknown) => {
        if (codeOf(error) === 'too-many-requests') return;
        log.warn({ code: codeOf(error), err: error }, 'what Slack did not wait for failed');
      });
  return { later, idle: (): Promise<void> => runner.idle() };
}
