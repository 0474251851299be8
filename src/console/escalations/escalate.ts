import { codeOf, SupportError } from '../../domain/errors.ts';
import type { Board, Escalation, Escalations, TicketSummary } from '../../domain/escalation.ts';
import type { Clock, Log } from '../../domain/ports.ts';
import type { FiledTicket } from '../../domain/ticket.ts';

/** What it stands on. */
export interface EscalateNeeds {
  readonly escalations: Escalations;
  readonly summaryOf: (filed: FiledTicket) => TicketSummary;
  readonly clock: Clock;
  readonly log: Log;
}

/** Keeps a board as the tickets are. */
export interface Escalator {
  /** Shows what is due; resolves when all is shown, or has to wait. */
  run(): Promise<void>;
  /** Shows no more; resolves when nothing is being shown. */
  stop(): Promise<void>;
}

const page = 20;
const longestPauseMs = 300_000;

/**
 * One message after the other; while the channel takes nothing it is asked with one ticket at a time, another one each time.
 * After a crash, or an answer of the channel that came too late, a ticket may be posted twice; none is left out.
 */
export function createEscalator(board: Board, needs: EscalateNeeds): Escalator {
  const { escalations, clock, log } = needs;
  const { channel } = board;
  /** Posted, though the store does not know it yet. */
  const unmarked = new Map<string, string>();
  const pause = { until: 0, failures: 0 };
  const isStopping = () => stopping;
  let running = Promise.resolve();
  let [busy, again, stopping] = [false, false, false];

  async function showAll(): Promise<void> {
    try {
      while (again && !isStopping() && clock.now() >= pause.until) {
        again = false;
        const due = await escalations.due(channel, page);
        const first = pause.failures % Math.max(due.length, 1);
        for (const one of due.slice(first)) if (!isStopping()) await show(one);
        again ||= due.length === page;
      }
    } catch (error) {
      wait(error);
    } finally {
      busy = false;
    }
  }

  async function show(one: Escalation): Promise<void> {
    const { number } = one.filed.ticket;
    let ref: string | null = null;
    try {
      ref = await draw(needs.summaryOf(one.filed), one.ref ?? unmarked.get(number) ?? null);
      unmarked.set(number, ref);
    } catch (error) {
      if (codeOf(error) !== 'channel-refused') throw error;
      const told = { alarm: 'escalation-refused', channel, ticket: number, err: error };
      log.error(told, 'the channel refused to show a ticket: it is in the queue all the same');
    }
    await escalations.shown(one, ref);
    unmarked.delete(number);
    pause.failures = 0;
  }

  /** What cannot be shown anew is posted anew: somebody deleted the message, or the board is elsewhere now. */
  async function draw(summary: TicketSummary, ref: string | null): Promise<string> {
    if (ref === null) return board.post(summary);
    try {
      await board.update(ref, summary);
      return ref;
    } catch (error) {
      if (codeOf(error) !== 'channel-refused') throw error;
      return board.post(summary);
    }
  }

  function wait(error: unknown): void {
    const asked = error instanceof SupportError ? (error.retryAfterMs ?? 0) : 0;
    const delayMs = Math.min(Math.max(asked, 1_000 * 2 ** pause.failures), longestPauseMs);
    pause.failures += 1;
    pause.until = clock.now() + delayMs;
    const told = { channel, delayMs, code: codeOf(error), err: error };
    if (error instanceof SupportError) log.warn(told, 'tickets are not shown in their channel yet');
    else log.error(told, 'tickets are not shown in their channel');
  }

  return {
    async run() {
      again = true;
      if (!busy) {
        busy = true;
        running = showAll();
      }
      await running;
    },
    async stop() {
      stopping = true;
      await running;
    },
  };
}
