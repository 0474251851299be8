import type { Answering } from '../domain/agent.ts';
import type { AuditEntry } from '../domain/audit.ts';
import { iso } from '../domain/instant.ts';
import type { Note } from '../domain/ports.ts';
import type { FiledTicket, Work } from '../domain/ticket.ts';
import type { AuditEntryJson, TicketDelivery, TicketDetail, TicketRow } from '../tickets/console-json.ts';
import { contextOf, headlineOf, whatOf } from '../tickets/headline.ts';
import { sectionsOf } from '../tickets/sections.ts';

/** A ticket as one line of a list. */
export function rowOf(filed: FiledTicket): TicketRow {
  const { ticket, work } = filed;
  const { problem, verdict, who } = ticket;
  return {
    number: ticket.number,
    headline: headlineOf(ticket),
    title: whatOf(ticket),
    words: problem.words,
    feature: problem.feature,
    ...(problem.topic !== undefined && { topic: problem.topic }),
    cause: verdict.cause,
    causeName: verdict.name,
    class: verdict.class,
    priority: ticket.priority,
    customer: who.subject && (who.subject.name ?? who.subject.email ?? who.subject.userId),
    account: who.account,
    channel: who.channel,
    language: ticket.language,
    openedAt: iso(ticket.openedAt),
    delivery: deliveryOf(filed),
    ...workOf(work),
  };
}

function workOf({ state, since, holder, trueCause, solved }: Work): Pick<TicketRow, keyof Work & keyof TicketRow> {
  return { state, since: iso(since), holder, trueCause, solved };
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
  readonly earlier: readonly FiledTicket[];
}

/** A ticket with everything that an agent sees of it. */
export function detailOf(filed: FiledTicket, { notes, history, answering, earlier }: Around): TicketDetail {
  const { article } = filed.ticket;
  const links = { article: article ? `/articles/${encodeURIComponent(article.slug)}` : undefined };
  return {
    row: rowOf(filed),
    sections: sectionsOf(filed.ticket, links),
    context: contextOf(filed.ticket),
    notes: notes.map((note) => ({ ...note, at: iso(note.at) })),
    history: history.map(entryOf),
    answering: answering && {
      id: answering.id,
      name: answering.name,
      ticket: answering.ticket,
      desk: answering.desk,
    },
    earlier: earlier.map(rowOf),
  };
}

/** An entry of the audit log. */
export function entryOf(entry: AuditEntry): AuditEntryJson {
  return { ...entry, at: iso(entry.at) };
}
