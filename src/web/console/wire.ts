/** What someone who is signed in may do. */
export type Role = 'agent' | 'writer' | 'operator';

/** A lasting id and the name to show. */
export interface Person {
  readonly id: string;
  readonly name: string;
}

/** A reason for a denial, as agents call it. */
export interface Cause {
  readonly slug: string;
  readonly name: string;
}

/** Who is signed in, and what their console is made of. */
export interface Me {
  readonly agent: Person & { readonly email: string | null; readonly roles: readonly Role[] };
  readonly desk: string;
  readonly causes: readonly Cause[];
}

/** The lists of tickets. */
export type View = 'waiting' | 'mine' | 'claimed' | 'sent' | 'dead' | 'closed';

/** How a ticket's way to its desk stands; instants are ISO 8601, UTC. */
export interface DeliveryState {
  readonly desk: string;
  readonly deliveredAt: string | null;
  readonly attempts: number;
  readonly dead: { readonly at: string; readonly reason: string } | null;
  readonly url: string | null;
}

/** A ticket as it stands in a list; `customer` null: UNVERIFIED. */
export interface Row {
  readonly number: string;
  readonly headline: string;
  readonly words: string;
  readonly feature: string | null;
  readonly cause: string | null;
  readonly causeName: string;
  readonly class: 'proved' | 'nothing-blocks' | 'could-not-check' | 'not-diagnosed';
  readonly priority: 'high' | 'normal';
  readonly customer: string | null;
  readonly account: string | null;
  readonly channel: string;
  readonly language: string;
  readonly state: 'waiting' | 'sent' | 'claimed' | 'closed';
  readonly since: string;
  readonly openedAt: string;
  readonly holder: Person | null;
  readonly delivery: DeliveryState;
  readonly trueCause: string | null;
  readonly solved: boolean | null;
}

/** One page of a list; `next` is the cursor of the page after it. */
export interface List {
  readonly tickets: readonly Row[];
  readonly next: string | null;
  readonly counts: Counts;
}

/** How many wait, and how many are the agent's own; both stop at 100. */
export interface Counts {
  readonly waiting: number;
  readonly mine: number;
}

/** One thing to know; `name` null: it speaks for itself. */
export interface Line {
  readonly name: string | null;
  readonly values: readonly string[];
  readonly as?: 'mark' | 'quote' | 'brief';
  readonly address?: string;
}

/** One part of a ticket, as src/tickets/sections.ts makes it. */
export interface Section {
  readonly id: 'problem' | 'verdict' | 'who' | 'facts' | 'checks' | 'steps' | 'feedback' | 'answers' | 'source';
  readonly title: string;
  readonly note?: string;
  readonly lines: readonly Line[];
}

/** What an agent wrote for other agents. */
export interface Note {
  readonly id: string;
  readonly at: string;
  readonly by: Person;
  readonly text: string;
}

/** Who did what, when. */
export interface AuditEntry {
  readonly id: string;
  readonly at: string;
  readonly by: Person;
  readonly action: string;
  readonly ticket?: string | null;
  readonly detail: string | null;
}

/** A ticket with everything around it; `answering` null: the bot speaks with the customer. */
export interface Detail {
  readonly row: Row;
  readonly sections: readonly Section[];
  readonly proposal: { readonly text: string; readonly who: string };
  readonly notes: readonly Note[];
  readonly history: readonly AuditEntry[];
  readonly answering: (Person & { readonly ticket: string; readonly desk: string | null }) | null;
  readonly earlier: readonly Row[];
  /** In the answer to a reply: what was taken out of it. */
  readonly removed?: readonly string[];
}
