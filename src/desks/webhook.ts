import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { SupportError } from '../domain/errors.ts';
import type { Clock, Desk } from '../domain/ports.ts';
import type { Ticket } from '../domain/ticket.ts';
import { retryAfterOf } from './retry-after.ts';

/** What the webhook desk needs: where it posts, what it signs with, and how a ticket is written. */
export interface WebhookNeeds {
  readonly url: URL;
  readonly key: KeyObject;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly toJson: (ticket: Ticket) => object;
  /** For connecting and the answer's head; 10 s unless told. */
  readonly deadlineMs?: number;
}

const mostBytesRead = 65_536;

/** Posts each ticket to one address, signed as standardwebhooks.com says; the ticket's number is the message's id. */
export function createWebhook({ url, key, fetch, clock, toJson, deadlineMs = 10_000 }: WebhookNeeds): Desk {
  return {
    name: 'webhook',
    async take(ticket) {
      const body = bodyOf(ticket, toJson);
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'Latchkey',
        ...signed(key, { id: ticket.number, seconds: Math.floor(clock.now() / 1_000), body }),
      };
      const signal = AbortSignal.timeout(deadlineMs);
      const post = { method: 'POST', headers, body, redirect: 'manual', signal } as const;
      const answer = await fetch(url, post).catch((cause: unknown) => {
        throw new SupportError('desk-unavailable', { cause });
      });
      await readAway(answer);
      judge(answer, clock);
    },
  };
}

function bodyOf(ticket: Ticket, toJson: WebhookNeeds['toJson']): string {
  const timestamp = new Date(ticket.openedAt).toISOString();
  return JSON.stringify({ type: 'ticket.created', timestamp, data: toJson(ticket) });
}

/** The three headers of a signed message. */
export function signed(
  key: KeyObject,
  message: { readonly id: string; readonly seconds: number; readonly body: string },
) {
  const { id, seconds, body } = message;
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${signature}` };
}

/** The key of a secret written as `whsec_` and the base64 of 24 to 64 bytes; null: it is not one. */
export function webhookKey(secret: string): KeyObject | null {
  const [, base64 = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  const isWhole = bytes.toString('base64').replace(/=+$/, '') === base64.replace(/=+$/, '');
  return isWhole && bytes.length >= 24 && bytes.length <= 64 ? createSecretKey(bytes) : null;
}

/** The address of a webhook; null: not http or https, or with a user and password, which `fetch` refuses. */
export function webhookUrl(text: string): URL | null {
  const url = URL.parse(text);
  const isHttp = url?.protocol === 'https:' || url?.protocol === 'http:';
  return isHttp && url.username === '' && url.password === '' ? url : null;
}

/** Reads a short answer to its end, so that the connection can be used again. The status alone counts. */
async function readAway({ body }: Response): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of body ?? []) {
      bytes += (chunk as Uint8Array).length;
      if (bytes > mostBytesRead) break;
    }
  } catch {
    // The status was told before.
  }
}

/** What was answered besides the status is left out: it may repeat the ticket. */
function judge({ status, headers }: Response, clock: Clock): void {
  if (status >= 200 && status < 300) return;
  const detail = `The desk answered ${status}.`;
  // 408: the far end's own timeout.
  if (status < 500 && status !== 429 && status !== 408) throw new SupportError('desk-refused', { detail });
  throw new SupportError('desk-unavailable', { detail, retryAfterMs: retryAfterOf(headers, clock.now()) });
}
