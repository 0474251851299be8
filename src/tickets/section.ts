/** One part of a ticket as agents read it. */
export interface TicketSection {
  readonly id:
    'problem' | 'verdict' | 'contradictions' | 'who' | 'facts' | 'checks' | 'steps' | 'feedback' | 'answers' | 'source';
  readonly title: string;
  /** Where all its lines come from. */
  readonly note?: string;
  readonly lines: readonly TicketLine[];
}

/** One thing to know. `name` null: it speaks for itself. Every value is one line, but for a quote. */
export interface TicketLine {
  readonly name: string | null;
  readonly values: readonly string[];
  /** `mark`: to be seen first; `quote`: the customer’s words; `brief`: may share its line with its neighbours. */
  readonly as?: 'mark' | 'quote' | 'brief';
  /** Where there is more about it. */
  readonly address?: string | undefined;
}

/** Where else there is more about a ticket; addresses are ours. */
export interface TicketLinks {
  readonly transcript?: string | undefined;
  readonly article?: string | undefined;
}
