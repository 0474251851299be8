import { SupportError } from '../domain/errors.ts';
import type { FiledTicket } from '../domain/ticket.ts';

/** The desk's own id of a ticket that it has, as a part of a path. Throws `desk-refused` where it was never told. */
export function idAtDesk({ work: { ref } }: FiledTicket): string {
  if (!ref) throw new SupportError('desk-refused', { detail: 'The desk did not say where it keeps this ticket.' });
  return encodeURIComponent(ref.id);
}
