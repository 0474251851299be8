import type { ChannelAddress, ChannelClient } from '../../domain/channels.ts';
import { SupportError } from '../../domain/errors.ts';
import { iso } from '../../domain/instant.ts';
import type { Log, StoredReply } from '../../domain/ports.ts';
import { drawReply } from '../direct-line/activity.ts';
import { createResumableSend } from '../resumable-send.ts';
import type { Connector } from '../teams/connector.ts';
import type { Drawing } from '../teams/drawing.ts';
import { render, withoutButtons } from '../teams/render.ts';
import type { Wire } from '../wire.ts';
import { addressShape, type LocalAddress } from './events.ts';
import type { ExpectedReplies } from './expected-replies.ts';
import { isLocalService } from './request-guard.ts';

interface ChannelClientNeeds {
  readonly connector: Connector;
  readonly expected: ExpectedReplies;
  readonly log: Log;
  readonly drawing: Drawing;
  /** What was chosen from the buttons of an activity that was sent to this place; null: nothing. */
  readonly chosen: (place: string, seq: number) => Promise<string | null>;
}

/** Says something in a place, to whoever waits for it there, else by the connector; gives what that calls it. */
export type Say = (to: LocalAddress, activity: Wire, timeoutMs?: number) => Promise<string>;

/** As the outbound queue sends, and as the channel itself says something. */
export interface LocalClient extends ChannelClient {
  readonly say: Say;
}

const typingMs = 3_000;

/** Sends to a tool on this machine, and nowhere else: a stored address is looked at again. */
export function createChannelClient({ connector, expected, log, drawing, chosen }: ChannelClientNeeds): LocalClient {
  const resume = createResumableSend();

  const say: Say = async (to, activity, timeoutMs) => {
    const from = { ...(activity.from as Wire | undefined), id: to.bot };
    // Web Chat in the Playground shows nothing that does not name its conversation.
    const whole = { ...activity, from, conversation: { id: to.conversation } };
    return expected.take(to.place, whole) ? '' : connector.send(to, whole, timeoutMs);
  };

  return {
    channel: 'local',
    say,
    async send(to, stored, conversationId) {
      const address = addressOf(to);
      return resume(`${conversationId}|${stored.seq}`, draw(address, stored, drawing), (part) => say(address, part));
    },
    async removeButtons(to, open, reply) {
      const address = addressOf(to);
      // Of activities the tools take the buttons away by themselves.
      if (address.draws !== 'cards' || open.ref === '') return;
      const after = withoutButtons(reply, await chosen(address.place, open.seq), drawing);
      await connector.update(address, open.ref, { ...after, id: open.ref, from: { id: address.bot } });
    },
    async typing(to) {
      try {
        const address = addressOf(to);
        if (!expected.has(address.place)) await say(address, { type: 'typing', from: { role: 'bot' } }, typingMs);
      } catch (error) {
        log.info({ err: error }, 'typing was not shown');
      }
    },
  };
}

function draw({ draws }: LocalAddress, { seq, reply, at }: StoredReply, drawing: Drawing): readonly Wire[] {
  return draws === 'cards' ? render(reply, seq, drawing) : [{ ...drawReply(reply), timestamp: iso(at) }];
}

function addressOf(to: ChannelAddress): LocalAddress {
  const read = addressShape.safeParse(to);
  if (read.success && isLocalService(read.data.service)) return read.data;
  throw new SupportError('channel-refused', { detail: 'The stored address is not on this machine.' });
}
