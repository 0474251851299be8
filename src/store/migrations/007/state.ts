interface OldFrame {
  readonly id: string;
  readonly state: { readonly at?: string; readonly saved?: { readonly checks?: number } };
}
interface OldMemory {
  readonly complaint: object | null;
  readonly complaintNumber: number;
  readonly outcome: string | null;
  readonly ticket: string | null;
  readonly tickets: readonly { readonly number: string }[];
}
interface OldState {
  readonly v: number;
  readonly stack: readonly OldFrame[];
  readonly memory: OldMemory;
}

/** A stored state of version 4 as version 5 goes on with it; one of another version as it is. */
export function toVersion5(stored: string): string {
  const { v, stack, memory } = JSON.parse(stored) as OldState;
  if (v !== 4) return stored;
  const { complaint, complaintNumber, outcome, ticket, tickets } = memory;
  const looks = stack.find(({ id }) => id === 'access-denied')?.state.saved?.checks ?? 0;
  return JSON.stringify({
    v: 5,
    stack: stack.map(toFrame5),
    memory: {
      ...memory,
      asked: null,
      complaint: complaint && { features: [], otherPerson: null, ...complaint },
      outcome: outcome === 'assumed' ? 'answered' : outcome,
      tickets: tickets.map((one) => ({ ...one, complaintNumber })),
      lastTicket: ticket ?? tickets.at(-1)?.number ?? null,
      ...{ articles: [], topic: null, contact: null, contradictions: [], looks, objections: 0 },
    },
  });
}

/** The hand-off asked before it opened a ticket: now the next message opens it. Nobody asked for a person in vain. */
function toFrame5({ id, state, ...instance }: OldFrame) {
  const position = id === 'hand-off' ? { ...state, at: 'openTicket' } : state;
  const saved = Object.fromEntries(
    Object.entries({ ...defaults[id], ...state.saved }).filter(([name]) => name !== 'checks'),
  );
  return { ...instance, id, state: { ...position, asked: null, saved } };
}

/** What dialogs save besides. */
const defaults: Readonly<Record<string, object>> = {
  'access-denied': { unsure: false, works: false, objects: false },
  'ask-article': { slug: '' },
  'rate-answer': { steps: [] },
};
