import { z } from 'zod';
import type { Agent } from '../domain/agent.ts';
import { codeOf } from '../domain/errors.ts';
import type { Events } from '../domain/events.ts';
import { parseJson } from '../domain/parse-json.ts';
import type { Tickets } from '../domain/ports.ts';
import { text } from '../domain/schemas.ts';
import type { OpenStream, Socket, StreamRoute } from '../http/route.ts';
import type { ConsoleFrame } from '../tickets/console-json.ts';
import type { AuthGuard } from './auth-guard.ts';
import { maySeePersons, withoutWords } from './impersonal.ts';

export interface StreamNeeds {
  readonly auth: AuthGuard;
  readonly events: Events;
  readonly tickets: Pick<Tickets, 'find'>;
  /** Sends what was said after `seq`, then what comes; call the result to listen no more. */
  readonly listen: (conversationId: string, seq: number, socket: Socket) => () => void;
}

const askEveryMs = 5_000;
const order = z.strictObject({
  watch: text(40).nullable(),
  watermark: z
    .string()
    .regex(/^\d{1,15}$/)
    .default('0'),
});

/**
 * Sends a `ConsoleFrame` for every ticket that changes and for what is said in the watched one's conversation. It takes
 * `{watch: number | null, watermark}`.
 */
export function consoleStream(needs: StreamNeeds): StreamRoute {
  return {
    path: /^\/console\/stream$/,
    async open(request) {
      const agentNow = () => needs.auth.agentOfUpgrade(request);
      await agentNow();
      return openStream(needs, agentNow);
    },
  };
}

/** `agentNow`: who its agent is by now; the stream ends when that is nobody. */
function openStream({ events, tickets, listen }: StreamNeeds, agentNow: () => Promise<Agent>): OpenStream {
  return (socket) => {
    let leave: (() => void) | null = null;
    let orders = 0;
    const endUnlessAway = (error: unknown) => {
      // Nothing is shown of a store that is away; the next time tells.
      if (codeOf(error) !== 'store-unavailable') socket.close();
    };
    const asking = setInterval(() => void agentNow().catch(endUnlessAway), askEveryMs);
    const tell = (changed: string) => socket.send(JSON.stringify({ changed } satisfies ConsoleFrame));
    events.on('ticket-changed', tell);
    events.on('ticket-changed-elsewhere', tell);

    async function watch(ticket: string, seq: number): Promise<void> {
      const mine = orders;
      const [found, agent] = await Promise.all([tickets.find(ticket), agentNow()]);
      // Another ticket may have been asked for meanwhile.
      if (!found || mine !== orders) return;
      const head = `{"ticket":${JSON.stringify(ticket)},`;
      const shown = maySeePersons(agent) ? (frame: string) => frame : withoutWords;
      const telling: Socket = {
        send: (frame) => socket.send(head + shown(frame).slice(1)),
        close: () => socket.close(),
        get buffered() {
          return socket.buffered;
        },
      };
      leave = listen(found.ticket.conversationId, seq, telling);
    }

    return {
      receive(frame) {
        const { data } = order.safeParse(parseJson(frame));
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
        events.off('ticket-changed', tell);
        events.off('ticket-changed-elsewhere', tell);
        clearInterval(asking);
      },
    };
  };
}
