import { createHmac, timingSafeEqual } from 'node:crypto';
import { SupportError } from '../../domain/errors.ts';
import type { Instant } from '../../domain/instant.ts';

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Seconds, both ways: older is a replay, and who signs in the future could replay it later. */
const mostApart = 300;

/** Checks Slack's signature over the body as it came. Throws `signature-invalid`. */
export function checkSignature(secret: string, headers: Headers, body: string, now: Instant): void {
  const time = headers['x-slack-request-timestamp'];
  const given = headers['x-slack-signature'];
  if (typeof time !== 'string' || typeof given !== 'string' || !/^\d{1,12}$/.test(time)) refuse();
  if (Math.abs(now / 1_000 - Number(time)) > mostApart) refuse();
  const [ours, theirs] = [Buffer.from(signatureOf(secret, time, body)), Buffer.from(given)];
  if (ours.length !== theirs.length || !timingSafeEqual(ours, theirs)) refuse();
}

/** How Slack signs: `time` in seconds, as the header has it. */
export function signatureOf(secret: string, time: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${time}:${body}`).digest('hex')}`;
}

function refuse(): never {
  throw new SupportError('signature-invalid');
}
