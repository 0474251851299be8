import { SupportError } from '../domain/errors.ts';
import type { Instant } from '../domain/instant.ts';

/** The place in a list, by time and id, behind which it goes on: `<at>.<id>`. Throws `message-invalid`. */
export function readCursor(cursor: string): { readonly at: Instant; readonly id: string } {
  const [, at, id] = /^(\d{1,15})\.(.{1,200})$/.exec(cursor) ?? [];
  if (at === undefined || id === undefined)
    throw new SupportError('message-invalid', { detail: 'The cursor is not valid.' });
  return { at: Number(at), id };
}
