import { codeOf, SupportError } from '../../domain/errors.ts';
import type { Board, BoardChannel, Escalation, Escalations, TicketSummary } from '../../domain/escalation.ts';
import type { Clock, Log } from '../../domain/ports.ts';
import type { FiledTicket } from '../../domain/ticket.ts';

/** What it stands on; `boards`: of each channel one at the most. */
export interface EscalateNeeds {
  readonly escalations: Escalations;
  readonly boards: readonly Board[];
  readonly summaryOf: (filed: FiledTicket) => TicketSummary;
  readonly clock: Clock;
  readonly log: Log;
}

/** Keeps the boards as the tickets are. */
export interface Escalator {
  /** Shows what is due; resolves when all is shown, or has to wait. */
  run(): Promise<void>;
  /** Resolves when nothing is being shown. */
  idle(): Promise<void>;
}

const page = 20;
const longestPauseMs = 300_000;

/** One message after the other. After a crash a ticket may be posted twice, and none is left out. */
export function createEscalator(needs: EscalateNeeds): Escalator {
  const { escalations, clock, log } = needs;
  const boards = new Map(needs.boards.map((board) => [board.channel, board]));
  const channels = [...boards.keys()];
  let running: Promise<void> | null = null;
  let again = false;

  async function showAll(): Promise<void> {
    while (again) {
      again = false;
      const due = await escalations.due(channels, clock.now(), page);
      const down = new Set<BoardChannel>();
      for (const one of due) if (!down.has(one.channel) && !(await show(one))) down.add(one.channel);
      again ||= due.length === page && down.size === 0;
    }
  }

  /** False: the channel takes nothing now. */
  async function show(escalation: Escalation): Promise<boolean> {
    try {
      await escalations.shown(escalation, await drawn(escalation));
    } catch (error) {
      if (codeOf(error) !== 'channel-refused') return wait(escalation, error);
      await giveUp(escalation, error);
    }
    return true;
  }

  async function drawn({ filed, channel, ref }: Escalation): Promise<string> {
    const board = boards.get(channel);
    const summary = needs.summaryOf(filed);
    if (!board) throw new SupportError('channel-unavailable');
    if (ref === null) return board.post(summary);
    await board.update(ref, summary);
    return ref;
  }

  /** Its next change is shown in a new message: somebody may have deleted this one, or put the bot out of the channel. */
  async function giveUp(escalation: Escalation, error: unknown): Promise<void> {
    const told = { alarm: 'escalation-refused', channel: escalation.channel, ticket: escalation.filed.ticket.number };
    log.error({ ...told, err: error }, 'the channel refused to show a ticket: it is in the queue all the same');
    await escalations.shown(escalation, null);
  }

  async function wait(escalation: Escalation, error: unknown): Promise<false> {
    const { filed, channel, attempts } = escalation;
    const asked = error instanceof SupportError ? (error.retryAfterMs ?? 0) : 0;
    const delayMs = Math.min(Math.max(asked, 1_000 * 2 ** attempts), longestPauseMs);
    const told = { channel, ticket: filed.ticket.number, delayMs, code: codeOf(error) };
    log.warn({ ...told, err: error }, 'a ticket is not shown in its channel yet');
    await escalations.retryAt(escalation, clock.now() + delayMs);
    return false;
  }

  return {
    async run() {
      if (channels.length === 0) return;
      again = true;
      running ??= showAll()
        .catch((error: unknown) => log.error({ err: error }, 'the escalations failed'))
        .finally(() => {
          running = null;
        });
      await running;
    },
    async idle() {
      await running;
    },
  };
}
