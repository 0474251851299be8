import type { Ticket } from '../domain/ticket.ts';
import { truncate } from '../domain/truncate.ts';
import { plainAddress } from '../mail/plain-address.ts';
import { oneLine } from '../tickets/formatting.ts';

/** A customer whom a desk may write to. */
export interface VerifiedPerson {
  readonly name: string;
  readonly email: string;
}

/**
 * The customer as the signed identity tells it; null: nobody was signed in, or without a plain address. What was typed in the
 * chat is never looked at: whoever types an address would have our desk write to it.
 */
export function verifiedPerson({ who: { subject } }: Ticket): VerifiedPerson | null {
  const email = plainAddress(subject?.email?.trim() ?? '');
  if (email === null) return null;
  return { name: truncate(oneLine(subject?.name ?? ''), 100) || email, email };
}
