import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { ticketText } from '../../src/tickets/ticket-text.ts';
import type { TellableFinding } from '../../src/domain/reply.ts';
import { ticketNumbered, ticketOfSomeone } from '../desks/tickets.ts';
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

  it('tells both sides, the way out, and what else was named, where there is something to tell', () => {
    const ticket = ticketOfSomeone('LK-1');
    const readAt = ticket.openedAt + 240_000;
    const found = (cause: string, status: TellableFinding['status']) => ({
      ...{
        cause,
        status,
        fact: `${cause} ${status}.`,
        source: 'account-api' as const,
        readAt: '2026-11-22T10:04:00.000Z',
      },
    });
    const findings = [found('monthly-limit', 'possible'), found('no-seat', 'possible'), found('role', 'needs-feature')];
    const text = ticketText({
      ...ticket,
      problem: { ...ticket.problem, otherFeatures: ['Dashboards: works', 'API: blocked'] },
      who: { ...ticket.who, otherPerson: 'Tom' },
      verdict: { ...ticket.verdict, class: 'possible', findings },
      contradictions: [
        { said: 'my usage page\nsays 25 %', account: '100 % of the tokens are used.', readAt },
        { said: 'I paid', account: 'It is past due.', readAt: readAt - 86_400_000 },
      ],
      wayOut: 'With a seat and a higher limit, Export opens.',
    });
    for (const line of [
      'Feature: Export · Also named: Dashboards: works, API: blocked · Error code: 403 · Said: 2026-11-22 10:00 UTC',
      'Possible: Monthly limit',
      'Possible: no-seat possible.',
      'Way out: With a seat and a higher limit, Export opens.',
      'Asks for: Tom',
      'UNVERIFIED contact, typed by the customer: zoe@example.com',
      'The customer says: “my usage page says 25 %”. The account said at 10:04 UTC: 100 % of the tokens are used.',
      'The customer says: “I paid”. The account said at 2026-11-21 10:04 UTC: It is past due.',
    ])
      assert.ok(text.split('\n').includes(line), `${line}\nis not in\n${text}`);
    assert.doesNotMatch(text, /needs-feature|\brole\b.*checked/);
  });

  it('is called by its topic where it is about no denial', () => {
    const ticket = ticketNumbered('LK-1');
    const problem = { ...ticket.problem, topic: 'Refund', feature: null };
    const text = ticketText({ ...ticket, priority: 'high', problem });
    assert.equal(text.split('\n')[0], 'HIGH PRIORITY · Refund · LK-1');
    assert.match(text, /^About: Refund · Error code/m);
    assert.doesNotMatch(text, /not named/);
  });

  it('has no line that the customer wrote and that passes for ours', () => {
    fc.assert(
      fc.property(anyTicket, (ticket) => {
        const ours = /^(PROBLEM|VERDICT|CONTRADICTIONS|WHO|CHECKS|STEPS|ANSWERS|SOURCE)$/;
        const titles = ticketText(ticket)
          .split(/[\r\n\v\f\u0085\u2028\u2029]/)
          .filter((line) => ours.test(line));
        assert.deepEqual(titles, [...new Set(titles)]);
      }),
    );
  });
});
