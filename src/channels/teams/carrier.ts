import { SupportError } from '../../domain/errors.ts';
import type { Carrier } from '../../domain/channels.ts';
import type { Log, Wire } from '../../domain/ports.ts';
import type { z } from 'zod/v4';
import { createParts } from '../parts.ts';
import type { Connector } from './connector.ts';
import { addressShape } from './events.ts';
import { isTrusted, type FarEnds } from './far-ends.ts';
import { render, settled } from './render.ts';

interface CarrierNeeds {
  readonly connector: Connector;
  readonly ends: FarEnds;
  readonly log: Log;
  /** What was chosen from the buttons of an activity that was sent to this address; null: nothing. */
  readonly chosen: (to: TeamsAddress, seq: number) => Promise<string | null>;
}

/** Where replies go, as Teams has it. */
export type TeamsAddress = z.infer<typeof addressShape>;

const typingMs = 3_000;

/** Sends to Teams. A stored address is looked at again: our token goes to Microsoft alone. */
export function createCarrier({ connector, ends, log, chosen }: CarrierNeeds): Carrier {
  function addressOf(to: Wire): TeamsAddress {
    const read = addressShape.safeParse(to);
    if (read.success && isTrusted(read.data.service, ends)) return read.data;
    throw new SupportError('channel-refused', { detail: 'The stored address is none of Teams.' });
  }

  const sendParts = createParts();
  const from = (activity: Wire, { bot }: TeamsAddress): Wire => ({ ...activity, from: { id: bot } });

  return {
    channel: 'teams',
    async send(to, activity, conversationId) {
      const address = addressOf(to);
      return sendParts(`${conversationId}|${activity.seq}`, render(activity), (part) =>
        connector.send(address, from(part, address)),
      );
    },
    async settle(to, open, activity) {
      const address = addressOf(to);
      if (open.ref === '') return;
      const after = settled(activity, await chosen(address, open.seq));
      await connector.update(address, open.ref, { ...from(after, address), id: open.ref });
    },
    async typing(to) {
      try {
        const address = addressOf(to);
        // Channels do not show it.
        if (address.kind === 'channel') return;
        await connector.send(address, from({ type: 'typing' }, address), typingMs);
      } catch (error) {
        log.info({ err: error }, 'typing was not shown');
      }
    },
  };
}
