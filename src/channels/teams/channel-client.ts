import { SupportError } from '../../domain/errors.ts';
import type { Addresses, ChannelAddress, ChannelClient } from '../../domain/channels.ts';
import type { Log, StoredReply } from '../../domain/ports.ts';
import type { Wire } from '../wire.ts';
import type { z } from 'zod';
import { createResumableSend } from '../resumable-send.ts';
import type { Connector } from './connector.ts';
import { addressShape } from './events.ts';
import type { Drawing } from './drawing.ts';
import { isTrusted, type TeamsEndpoints } from './endpoints.ts';
import { hasButtons, render, withoutButtons } from './render.ts';

interface ChannelClientNeeds {
  readonly connector: Connector;
  readonly endpoints: TeamsEndpoints;
  readonly log: Log;
  readonly drawing: Drawing;
  /** Keeps what Teams calls a message that can be judged. */
  readonly named: Addresses['named'];
  /** The event that follows a reply at this address; null: none does. */
  readonly eventBehind: (to: TeamsAddress, conversationId: string, stored: StoredReply) => Promise<Wire | null>;
  /** What was chosen from the buttons of an activity that was sent to this address; null: nothing. */
  readonly chosen: (to: TeamsAddress, seq: number) => Promise<string | null>;
}

/** Where replies go, as Teams has it. */
export type TeamsAddress = z.infer<typeof addressShape>;

const typingMs = 3_000;

/** Sends to Teams. A stored address is looked at again: our token goes to Microsoft alone. */
export function createChannelClient(needs: ChannelClientNeeds): ChannelClient {
  const { connector, endpoints, log, drawing } = needs;
  function addressOf(to: ChannelAddress): TeamsAddress {
    const read = addressShape.safeParse(to);
    if (read.success && isTrusted(read.data.service, endpoints)) return read.data;
    throw new SupportError('channel-refused', { detail: 'The stored address is none of Teams.' });
  }

  const resume = createResumableSend();
  const from = (activity: Wire, { bot }: TeamsAddress): Wire => ({ ...activity, from: { id: bot } });

  return {
    channel: 'teams',
    async send(to, stored, conversationId) {
      const { seq, reply } = stored;
      const address = addressOf(to);
      const event = await needs.eventBehind(address, conversationId, stored);
      const parts = [...render(reply, seq, drawing), ...(event ? [event] : [])];
      const ref = await resume(`${conversationId}|${seq}`, parts, async (part, before) => {
        const sent = await connector.send(address, from(part, address));
        return part === event ? before : sent;
      });
      if (reply.kind === 'feedback' && ref !== '') await needs.named(conversationId, seq, ref);
      return ref;
    },
    async removeButtons(to, open, reply) {
      const address = addressOf(to);
      if (open.ref === '' || !hasButtons(reply, drawing)) return;
      const after = withoutButtons(reply, await needs.chosen(address, open.seq), drawing);
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
