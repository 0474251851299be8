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

/** One thing to know. `name` null: it speaks for itself. Every value is one line, but for a quote or what was pasted. */
export interface TicketLine {
  readonly name: string | null;
  readonly values: readonly string[];
  /** `quote`: the customer’s words; `pasted`: what a machine wrote; `brief`: may share its line with its neighbours. */
  readonly as?: 'quote' | 'pasted' | 'brief';
  readonly mark?: CheckMark;
  /** Where there is more about it. */
  readonly address?: string | undefined;
}

/** Whether a line is told in the customer’s words, or a machine’s. */
export const isQuoted = ({ as }: TicketLine): boolean => as === 'quote' || as === 'pasted';

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
