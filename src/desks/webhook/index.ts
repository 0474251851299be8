import { createHmac, type KeyObject } from 'node:crypto';
import type { Desk } from '../../domain/ports.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { startCalls, type CallNeeds } from '../call.ts';
import type { WebhookSettings } from './settings.ts';

/** What the webhook desk needs. */
export interface WebhookNeeds extends WebhookSettings, CallNeeds {
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
