import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { SupportError } from '../domain/errors.ts';
import type { Answer } from './answer.ts';

/** Lets agents in to the tickets. */
export interface TicketsDoor {
  open(request: IncomingMessage, inside: () => Promise<Answer>): Promise<Answer>;
}

/** The demo's tickets are made up, and the demo listens on this machine only. */
export const openDoor: TicketsDoor = { open: (_, inside) => inside() };

/** Lets in whoever has the key that is printed at start; a cookie then keeps it out of the address. */
export function lockedDoor(key: string): TicketsDoor {
  return {
    async open(request, inside) {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const shown = url.searchParams.get('key');
      if (shown !== null && isKey(shown, key)) {
        const cookie = `latchkey_tickets=${key}; Path=/tickets; HttpOnly; SameSite=Strict`;
        return { status: 303, type: 'text/plain', body: '', headers: { location: url.pathname, 'set-cookie': cookie } };
      }
      const kept = /(?:^|; )latchkey_tickets=([\w-]{1,128})/.exec(request.headers.cookie ?? '')?.[1];
      if (kept === undefined || !isKey(kept, key)) throw new SupportError('not-signed-in');
      return inside();
    },
  };
}

function isKey(shown: string, key: string): boolean {
  const [a, b] = [Buffer.from(shown), Buffer.from(key)];
  return a.length === b.length && timingSafeEqual(a, b);
}
