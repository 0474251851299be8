import type { Times } from './formatting.ts';

/** One part of a ticket as agents read it. */
export interface TicketSection {
  readonly id:
    'next' | 'answer' | 'problem' | 'happened' | 'contradictions' | 'warnings' | 'account' | 'answers' | 'details';
  readonly title: string;
  /** Where all its lines come from. */
  readonly note?: string;
  readonly lines: readonly TicketLine[];
}

/** How a check ended: it blocks, may block some features, could not be made, does not block. */
export type CheckMark = '✗' | '~' | '?' | '✓';

/** One thing to know. `name` null: it speaks for itself. Every value is one line, but for a quote. */
export interface TicketLine {
  readonly name: string | null;
  readonly values: readonly string[];
  /** `quote`: the customer’s words; `brief`: may share its line with its neighbours. */
  readonly as?: 'quote' | 'brief';
  readonly mark?: CheckMark;
  /** Where there is more about it. */
  readonly address?: string | undefined;
}

/** What a ticket says of the place where it is read; addresses are ours. */
export interface TicketPlace {
  /** The page on which it is answered here, with its transcript. */
  readonly transcript?: string | undefined;
  readonly article?: string | undefined;
  /** Missing: in UTC. */
  readonly times?: Times;
  /** How what an agent writes reaches the customer, in a sentence or two. */
  readonly answer?: string | undefined;
}
