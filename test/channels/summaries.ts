import type { TicketSummary } from '../../src/domain/ticket-feed.ts';

/** A ticket for a feed. */
export const anySummary: TicketSummary = {
  ticket: 'LK-7Q2M9KXA',
  title: 'Ada can’t use Export: 500,000 of 500,000 tokens are used. Proved.',
  context: 'Northgate Studio · Starter · member · in the web chat · LK-7Q2M9KXA',
  words: 'I get access denied when I export',
  next: 'Check the count; if it is right, ask their billing owner whether to upgrade.',
  standing: 'Waiting',
  since: Date.UTC(2026, 10, 22, 10, 12),
  state: 'free',
  isUrgent: false,
  url: 'https://help.test/console/tickets/LK-7Q2M9KXA',
};
