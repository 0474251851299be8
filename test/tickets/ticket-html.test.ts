import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ticketHtml } from '../../src/tickets/ticket-html.ts';
import { anyTicket } from './any-ticket.ts';
import { situations, ticketIn } from './situations.ts';

const tags = /<\/?(?:p|strong|blockquote|pre)>|<br>|<a href="[^"<>]*">|<\/a>/g;
const links = { transcript: 'https://help.test/tickets/LK-1?a="b"&c=<d>', article: '/articles/seats' };

describe('a ticket as HTML', () => {
  it('has our simple tags and nothing of the customer’s', () => {
    fc.assert(
      fc.property(anyTicket, (ticket) => {
        const rest = ticketHtml(ticket, links).replaceAll(tags, '');
        assert.doesNotMatch(rest, /[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
      }),
    );
  });

  it('closes what it opens', () => {
    fc.assert(
      fc.property(anyTicket, (ticket) => {
        const open: string[] = [];
        for (const [, slash, name = ''] of ticketHtml(ticket, links).matchAll(/<(\/?)([a-z0-9]+)[^>]*>/g))
          if (slash === '/') assert.equal(open.pop(), name);
          else if (name !== 'br') open.push(name);
        assert.deepEqual(open, []);
      }),
    );
  });

  it('keeps the customer’s lines apart', async () => {
    const ticket = await ticketIn(situations.unverified);
    const html = ticketHtml({ ...ticket, problem: { ...ticket.problem, words: 'one\n<two>' } });
    assert.ok(html.includes('<pre>one\n&lt;two&gt;</pre>'));
    assert.ok(html.includes('UNVERIFIED: nobody proved who this is · LK-'));
  });
});
