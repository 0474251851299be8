import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { Desk } from '../domain/ports.ts';
import type { Ticket } from '../domain/ticket.ts';
import { startCalls, type CallNeeds } from './call.ts';

/** Where the webhook desk posts, and what it signs with. */
export interface WebhookAccess {
  readonly url: URL;
  readonly key: KeyObject;
}

/** What the webhook desk needs. */
export interface WebhookNeeds extends WebhookAccess, CallNeeds {
  readonly toJson: (ticket: Ticket) => object;
}

/**
 * Posts each ticket to one address, signed as standardwebhooks.com says; the ticket's number is the message's id, by which the
 * far end knows one that comes again.
 */
export function createWebhook(needs: WebhookNeeds): Desk {
  const { url, key, toJson } = needs;
  return {
    name: 'webhook',
    async take(ticket) {
      const body = bodyOf(ticket, toJson);
      const seconds = Math.floor(needs.clock.now() / 1_000);
      const headers = { 'content-type': 'application/json', ...signed(key, { id: ticket.number, seconds, body }) };
      // The status alone counts.
      await startCalls(needs)(url, { method: 'POST', headers, body });
      return null;
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
