import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { ticketText } from '../../src/tickets/ticket-text.ts';
import { ticketOfSomeone } from '../desks/tickets.ts';
import { anyTicket } from './any-ticket.ts';
import { talkers, ticketOf } from './talks.ts';

/** Lines of 100 characters on an ordinary screen. */
const screen = { lines: 50, columns: 100 };

describe('a ticket as plain text', () => {
  for (const customer of talkers) {
    it(`of ${customer} is what the agent reads`, async () => {
      const transcript = 'https://help.test/tickets/LK-KZXE8M3G';
      const text = ticketText(await ticketOf(customer), { transcript });
      const path = join(import.meta.dirname, `${customer}.txt`);
      if (process.env.UPDATE === '1') writeFileSync(path, text);
      assert.equal(text, readFileSync(path, 'utf8'));
    });

    it(`of ${customer} fits one screen`, async () => {
      const lines = ticketText(await ticketOf(customer)).split('\n');
      const shown = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / screen.columns)), 0);
      assert.ok(shown <= screen.lines, `${shown} lines`);
    });
  }

  it('says first that it is of high priority, and says so of no other', () => {
    fc.assert(
      fc.property(anyTicket, (ticket) => {
        const [first = ''] = ticketText(ticket).split('\n');
        assert.equal(first.startsWith('HIGH PRIORITY · '), ticket.priority === 'high');
      }),
    );
  });

  for (const [verifiedBy, proof] of [
    ['signed-identity', 'verified by signed identity'],
    ['linked-chat', 'linked once by a code from the signed-in chat'],
    ['trusted-email', 'known by the e-mail address of their workplace'],
  ] as const)
    it(`says how the customer was proved: ${proof}`, () =>
      assert.ok(ticketText(ticketOfSomeone('LK-1', { verifiedBy })).includes(`(user user_7), ${proof}\n`)));

  it('has no line that the customer wrote and that passes for ours', () => {
    fc.assert(
      fc.property(anyTicket, (ticket) => {
        const ours = /^(PROBLEM|VERDICT|WHO|CHECKS|STEPS|ANSWERS|SOURCE)$/;
        const titles = ticketText(ticket)
          .split(/[\r\n\v\f\u0085\u2028\u2029]/)
          .filter((line) => ours.test(line));
        assert.deepEqual(titles, [...new Set(titles)]);
      }),
    );
  });
});
