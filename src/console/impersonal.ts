import type { Agent } from '../domain/agent.ts';
import type { ActivitySet, WireActivity } from '../domain/direct-line.ts';
import type { AnswerBy } from '../domain/response-targets.ts';
import type { FiledTicket, Ticket } from '../domain/ticket.ts';
import type { TicketDetail, TicketRow } from '../tickets/console-json.ts';
import type { TicketLine, TicketSection } from '../tickets/section.ts';
import { detailOf, rowOf, type Around } from './ticket-rows.ts';

const hidden = 'Not shown to writers.';

/** Whether somebody may read whose a ticket is and what was written: whoever only owns the words may not. */
export function maySeePersons({ roles }: Pick<Agent, 'roles'>): boolean {
  return roles.some((role) => role !== 'writer');
}

/** A line of a list without whose ticket it is and what they wrote. */
export function impersonalRow(filed: FiledTicket, answerBy: AnswerBy): TicketRow {
  const row = rowOf(filed, answerBy);
  return {
    ...row,
    headline: row.title,
    words: hidden,
    customer: row.customer === null ? null : hidden,
    account: null,
    delivery: { ...row.delivery, url: null },
  };
}

/** A ticket as what it was about and what was told: of it a writer learns what the words did. */
export function impersonalDetail(filed: FiledTicket, around: Around): TicketDetail {
  const whole = detailOf(filed, around);
  return {
    ...whole,
    row: impersonalRow(filed, around.answerBy),
    sections: sectionsOf(filed.ticket, whole.sections),
    context: [],
    notes: [],
    history: whole.history.map((entry) => ({ ...entry, detail: null })),
    earlier: [],
  };
}

function sectionsOf({ verdict, problem, steps, article, feedback }: Ticket, whole: TicketDetail['sections']) {
  const line = (name: string, value: string | null | undefined): TicketLine[] =>
    value ? [{ name, values: [value], as: 'brief' }] : [];
  const address = whole.flatMap(({ lines }) => lines).find(({ name }) => name === 'Article')?.address;
  const section: TicketSection = {
    id: 'details',
    title: 'Details',
    note: 'Whose ticket it is and what was written is not shown to writers.',
    lines: [
      ...line('Verdict', verdict.name),
      ...line('Feature', problem.feature),
      ...line('Steps told', steps.map(({ title }) => title).join('; ')),
      ...line('Article', article && `${article.slug}, version ${article.version}`).map((one) => ({ ...one, address })),
      ...line('Feedback', feedback && (feedback.answered ? 'yes' : 'no')),
    ],
  };
  return [section];
}

/** A frame of the conversation without anything that was written, and by whom. */
export function withoutWords(frame: string): string {
  const set = JSON.parse(frame) as ActivitySet;
  return JSON.stringify({ ...set, activities: set.activities.map(hide) } satisfies ActivitySet);
}

function hide({ type, id, timestamp, from }: WireActivity): WireActivity {
  return {
    type,
    ...(id !== undefined && { id }),
    ...(timestamp !== undefined && { timestamp }),
    ...(from?.role !== undefined && { from: { role: from.role } }),
    ...(type === 'message' && { text: hidden }),
  };
}
