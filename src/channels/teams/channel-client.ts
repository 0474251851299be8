import { SupportError } from '../../domain/errors.ts';
import type { ChannelAddress, ChannelClient } from '../../domain/channels.ts';
import type { Log } from '../../domain/ports.ts';
import type { Wire } from '../wire.ts';
import type { z } from 'zod';
import { createResumableSend } from '../resumable-send.ts';
import type { Connector } from './connector.ts';
import { addressShape } from './events.ts';
import { isTrusted, type TeamsEndpoints } from './endpoints.ts';
import { render, withoutButtons } from './render.ts';

interface ChannelClientNeeds {
  readonly connector: Connector;
  readonly endpoints: TeamsEndpoints;
  readonly log: Log;
  /** What was chosen from the buttons of an activity that was sent to this address; null: nothing. */
  readonly chosen: (to: TeamsAddress, seq: number) => Promise<string | null>;
}

/** Where replies go, as Teams has it. */
export type TeamsAddress = z.infer<typeof addressShape>;

const typingMs = 3_000;

/** Sends to Teams. A stored address is looked at again: our token goes to Microsoft alone. */
export function createChannelClient({ connector, endpoints, log, chosen }: ChannelClientNeeds): ChannelClient {
  function addressOf(to: ChannelAddress): TeamsAddress {
    const read = addressShape.safeParse(to);
    if (read.success && isTrusted(read.data.service, endpoints)) return read.data;
    throw new SupportError('channel-refused', { detail: 'The stored address is none of Teams.' });
  }

  const resume = createResumableSend();
  const from = (activity: Wire, { bot }: TeamsAddress): Wire => ({ ...activity, from: { id: bot } });

  return {
    channel: 'teams',
    async send(to, { seq, reply }, conversationId) {
      const address = addressOf(to);
      return resume(`${conversationId}|${seq}`, render(reply, seq), (part) =>
        connector.send(address, from(part, address)),
      );
    },
    async removeButtons(to, open, reply) {
      const address = addressOf(to);
      if (open.ref === '') return;
      const after = withoutButtons(reply, await chosen(address, open.seq));
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
