import { z } from 'zod';
import type { Agent } from '../domain/agent.ts';
import { codeOf } from '../domain/errors.ts';
import type { Events } from '../domain/events.ts';
import { parseJson } from '../domain/parse-json.ts';
import type { Clock, Reading, Tickets } from '../domain/ports.ts';
import { text } from '../domain/schemas.ts';
import type { OpenStream, Socket, StreamRoute } from '../http/route.ts';
import type { ConsoleFrame } from '../tickets/console-json.ts';
import type { AuthGuard } from './auth-guard.ts';
import { maySeePersons, withoutWords } from './impersonal.ts';
import { talksOf } from './talks-of.ts';
import { tellPresence, type PresenceTelling } from './tell-presence.ts';

export interface StreamNeeds {
  readonly auth: AuthGuard;
  readonly events: Events;
  readonly tickets: Pick<Tickets, 'find' | 'joined'>;
  readonly reading: Pick<Reading, 'find'>;
  readonly clock: Clock;
  /** Sends what was said after `seq`, then what comes; call the result to listen no more. */
  readonly listen: (conversationId: string, seq: number, socket: Socket) => () => void;
}

const askEveryMs = 5_000;
/** Whoever says so more often says it as often as this. */
const typingEveryMs = 2_000;
const typing = z.strictObject({ typing: z.literal(true) });
const order = z.strictObject({
  watch: text(40).nullable(),
  watermark: z
    .string()
    .regex(/^\d{1,15}$/)
    .default('0'),
});

/**
 * Sends a `ConsoleFrame` for every ticket that changes and for what is said in the watched one's conversations. It takes
 * `{watch: number | null, watermark}`, and `{typing: true}` while its agent writes in the watched one.
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
function openStream(needs: StreamNeeds, agentNow: () => Promise<Agent>): OpenStream {
  const { events, tickets, listen, clock } = needs;
  return (socket) => {
    let leave: (() => void) | null = null;
    let presences: readonly PresenceTelling[] = [];
    let watched: string | null = null;
    let typedAt = -Infinity;
    let orders = 0;
    const endUnlessAway = (error: unknown) => {
      // Nothing is shown of a store that is away; the next time tells.
      if (codeOf(error) !== 'store-unavailable') socket.close();
    };
    const asking = setInterval(() => {
      void agentNow().catch(endUnlessAway);
      for (const presence of presences) void presence.look();
    }, askEveryMs);
    const tell = (changed: string) => socket.send(JSON.stringify({ changed } satisfies ConsoleFrame));
    events.on('ticket-changed', tell);
    events.on('ticket-changed-elsewhere', tell);

    async function watch(ticket: string, seq: number): Promise<void> {
      const mine = orders;
      const [found, agent] = await Promise.all([tickets.find(ticket), agentNow()]);
      const talks = found ? await talksOf(tickets, found) : [];
      // Another ticket may have been asked for meanwhile.
      if (mine !== orders) return;
      const shown = maySeePersons(agent) ? (frame: string) => frame : withoutWords;
      const gone = talks.map(({ ticket: { number, conversationId } }) => {
        const head = number === ticket ? { ticket } : { ticket, of: number };
        // How far the page has read is known of the ticket's own conversation.
        const after = number === ticket ? seq : 0;
        return listen(conversationId, after, headed(JSON.stringify(head), shown));
      });
      presences = talks.map(({ ticket: { number, conversationId } }) => {
        const head = number === ticket ? { ticket } : { ticket, of: number };
        return tellPresence(needs, conversationId, (news) =>
          socket.send(JSON.stringify({ ...head, ...news } satisfies ConsoleFrame)),
        );
      });
      const stops = [...gone, ...presences.map(({ stop }) => stop)];
      leave = () => stops.forEach((one) => one());
    }

    /** The socket, with these members before those of each frame. */
    const headed = (head: string, shown: (frame: string) => string): Socket => ({
      send: (frame) => socket.send(`${head.slice(0, -1)},${shown(frame).slice(1)}`),
      close: () => socket.close(),
      get buffered() {
        return socket.buffered;
      },
    });

    /** The customer sees only that who has the ticket is writing. */
    async function type(): Promise<void> {
      const now = clock.now();
      if (watched === null || (now >= typedAt && now - typedAt < typingEveryMs)) return;
      typedAt = now;
      const [found, agent] = await Promise.all([tickets.find(watched), agentNow()]);
      if (!agent.roles.includes('agent') || found?.work.holder?.id !== agent.id) return;
      for (const { ticket } of await talksOf(tickets, found)) events.emit('person-typing', ticket.conversationId);
    }

    function stopWatching(): void {
      orders += 1;
      leave?.();
      leave = watched = null;
      presences = [];
    }

    return {
      receive(frame) {
        const told = parseJson(frame);
        if (typing.safeParse(told).success) {
          type().catch(endUnlessAway);
          return;
        }
        const { data } = order.safeParse(told);
        if (!data) {
          socket.close();
          return;
        }
        stopWatching();
        watched = data.watch;
        if (data.watch !== null) watch(data.watch, Number(data.watermark)).catch(() => socket.close());
      },
      leave() {
        stopWatching();
        events.off('ticket-changed', tell);
        events.off('ticket-changed-elsewhere', tell);
        clearInterval(asking);
      },
    };
  };
}
