import type { Answering } from '../domain/agent.ts';
import type { AuditEntry } from '../domain/audit.ts';
import { iso } from '../domain/instant.ts';
import type { Note } from '../domain/ports.ts';
import type { AnswerBy } from '../domain/response-targets.ts';
import type { FiledTicket, Work } from '../domain/ticket.ts';
import type { AuditEntryJson, TicketDelivery, TicketDetail, TicketRow } from '../tickets/console-json.ts';
import { isoTimes } from '../tickets/formatting.ts';
import { contextOf, headlineOf, whatOf } from '../tickets/headline.ts';
import { sectionsOf } from '../tickets/sections.ts';

/** A ticket as one line of a list. */
export function rowOf(filed: FiledTicket, answerBy: AnswerBy): TicketRow {
  const { ticket, work } = filed;
  const { problem, verdict, who } = ticket;
  const by = answerBy(work);
  return {
    number: ticket.number,
    headline: headlineOf({ ...ticket, priority: work.priority }),
    title: whatOf(ticket),
    words: problem.words,
    feature: problem.feature,
    ...(problem.topic !== undefined && { topic: problem.topic }),
    cause: verdict.cause,
    causeName: verdict.name,
    class: verdict.class,
    customer: who.subject && (who.subject.name ?? who.subject.email ?? who.subject.userId),
    account: who.account,
    channel: who.channel,
    language: ticket.language,
    openedAt: iso(ticket.openedAt),
    delivery: deliveryOf(filed),
    ...workOf(work),
    answerBy: by === null ? null : iso(by),
  };
}

function workOf({ since, waitsSince, ...work }: Work): Pick<TicketRow, keyof Work & keyof TicketRow> {
  const { state, holder, trueCause, solved, priority, unread, mergedInto } = work;
  const waits = waitsSince === null ? null : iso(waitsSince);
  return { state, since: iso(since), holder, trueCause, solved, priority, unread, mergedInto, waitsSince: waits };
}

function deliveryOf({ desk, deliveredAt, attempts, dead, work }: FiledTicket): TicketDelivery {
  return {
    desk,
    deliveredAt: deliveredAt === null ? null : iso(deliveredAt),
    attempts,
    dead: dead && { at: iso(dead.at), reason: dead.reason },
    url: work.ref?.url ?? null,
  };
}

/** What belongs to a ticket besides itself. */
export interface Around {
  readonly notes: readonly Note[];
  readonly history: readonly AuditEntry[];
  readonly answering: Answering | null;
  readonly joined: readonly FiledTicket[];
  readonly earlier: readonly FiledTicket[];
  readonly answerBy: AnswerBy;
}

/** A ticket with everything that an agent sees of it. */
export function detailOf(filed: FiledTicket, around: Around): TicketDetail {
  const { notes, history, answering, joined, earlier, answerBy } = around;
  const { article } = filed.ticket;
  const links = { article: article ? `/articles/${encodeURIComponent(article.slug)}` : undefined, times: isoTimes };
  return {
    row: rowOf(filed, answerBy),
    sections: sectionsOf(filed.ticket, links),
    context: contextOf(filed.ticket, isoTimes),
    notes: notes.map((note) => ({ ...note, at: iso(note.at) })),
    history: history.map(entryOf),
    answering: answering && {
      id: answering.id,
      name: answering.name,
      ticket: answering.ticket,
      desk: answering.desk,
    },
    joined: joined.map(({ ticket: { number, who } }) => ({ number, channel: who.channel })),
    earlier: earlier.map((one) => rowOf(one, answerBy)),
  };
}

/** An entry of the audit log. */
export function entryOf(entry: AuditEntry): AuditEntryJson {
  return { ...entry, at: iso(entry.at) };
}
