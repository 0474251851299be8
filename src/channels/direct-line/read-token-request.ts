import { z } from 'zod';
import { locale, zone } from '../../domain/schemas.ts';
import { unsignedDenial } from '../../identity/denial.ts';
import { read } from './own-talks.ts';

// `user` and `trustedOrigins` are Direct Line's; who is speaking is decided by the identity alone.
const ignored = z.unknown().optional();
const shape = z.strictObject({
  identity: z.string().optional(),
  // Not of Direct Line: the page’s identity was refused, or could not be had, and the chat begins without it.
  unconfirmed: z.literal(true).optional(),
  // Not of Direct Line: what the page says, unsigned, that it refused.
  denied: unsignedDenial.optional().catch(undefined),
  // Not of Direct Line: another conversation is begun, though there is one to go on with.
  anew: z.literal(true).optional(),
  // Not of Direct Line: the conversation is started in the same call.
  start: z.literal(true).optional(),
  // As in the activities of Direct Line.
  localTimezone: zone,
  locale,
  user: ignored,
  trustedOrigins: ignored,
});

/** What is asked for with a token for a new conversation. */
export type TokenRequest = z.infer<typeof shape>;

/** Reads it. Throws `message-invalid`. */
export const readTokenRequest = (body: unknown): TokenRequest => read(shape, body ?? {});
