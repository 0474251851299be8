import type { Address, Addresses, Carrier, OpenMessage } from '../domain/channels.ts';
import { codeOf, SupportError } from '../domain/errors.ts';
import type { Clock, Conversations, Log, Random, StoredActivity, Wire } from '../domain/ports.ts';

/** What the courier stands on. */
export interface CourierNeeds {
  readonly addresses: Addresses;
  readonly conversations: Pick<Conversations, 'activitiesAfter'>;
  readonly carriers: readonly Carrier[];
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Sends what is said to the channels that do not fetch it: in order, one conversation at a time. */
export interface Courier {
  /** Sends what is new in a conversation, if it has an address; resolves when all is sent, or has to wait. */
  wake(conversationId: string): Promise<void>;
  /** Sends what is due, after a restart or a failure. */
  recover(): Promise<void>;
  /** Shows that an answer is on its way. */
  typing(conversationId: string): Promise<void>;
  /** Resolves when nothing is being sent. */
  idle(): Promise<void>;
}

const page = 20;
const atOnce = 32;
const longestPauseMs = 300_000;

/** A courier over the stored activities. A message may come twice after a crash, and none is left out. */
export function createCourier(needs: CourierNeeds): Courier {
  const { addresses, conversations, clock, log } = needs;
  const carriers = new Map<string, Carrier>(needs.carriers.map((one) => [one.channel, one]));
  const running = new Map<string, Promise<void>>();

  async function drain(id: string): Promise<void> {
    for (let address = await addresses.find(id); address; address = await addresses.find(id)) {
      const next = await conversations.activitiesAfter(id, address.sentSeq, page);
      const carrier = carriers.get(address.channel);
      if (next.length === 0 || !carrier) return;
      let { open } = address;
      for (const one of next) {
        open = await deliver(carrier, { ...address, open }, one);
        await addresses.sent(id, one.seq, open);
      }
    }
  }

  /** Gives the message whose buttons are open after this one. */
  async function deliver(carrier: Carrier, address: Address, one: StoredActivity): Promise<OpenMessage | null> {
    if (one.activity.type !== 'message') return address.open;
    try {
      if (address.open) await settle(carrier, address, address.open);
      if (!isOurs(one.activity)) return null;
      const ref = await carrier.send(address.to, one, address.conversationId);
      return hasButtons(one.activity) ? { ref, seq: one.seq } : null;
    } catch (error) {
      if (codeOf(error) !== 'channel-refused') throw error;
      const told = { alarm: 'message-refused', channel: carrier.channel, conversation: address.conversationId };
      log.error({ ...told, seq: one.seq, err: error }, 'the channel refused a message: it is left out');
      return null;
    }
  }

  async function settle(carrier: Carrier, { to, conversationId }: Address, open: OpenMessage): Promise<void> {
    const [stored] = await conversations.activitiesAfter(conversationId, open.seq - 1, 1);
    if (!stored) return;
    await carrier.settle(to, open, stored.activity).catch((error: unknown) => {
      // Buttons that stay are worse looks, not a lost message.
      if (codeOf(error) !== 'channel-refused') throw error;
    });
  }

  async function run(id: string): Promise<void> {
    try {
      await drain(id);
    } catch (error) {
      const asked = error instanceof SupportError ? (error.retryAfterMs ?? 0) : 0;
      const attempts = (await addresses.find(id))?.attempts ?? 0;
      const delayMs = Math.min(Math.max(asked, 1_000 * 2 ** attempts), longestPauseMs);
      log.warn({ conversation: id, delayMs, code: codeOf(error), err: error }, 'a message was not sent yet');
      await addresses.retryAt(id, clock.now() + delayMs);
    }
  }

  function wake(id: string): Promise<void> {
    const before = running.get(id) ?? Promise.resolve();
    const mine: Promise<void> = before
      .then(() => run(id))
      .catch((error: unknown) => log.error({ conversation: id, err: error }, 'the courier failed'))
      .finally(() => {
        if (running.get(id) === mine) running.delete(id);
      });
    running.set(id, mine);
    return mine;
  }

  return {
    wake,
    async recover() {
      const due = await addresses.due(clock.now(), atOnce);
      await Promise.all(due.filter((id) => !running.has(id)).map(wake));
    },
    async typing(id) {
      const address = await addresses.find(id);
      if (address) await carriers.get(address.channel)?.typing(address.to);
    },
    async idle() {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}

function isOurs({ from }: Wire): boolean {
  return (from as { role?: string } | undefined)?.role === 'bot';
}

function hasButtons({ suggestedActions }: Wire): boolean {
  return suggestedActions !== undefined;
}
