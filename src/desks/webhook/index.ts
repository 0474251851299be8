import { createHmac, type KeyObject } from 'node:crypto';
import type { Desk } from '../../domain/ports.ts';
import { iso } from '../../domain/instant.ts';
import type { LaterMessage, Ticket } from '../../domain/ticket.ts';
import { startCalls, type CallNeeds } from '../call.ts';
import { laterId } from '../desk-text.ts';
import type { TranscriptOf } from '../transcript.ts';
import type { WebhookSettings } from './settings.ts';

/** What the webhook desk needs. */
export interface WebhookNeeds extends WebhookSettings, CallNeeds {
  readonly toJson: (ticket: Ticket) => object;
  readonly transcriptOf: TranscriptOf;
}

/**
 * Posts each ticket, and what is written after it, to one address, signed as standardwebhooks.com says; the ticket's number, for a
 * later message with its `seq` behind it, is the message's id, by which the far end knows one that comes again.
 */
export function createWebhook(needs: WebhookNeeds): Desk {
  const { url, key, toJson, transcriptOf, clock } = needs;
  async function post(id: string, event: WebhookEvent): Promise<void> {
    const body = JSON.stringify(event);
    const seconds = Math.floor(clock.now() / 1_000);
    const headers = { 'content-type': 'application/json', ...signed(key, { id, seconds, body }) };
    // The status alone counts.
    await startCalls(needs)(url, { method: 'POST', headers, body, mostBytes: 65_536 });
  }
  return {
    name: 'webhook',
    async take(ticket) {
      const timestamp = iso(ticket.openedAt);
      const transcript = await transcriptOf(ticket);
      await post(ticket.number, { type: 'ticket.created', timestamp, data: { ...toJson(ticket), transcript } });
      return null;
    },
    add({ ticket: { number } }, message) {
      const data = laterJson(number, message);
      return post(laterId(number, message), { type: 'ticket.message', timestamp: data.at, data });
    },
  };
}

interface WebhookEvent {
  readonly type: 'ticket.created' | 'ticket.message';
  /** When it happened, the same at every attempt. */
  readonly timestamp: string;
  readonly data: object;
}

/** Version 1: members are only ever added. */
function laterJson(number: string, { text, at, seq }: LaterMessage) {
  return { version: 1 as const, number, text, at: iso(at), seq };
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
