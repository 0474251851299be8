import type { Person } from '../domain/agent.ts';
import type { SavedReplyFact } from '../domain/saved-replies.ts';
import type { Ticket } from '../domain/ticket.ts';
import { minute, oneLine } from './formatting.ts';

/** What a saved reply can tell of this ticket; what it does not hold is missing. */
export function savedReplyFactsOf(ticket: Ticket, agent: Person): Partial<Record<SavedReplyFact, string>> {
  const { who, problem, verdict, number, opensAt } = ticket;
  const known = {
    customer: who.subject?.name,
    company: who.account,
    plan: who.plan,
    role: who.role,
    feature: problem.feature,
    cause: verdict.cause === null ? null : verdict.name,
    ticket: number,
    request: problem.requestId,
    opens: opensAt === undefined ? null : minute(opensAt),
    agent: agent.name,
  } satisfies Record<SavedReplyFact, string | null | undefined>;
  const told = Object.entries(known).map(([name, value]) => [name, oneLine(value ?? '')] as const);
  return Object.fromEntries(told.filter(([, value]) => value !== ''));
}
