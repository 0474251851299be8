import { z } from 'zod/v4';
import type { Tickets } from '../domain/ports.ts';
import { text } from '../domain/schemas.ts';
import type { OpenStream, Socket } from '../http/route.ts';
import type { Bell } from './bell.ts';

/** What a console's live stream stands on. */
export interface StreamNeeds {
  readonly bell: Bell;
  readonly tickets: Pick<Tickets, 'find'>;
  /** Sends what was said after `seq`, then what comes; call the result to listen no more. */
  readonly listen: (conversationId: string, seq: number, socket: Socket) => () => void;
}

/** Opens a console's stream, and ends it when its agent is not signed in any more. */
export type ConsoleStream = (stillIn: () => Promise<boolean>) => OpenStream;

const askEveryMs = 5_000;
const order = z.strictObject({
  watch: text(40).nullable(),
  watermark: z
    .string()
    .regex(/^\d{1,15}$/)
    .default('0'),
});

/**
 * Tells `{changed: number}` of every ticket that changes, and of the watched one what is said: `{ticket, activities,
 * watermark}`. It is told `{watch: number | null, watermark}`.
 */
export function createConsoleStream({ bell, tickets, listen }: StreamNeeds): ConsoleStream {
  return (stillIn) => (socket) => {
    let leave: (() => void) | null = null;
    let orders = 0;
    const asking = setInterval(() => void stillIn().then((isIn) => isIn || socket.close()), askEveryMs);
    const deaf = bell.listen((changed) => socket.send(JSON.stringify({ changed })));

    async function watch(ticket: string, seq: number): Promise<void> {
      const mine = orders;
      const found = await tickets.find(ticket);
      // Another ticket may have been asked for meanwhile.
      if (!found || mine !== orders) return;
      const head = `{"ticket":${JSON.stringify(ticket)},`;
      const telling: Socket = {
        send: (frame) => socket.send(head + frame.slice(1)),
        close: () => socket.close(),
        get buffered() {
          return socket.buffered;
        },
      };
      leave = listen(found.ticket.conversationId, seq, telling);
    }

    return {
      hear(frame) {
        const { data } = order.safeParse(parsed(frame));
        if (!data) {
          socket.close();
          return;
        }
        leave?.();
        leave = null;
        orders += 1;
        if (data.watch !== null) watch(data.watch, Number(data.watermark)).catch(() => socket.close());
      },
      leave() {
        orders += 1;
        leave?.();
        deaf();
        clearInterval(asking);
      },
    };
  };
}

function parsed(frame: string): unknown {
  try {
    return JSON.parse(frame);
  } catch {
    return null;
  }
}
