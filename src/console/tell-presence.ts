import type { Events } from '../domain/events.ts';
import { iso } from '../domain/instant.ts';
import type { Clock, Reading } from '../domain/ports.ts';
import type { PresenceJson } from '../tickets/console-json.ts';

interface PresenceNeeds {
  readonly events: Events;
  readonly reading: Pick<Reading, 'find'>;
  readonly clock: Clock;
}

/** What tells of one customer. */
export interface PresenceTelling {
  /** Tells what is otherwise than it was told: whoever is heard of no more has left when their time runs out. */
  look(): Promise<void>;
  readonly stop: () => void;
}

type Send = (frame: { readonly presence: PresenceJson } | { readonly typing: true }) => void;

/** Tells whether the customer of a conversation is there, how far they read, and that they write, now and whenever it changes. */
export function tellPresence({ events, reading, clock }: PresenceNeeds, id: string, send: Send): PresenceTelling {
  let told = '';
  const state = { isOver: false };

  async function look(): Promise<void> {
    // What cannot be read now is told the next time.
    const read = await reading.find(id).catch(() => null);
    if (!read || state.isOver) return;
    const { hereUntil, seenSeq: seen } = read;
    const here = hereUntil !== null && hereUntil > clock.now();
    const presence = { here, leftAt: here || hereUntil === null ? null : iso(hereUntil), seen };
    if (JSON.stringify(presence) === told) return;
    told = JSON.stringify(presence);
    send({ presence });
  }

  const changed = (which: string) => {
    if (which === id) void look();
  };
  const typing = (which: string) => {
    if (which === id) send({ typing: true });
  };
  events.on('reading-changed', changed);
  events.on('customer-typing', typing);
  void look();
  return {
    look,
    stop() {
      state.isOver = true;
      events.off('reading-changed', changed);
      events.off('customer-typing', typing);
    },
  };
}
