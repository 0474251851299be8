import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { SupportError } from '../../domain/errors.ts';
import { parseJson } from '../../domain/parse-json.ts';
import type { Clock, Desk } from '../../domain/ports.ts';
import type { DeskEvent } from '../../domain/ticket.ts';

/** What listening to Zendesk needs: its origin, the signing secret of its webhook as shown there, and the time. */
export interface ZendeskWebhook {
  readonly origin: string;
  readonly secret: string;
  readonly clock: Clock;
}

const toleranceMs = 300_000;
const commented = 'zen:event-type:ticket.comment_added';
const changed = 'zen:event-type:ticket.status_changed';

/** Ids are numbers in one place and strings in another. */
const id = z.union([z.number().int().transform(String), z.string().min(1)]);
const detail = z.object({ external_id: z.string().nullish(), actor_id: id.nullish() });
const envelope = z.object({ type: z.string(), id: z.string().min(1) });
const comment = z.object({
  detail,
  event: z.object({
    comment: z.object({
      ...{ id, body: z.string(), is_public: z.boolean() },
      author: z.object({ id, is_staff: z.boolean(), name: z.string() }),
    }),
  }),
});
const status = z.object({ detail, event: z.object({ current: z.string() }) });

/** Our own later messages end so: developer.zendesk.com does not say that a note can never become public. */
const ours = /(?:^|\n)– customer in the chat, [^\n]* · \S+\/\d+\s*$/;

/** Reads events of Zendesk’s ticket webhooks: what its agents answered in public, and that a ticket was solved or closed. */
export function createZendeskEvents({ origin, secret, clock }: ZendeskWebhook): NonNullable<Desk['readEvents']> {
  return (headers, body) => {
    assertSigned(headers, body, secret, clock);
    const wire = parseJson(body);
    const { type, id } = read(envelope, wire);
    if (type === commented) return repliesIn(read(comment, wire), origin);
    return type === changed ? closingsIn(read(status, wire), id, origin) : [];
  };
}

/** Source: developer.zendesk.com/documentation/webhooks/verifying. */
function assertSigned(
  headers: Parameters<NonNullable<Desk['readEvents']>>[0],
  body: string,
  secret: string,
  clock: Clock,
) {
  const timestamp = headers['x-zendesk-webhook-signature-timestamp'] ?? '';
  const given = Buffer.from(headers['x-zendesk-webhook-signature'] ?? '', 'base64');
  const expected = createHmac('sha256', secret).update(`${timestamp}${body}`).digest();
  const isSame = given.length === expected.length && timingSafeEqual(given, expected);
  const isNow = Math.abs(clock.now() - Date.parse(timestamp)) <= toleranceMs;
  if (!isSame || !isNow) throw new SupportError('signature-invalid');
}

function repliesIn({ detail, event }: z.infer<typeof comment>, origin: string): readonly DeskEvent[] {
  const { id, body, is_public, author } = event.comment;
  if (!detail.external_id || !is_public || !author.is_staff || ours.test(body)) return [];
  const person = { id: `${origin}|${author.id}`, name: author.name };
  return [{ kind: 'replied', id: `zendesk:comment:${id}`, ticket: detail.external_id, person, text: body }];
}

function closingsIn({ detail, event }: z.infer<typeof status>, id: string, origin: string): readonly DeskEvent[] {
  if (!detail.external_id || !/^(solved|closed)$/i.test(event.current)) return [];
  // Zendesk tells no name here.
  const person = { id: `${origin}|${detail.actor_id ?? 'unknown'}`, name: 'Support' };
  return [{ kind: 'closed', id: `zendesk:event:${id}`, ticket: detail.external_id, person, text: '' }];
}

/** Without what was wrong: it holds people’s words. */
function read<T>(shape: z.ZodType<T>, wire: unknown): T {
  const parsed = shape.safeParse(wire);
  if (parsed.success) return parsed.data;
  throw new SupportError('message-invalid');
}
