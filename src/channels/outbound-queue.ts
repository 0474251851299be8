import type { Address, Addresses, ChannelClient, OpenMessage } from '../domain/channels.ts';
import { codeOf, retryAfterIn } from '../domain/errors.ts';
import type { Events } from '../domain/events.ts';
import type { Clock, Conversations, Leases, Log, Random, StoredActivity } from '../domain/ports.ts';
import { backoffMs } from '../http/backoff.ts';
import { createSerialRunner } from '../http/serial-runner.ts';
import { isPushed } from './inbound.ts';

/** What the queue is made from. */
export interface OutboundQueueNeeds {
  readonly addresses: Addresses;
  readonly conversations: Pick<Conversations, 'activitiesAfter' | 'load'>;
  readonly leases: Leases;
  readonly clients: readonly ChannelClient[];
  readonly clock: Clock;
  readonly random: Random;
  readonly events: Events;
  readonly log: Log;
}

/** Sends what is said to the channels that do not fetch it: in order, one conversation at a time. */
export interface OutboundQueue {
  /** Sends what is new in a conversation, if it has an address; resolves when all is sent, or has to wait. */
  flush(conversationId: string): Promise<void>;
  /** Sends what is due, after a restart or a failure. */
  recover(): Promise<void>;
  /** Resolves when nothing is being sent. */
  idle(): Promise<void>;
}

const page = 20;
const atOnce = 32;
/** Longer than one message takes to be sent, or refused. */
const sendingMs = 60_000;

/** Sends stored replies as soon as they are stored. A message may come twice after a crash, and none is left out. */
export function createOutboundQueue(needs: OutboundQueueNeeds): OutboundQueue {
  const { addresses, conversations, leases, events, clock, random, log } = needs;
  const clients = new Map<string, ChannelClient>(needs.clients.map((one) => [one.channel, one]));
  const runner = createSerialRunner(run);
  events.on('activities-stored', (id, stored) => {
    if (isPushed(id) && stored.some(({ author }) => author === null)) void runner.run(id);
  });
  events.on('turn-pending', (id, { type }) => {
    if (isPushed(id) && type === 'message') void typing(id);
  });

  async function drain(id: string): Promise<void> {
    for (let address = await addresses.find(id); address; address = await addresses.find(id)) {
      const next = await conversations.activitiesAfter(id, address.sentSeq, page);
      const client = clients.get(address.channel);
      if (next.length === 0 || !client) return;
      let { open } = address;
      for (const one of next) {
        // Another process sends here by now.
        if (!(await leases.hold(leaseOf(id), sendingMs))) return;
        open = await deliver(client, { ...address, open }, one);
        await addresses.sent(id, one.seq, open);
      }
    }
  }

  /** Gives the message whose buttons are open after this one. */
  async function deliver(client: ChannelClient, address: Address, one: StoredActivity): Promise<OpenMessage | null> {
    if (one.type === 'event') return address.open;
    try {
      if (address.open) await removeButtons(client, address, address.open);
      if (one.type !== 'reply') return null;
      const ref = await client.send(address.to, one, address.conversationId);
      return one.reply.actions.length > 0 ? { ref, seq: one.seq } : null;
    } catch (error) {
      if (codeOf(error) !== 'channel-refused') throw error;
      const fields = { alarm: 'message-refused', channel: client.channel, conversation: address.conversationId };
      log.error({ ...fields, seq: one.seq, err: error }, 'the channel refused a message: it is left out');
      return null;
    }
  }

  async function removeButtons(client: ChannelClient, { to, conversationId }: Address, open: OpenMessage) {
    const [stored] = await conversations.activitiesAfter(conversationId, open.seq - 1, 1);
    if (stored?.type !== 'reply') return;
    await client.removeButtons(to, open, stored.reply, conversationId).catch((error: unknown) => {
      // Buttons that stay are worse looks, not a lost message.
      if (codeOf(error) !== 'channel-refused') throw error;
    });
  }

  async function run(id: string): Promise<void> {
    if (!(await leases.hold(leaseOf(id), sendingMs))) return;
    try {
      await drain(id);
      await leases.release(leaseOf(id));
    } catch (error) {
      await wait(id, error).catch((cause: unknown) =>
        log.error({ conversation: id, err: cause }, 'nothing is sent now'),
      );
    }
  }

  async function wait(id: string, error: unknown): Promise<void> {
    const attempts = (await addresses.find(id))?.attempts ?? 0;
    const delayMs = backoffMs(attempts + 1, random, { retryAfterMs: retryAfterIn(error) });
    log.warn({ conversation: id, delayMs, code: codeOf(error), err: error }, 'a message was not sent yet');
    await addresses.retryAt(id, clock.now() + delayMs);
  }

  /** Shows that an answer is on its way, but for a person who answers: they may take their time. */
  async function typing(id: string): Promise<void> {
    try {
      const conversation = await conversations.load(id);
      const address = conversation?.answering === null ? await addresses.find(id) : null;
      if (address) await clients.get(address.channel)?.typing(address.to);
    } catch (error) {
      log.info({ conversation: id, err: error }, 'typing was not shown');
    }
  }

  return {
    flush: (id) => runner.run(id),
    async recover() {
      const due = await addresses.due(clock.now(), atOnce);
      await Promise.all(due.filter((id) => !runner.isRunning(id)).map((id) => runner.run(id)));
    },
    idle: () => runner.idle(),
  };
}

const leaseOf = (conversationId: string) => `send ${conversationId}`;
