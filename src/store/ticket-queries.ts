import { sql, type ExpressionBuilder } from 'kysely';
import type { WorkState } from '../domain/ticket.ts';
import { prepare } from './prepared.ts';
import type { Schema } from './schema.ts';

interface Content {
  readonly body: string;
  readonly terms: string;
  readonly accountId: string | null;
  readonly userId: string | null;
}
interface OfConversation {
  readonly number: string;
  readonly conversationId: string;
}
interface New extends OfConversation, Content {
  readonly openedAt: number;
}
/** Stores a ticket. */
export const add = prepare<New>()((db, value) =>
  db.insertInto('tickets').values({
    number: value('number'),
    conversation_id: value('conversationId'),
    opened_at: value('openedAt'),
    body: value('body'),
    terms: value('terms'),
    account_id: value('accountId'),
    user_id: value('userId'),
  }),
);

/** Stores another content of a ticket; nothing where the conversation has none of this number. */
export const amend = prepare<OfConversation & Content>()((db, value) =>
  db
    .updateTable('tickets')
    .set({ body: value('body'), terms: value('terms'), account_id: value('accountId'), user_id: value('userId') })
    .where('number', '=', value('number'))
    .where('conversation_id', '=', value('conversationId'))
    .returning('number'),
);

interface FoundBy {
  readonly priority: number;
  readonly cause: string | null;
  readonly customer: string | null;
  readonly email: string | null;
}
/** What the lists order and find a ticket by; a priority that an agent set stays. */
export const findBy = prepare<FoundBy & { readonly number: string }>()((db, value) =>
  db
    .updateTable('work')
    .set({
      priority: sql<number>`case when ranked = 1 then priority else cast(${value('priority')} as integer) end`,
      cause: value('cause'),
      customer: value('customer'),
      email: value('email'),
    })
    .where('number', '=', value('number')),
);

/** Nobody waits for an answer, and nothing is unread. */
export const answered = { waits_since: null, unread: 0 } as const;

interface At extends OfConversation {
  readonly at: number;
}
/** Closes a ticket as solved, and nobody holds it; nothing where it was closed before. */
export const withdraw = prepare<At>()((db, value) =>
  db
    .updateTable('work')
    .set({ state: 'closed', since: value('at'), holder_id: null, holder_name: null, true_cause: null, solved: 1 })
    .set(answered)
    .where('number', '=', value('number'))
    .where('conversation_id', '=', value('conversationId'))
    .where('state', '!=', 'closed')
    .returning('number'),
);

/** Has a ticket wait for an agent, unless it is in the queue. */
export const queueUp = prepare<At & FoundBy>()((db, value) =>
  db
    .insertInto('work')
    .values({
      number: value('number'),
      conversation_id: value('conversationId'),
      state: 'waiting',
      since: value('at'),
      waits_since: value('at'),
      priority: value('priority'),
      cause: value('cause'),
      customer: value('customer'),
      email: value('email'),
    })
    .onConflict((clash) => clash.column('number').doNothing()),
);

interface NewDelivery extends At {
  readonly id: string;
  readonly seq: number | null;
  readonly question: string | null;
  readonly desk: string;
  readonly place: number;
}
/** Has something brought to a desk. */
export const deliver = prepare<NewDelivery>()((db, value) =>
  db.insertInto('outbox').values({
    id: value('id'),
    number: value('number'),
    seq: value('seq'),
    question: value('question'),
    desk: value('desk'),
    conversation_id: value('conversationId'),
    place: value('place'),
    attempts: 0,
    next_at: value('at'),
    written_at: value('at'),
    leased_until: 0,
  }),
);

/** Whose customer reads in this conversation: it is theirs, or took in one of it. */
const isReadIn = (id: string) => (row: ExpressionBuilder<Schema, 'work'>) =>
  row.or([
    row('conversation_id', '=', id),
    row(
      'number',
      'in',
      row
        .selectFrom('work as merged')
        .select('merged.merged_into')
        .where('merged.conversation_id', '=', id)
        .where('merged.merged_into', 'is not', null)
        .$castTo<{ merged_into: string }>(),
    ),
  ]);

/** A closed ticket solved what it was about; nothing where that was answered before. */
export const markSolved = prepare<OfConversation>()((db, value) =>
  db
    .updateTable('work')
    .set({ solved: 1 })
    .where('number', '=', value('number'))
    .where(isReadIn(value('conversationId')))
    .where('state', '=', 'closed')
    .where('solved', 'is', null),
);

interface Reopened extends At {
  readonly state: WorkState;
}
/** A closed ticket did not solve what it was about: it goes on, and nobody has it yet; nothing where that was answered before. */
export const reopen = prepare<Reopened>()((db, value) =>
  db
    .updateTable('work')
    .set({ solved: 0, state: value('state'), since: value('at'), holder_id: null, holder_name: null })
    .set((row) => ({ waits_since: value('at'), unread: row('unread', '+', 1) }))
    .where('number', '=', value('number'))
    .where(isReadIn(value('conversationId')))
    .where('state', '=', 'closed')
    .where('solved', 'is', null),
);

interface Heard {
  readonly conversationId: string;
  readonly at: number;
}
/** The customer wrote: what is open of their conversation, or took in one of it, has something unread. */
export const heard = prepare<Heard>()((db, value) =>
  db
    .updateTable('work')
    .set((row) => ({
      waits_since: sql<number>`coalesce(waits_since, cast(${value('at')} as bigint))`,
      unread: row('unread', '+', 1),
    }))
    .where('state', '!=', 'closed')
    .where(isReadIn(value('conversationId')))
    .returning('number'),
);

/** The ticket in which one goes on. */
export const keptFor = prepare<{ readonly number: string }>()((db, value) =>
  db.selectFrom('work').select('merged_into').where('number', '=', value('number')),
);

/** Where a ticket was brought to, or is to be. */
export const deskOf = prepare<{ readonly id: string }>()((db, value) =>
  db.selectFrom('outbox').select('desk').where('id', '=', value('id')),
);

/** The place of a new delivery behind those of its conversation that still wait. */
export const nextPlace = prepare<{ readonly id: string }>()((db, value) =>
  db
    .selectFrom('outbox')
    .select(sql<number>`coalesce(max(place), 0) + 1`.as('place'))
    .where('conversation_id', '=', value('id'))
    .where('delivered_at', 'is', null),
);

interface Claim {
  readonly now: number;
  readonly leaseUntil: number;
  readonly limit: number;
}
/** Leases what is due and waits for none of its conversation before it, be that one a dead letter. */
export const claimDue = prepare<Claim>()((db, value) => {
  const due = db
    .selectFrom('outbox as one')
    .select('id')
    .where('delivered_at', 'is', null)
    .where('died_at', 'is', null)
    .where('next_at', '<=', value('now'))
    .where('leased_until', '<=', value('now'))
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('outbox as earlier')
            .select('id')
            .whereRef('earlier.conversation_id', '=', 'one.conversation_id')
            .whereRef('earlier.place', '<', 'one.place')
            .where('earlier.delivered_at', 'is', null),
        ),
      ),
    )
    .orderBy('next_at')
    .limit(value('limit'));
  // The lease condition stands again outside: PostgreSQL re-checks only the outer one after the row lock.
  return db
    .updateTable('outbox')
    .set((row) => ({ leased_until: value('leaseUntil'), attempts: row('attempts', '+', 1) }))
    .where('id', 'in', due)
    .where('leased_until', '<=', value('now'))
    .where('delivered_at', 'is', null)
    .returning(['id', 'number', 'seq', 'question', 'attempts', 'conversation_id']);
});

interface Delivered {
  readonly id: string;
  readonly at: number;
}
/** The desk has it, whoever brought it and whatever was said of it before. */
export const delivered = prepare<Delivered>()((db, value) =>
  db
    .updateTable('outbox')
    .set({ delivered_at: value('at'), died_at: null, reason: null })
    .where('id', '=', value('id'))
    .returning(['number', 'seq', 'desk']),
);
