import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ticketText } from '../../src/tickets/ticket-text.ts';
import type { TellableFinding } from '../../src/domain/reply.ts';
import { ticketNumbered, ticketOfSomeone } from '../desks/tickets.ts';
import { anyTicket } from './any-ticket.ts';

describe('a ticket as plain text', () => {
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
    ['single-sign-on', 'signed in with their workplace’s Microsoft account'],
    ['trusted-email', 'known by the e-mail address of their workplace'],
  ] as const)
    it(`says how the customer was proved: ${proof}`, () =>
      assert.ok(
        ticketText(ticketOfSomeone('LK-1', { verifiedBy }))
          .replaceAll(/\s+/g, ' ')
          .includes(`(user user_7), ${proof} `),
      ));

  it('tells both sides, the way out, and what else was named, where there is something to tell', () => {
    const ticket = ticketOfSomeone('LK-1');
    const readAt = ticket.openedAt + 240_000;
    const found = (cause: string, status: TellableFinding['status']) => ({
      ...{ cause, status, fact: `${cause} ${status}.`, source: 'account-api' as const },
      readAt: '2026-11-22T10:04:00.000Z',
    });
    const findings = [found('monthly-limit', 'possible'), found('no-seat', 'proved'), found('trial', 'unknown')];
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
    const flat = text.replaceAll(/\s+/g, ' ');
    for (const told of [
      'Feature: Export · Also named: Dashboards: works, API: blocked · Error code: 403 · Said: 22 Nov 2026, 10:00 UTC',
      '✗ no seat: no-seat proved. ~ monthly limit: monthly-limit possible. ? could not be read: trial',
      'Way out: With a seat and a higher limit, Export opens.',
      'It is about: Tom',
      'UNVERIFIED contact, typed by the customer: zoe@example.com',
      '“my usage page says 25 %”, against what the account said at 10:04: 100 % of the tokens are used.',
      '“I paid”, against what the account said at 21 Nov 2026, 10:04 UTC: It is past due.',
    ])
      assert.ok(flat.includes(told), `${told}\nis not in\n${text}`);
  });

  it('is no wider than a mail should be, and leaves what was pasted on its lines', () => {
    fc.assert(
      fc.property(anyTicket, (ticket) => {
        for (const line of ticketText(ticket).split('\n'))
          assert.ok(
            line.replaceAll(/[\uD800-\uDBFF](?=[\uDC00-\uDFFF])/g, '').length <= 78 || !line.slice(2, 78).includes(' '),
            line,
          );
      }),
    );
    const { problem } = ticketOfSomeone('LK-1');
    const pasted = { ...problem, words: 'Traceback:\n  File "a.py", line 2\n    x()' };
    assert.ok(
      ticketText({ ...ticketOfSomeone('LK-1'), problem: pasted }).includes(
        '> Traceback:\n>   File "a.py", line 2\n>     x()',
      ),
    );
  });

  it('is called by its topic where it is about no denial', () => {
    const ticket = ticketNumbered('LK-1');
    const problem = { ...ticket.problem, topic: 'Refund', feature: null };
    const text = ticketText({ ...ticket, priority: 'high', problem });
    assert.match(text, /^HIGH PRIORITY · Refund\. /);
    assert.match(text, /^About: Refund · Error code/m);
    assert.doesNotMatch(text, /not named/);
  });

  it('has no line that the customer wrote and that passes for ours', () => {
    const ours =
      /^(?:DO NEXT \(PROPOSAL\)|ANSWER|WHAT HAPPENED \(UTC\)|THEY SAY OTHERWISE|ACCOUNT|ASKED FOR THE TICKET|DETAILS)\b/;
    const titlesOf = (text: string) => text.split(/[\r\n\v\f\u0085\u2028\u2029]/).filter((line) => ours.test(line));
    fc.assert(
      fc.property(anyTicket, ({ problem, who, answers, contradictions = [], feedback, happened = [] }) => {
        const written = { who, feedback, contradictions: contradictions.map((one) => ({ ...one, account: 'Read.' })) };
        const asked = answers.map(({ answer }) => ({ question: 'Which one?', answer }));
        const ticket = { ...ticketOfSomeone('LK-1'), ...written, happened, answers: asked };
        const titles = titlesOf(ticketText({ ...ticket, problem: { ...ticket.problem, words: problem.words } }));
        assert.deepEqual(titles, [...new Set(titles)]);
      }),
    );
  });
});
