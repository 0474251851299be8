import type { TicketSummary } from '../../src/domain/ticket-feed.ts';

/** A ticket for a feed. */
export const anySummary: TicketSummary = {
  ticket: 'LK-7Q2M9KXA',
  title: 'Export: Monthly limit reached · LK-7Q2M9KXA',
  words: 'I get access denied when I export',
  lines: [
    { name: 'Found', value: '500,000 of 500,000 tokens are used.' },
    { name: 'Customer', value: 'Ada, Northgate Studio' },
  ],
  standing: 'Waiting since 2026-11-22 10:12 UTC',
  state: 'free',
  url: 'https://help.test/console/tickets/LK-7Q2M9KXA',
};
