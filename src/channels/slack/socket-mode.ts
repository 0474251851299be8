import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import { retryAfterIn, SupportError } from '../../domain/errors.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Clock, Log, Random } from '../../domain/ports.ts';
import { text } from '../../domain/schemas.ts';
import { during } from '../../domain/work.ts';
import { isFault, type Answer } from '../../http/answer.ts';
import { backoffMs } from '../../http/backoff.ts';
import { parseJsonWithin } from '../../http/read-json.ts';
import type { ChannelListener } from '../channel.ts';

/** What Socket Mode is made from. */
export interface SocketModeNeeds {
  /** Asks Slack for the address of a new socket, which is good once. Throws as a `ChannelClient` does. */
  readonly askAddress: () => Promise<string>;
  /** Takes what an envelope of that type holds; resolves when it is stored. */
  readonly take: (type: string, payload: unknown) => Promise<Answer>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** A socket to Slack. */
interface Link {
  readonly socket: WebSocket;
  readonly openedAt: Instant;
  heardAt: Instant;
  /** Since when Slack wants it replaced; null: it does not. */
  leavingAt: Instant | null;
}

const disconnect = z.looseObject({ type: z.literal('disconnect'), reason: text(100).nullish() });
const envelope = z.looseObject({
  envelope_id: text(200),
  type: text(100),
  payload: z.unknown(),
  accepts_response_payload: z.boolean().nullish(),
});
const address = z.url({ protocol: /^wss?$/ });

/** Bytes, and levels of nesting: what HTTP may bring, and the envelope around it. */
const [largestFrame, deepest] = [2_162_688, 65];
const handshakeMs = 10_000;
/** A socket that was open for so long is replaced at once; Slack is not asked again and again for one that does not hold. */
const heldMs = 10_000;
/** After this silence it is pinged, and after that it is given up. */
const [quietMs, silentMs] = [10_000, 30_000];
const farewellMs = 1_000;

/**
 * Hears Slack over a socket that we open, and another before Slack closes it; what is not acknowledged comes again, perhaps to
 * another process. On `ws` and not on Slack's own client: docs/decisions/033-socket-mode.md.
 */
export function createSocketMode({ askAddress, take, clock, random, log }: SocketModeNeeds): ChannelListener {
  const links = new Set<Link>();
  const taking = new Set<Promise<void>>();
  let running = false;
  let opening: Promise<void> | null = null;
  let failures = 0;
  let dueAt: Instant = 0;

  function cover(): void {
    const isCovered = [...links].some(({ leavingAt }) => leavingAt === null);
    if (!running || opening || isCovered || clock.now() < dueAt) return;
    opening = open()
      .catch((error: unknown) => {
        const delayMs = postpone(retryAfterIn(error));
        log.warn({ alarm: 'slack-unheard', delayMs, err: error }, 'Slack gives no socket');
      })
      .finally(() => {
        opening = null;
      });
  }

  function postpone(retryAfterMs: number | null = null): number {
    failures += 1;
    const delayMs = backoffMs(failures, random, { retryAfterMs });
    dueAt = clock.now() + delayMs;
    return delayMs;
  }

  async function open(): Promise<void> {
    const { data: url } = address.safeParse(await askAddress());
    if (url === undefined) throw new SupportError('channel-unavailable', { detail: 'Slack gave no address.' });
    const { WebSocket } = await import('ws');
    if (running)
      join(new WebSocket(url, { maxPayload: largestFrame, perMessageDeflate: false, handshakeTimeout: handshakeMs }));
  }

  function join(socket: WebSocket): void {
    const link: Link = { socket, openedAt: clock.now(), heardAt: clock.now(), leavingAt: null };
    links.add(link);
    const heard = () => {
      link.heardAt = clock.now();
    };
    socket.on('ping', heard).on('pong', heard);
    socket.on('message', (data: Buffer) => {
      heard();
      hear(link, data.toString());
    });
    socket.on('error', (err) => log.info({ err }, 'a socket to Slack failed'));
    socket.on('close', (code) => {
      links.delete(link);
      if (link.leavingAt === null) replace(link, String(code));
    });
  }

  function replace(link: Link, reason: string): void {
    link.leavingAt = clock.now();
    if (!running) return;
    const hasHeld = link.leavingAt - link.openedAt >= heldMs;
    if (hasHeld) [failures, dueAt] = [0, link.leavingAt];
    else log.warn({ alarm: 'slack-unheard', delayMs: postpone(), reason }, 'Slack ended a new socket');
    cover();
  }

  function hear(link: Link, told: string): void {
    try {
      const data = parseJsonWithin(deepest, told);
      const asked = disconnect.safeParse(data).data;
      const given = envelope.safeParse(data).data;
      if (asked && link.leavingAt === null) replace(link, asked.reason ?? '');
      else if (given) track(during({ request: randomUUID(), conversation: null }, () => answer(link, given)));
    } catch (error) {
      log.warn({ err: error }, 'Slack sent what cannot be read');
    }
  }

  function track(work: Promise<void>): void {
    taking.add(work);
    void work.finally(() => taking.delete(work));
  }

  async function answer({ socket }: Link, given: z.infer<typeof envelope>): Promise<void> {
    const { envelope_id, type, payload, accepts_response_payload } = given;
    try {
      const { type: kind, body } = await take(type, payload);
      const says = accepts_response_payload && kind === 'application/json';
      // Where it is closed by now, Slack sends it again.
      socket.send(
        JSON.stringify({ envelope_id, ...(says && { payload: JSON.parse(String(body)) as unknown }) }),
        () => undefined,
      );
    } catch (error) {
      if (isFault(error)) log.error({ type, err: error }, 'a payload of Slack failed');
    }
  }

  return {
    run() {
      running = true;
      for (const link of links) watch(link, clock.now());
      cover();
    },
    async stop() {
      running = false;
      await opening;
      await Promise.all(taking);
      await Promise.all([...links].map(({ socket }) => close(socket)));
      await Promise.all(taking);
    },
  };
}

function watch({ socket, heardAt, leavingAt }: Link, now: Instant): void {
  if (now - (leavingAt ?? heardAt) > silentMs) socket.terminate();
  else if (now - heardAt > quietMs && socket.readyState === socket.OPEN) socket.ping();
}

/** Slack may leave our farewell unanswered. */
async function close(socket: WebSocket): Promise<void> {
  const timer = setTimeout(() => socket.terminate(), farewellMs);
  await new Promise<void>((done) => {
    socket.once('close', () => done());
    socket.close(1_000);
  });
  clearTimeout(timer);
}
