import { sql } from 'kysely';
import { prepare } from './prepared.ts';

interface InConversation {
  readonly id: string;
}
interface AtSeq extends InConversation {
  readonly seq: number;
}

/** A conversation with its state. */
export const load = prepare<InConversation>()((db, value) =>
  db.selectFrom('conversations').selectAll().where('id', '=', value('id')),
);

interface FromClient extends InConversation {
  readonly clientId: string;
}
/** The activity that a client already sent under this id. */
export const receivedBefore = prepare<FromClient>()((db, value) =>
  db
    .selectFrom('activities')
    .select(['seq', 'activity', 'at', 'author'])
    .where('conversation_id', '=', value('id'))
    .where('client_id', '=', value('clientId')),
);

/** Takes the next sequence number of a conversation. */
export const nextSeq = prepare<InConversation>()((db, value) =>
  db
    .updateTable('conversations')
    .set((row) => ({ last_seq: row('last_seq', '+', 1) }))
    .where('id', '=', value('id'))
    .returning('last_seq'),
);

interface NewActivity extends AtSeq {
  readonly clientId: string | null;
  readonly attempts: number | null;
  readonly activity: string;
  readonly at: number;
  readonly author: string | null;
}
/** Stores one activity at its sequence number. */
export const addActivity = prepare<NewActivity>()((db, value) =>
  db.insertInto('activities').values({
    conversation_id: value('id'),
    seq: value('seq'),
    client_id: value('clientId'),
    attempts: value('attempts'),
    activity: value('activity'),
    at: value('at'),
    author: value('author'),
  }),
);

/** The first activity that no turn has answered. */
export const oldestPending = prepare<InConversation>()((db, value) =>
  db
    .selectFrom('activities')
    .select(['seq', 'activity', 'at', 'author', 'attempts'])
    .where('conversation_id', '=', value('id'))
    .where('attempts', 'is not', null)
    .orderBy('seq')
    .limit(1),
);

interface Advance extends InConversation {
  readonly state: string;
  readonly version: number;
  readonly replies: number;
}
/** Stores the state and takes a sequence number for each reply, if the version is still the one that was read. */
export const advance = prepare<Advance>()((db, value) =>
  db
    .updateTable('conversations')
    .set((row) => ({
      state: value('state'),
      version: row('version', '+', 1),
      last_seq: sql<number>`last_seq + ${value('replies')}`,
    }))
    .where('id', '=', value('id'))
    .where('version', '=', value('version'))
    .returning('last_seq'),
);

/** Nothing where another turn answered it. */
export const markAnswered = prepare<AtSeq>()((db, value) =>
  db
    .updateTable('activities')
    .set({ attempts: null })
    .where('conversation_id', '=', value('id'))
    .where('seq', '=', value('seq'))
    .where('attempts', 'is not', null)
    .returning('seq'),
);

interface NewOutcome extends InConversation {
  readonly complaintNumber: number;
  readonly outcome: string;
  readonly cause: string | null;
  readonly at: number;
}
/** The outcome of a complaint, in place of an earlier one. */
export const saveOutcome = prepare<NewOutcome>()((db, value) =>
  db
    .insertInto('outcomes')
    .values({
      conversation_id: value('id'),
      complaint: value('complaintNumber'),
      outcome: value('outcome'),
      cause: value('cause'),
      at: value('at'),
    })
    .onConflict((clash) =>
      clash.columns(['conversation_id', 'complaint']).doUpdateSet((row) => ({
        outcome: row.ref('excluded.outcome'),
        cause: row.ref('excluded.cause'),
        at: row.ref('excluded.at'),
      })),
    ),
);

interface NewShown extends InConversation {
  readonly complaintNumber: number;
  readonly article: string;
  readonly cause: string;
  readonly at: number;
}
/** An article that was shown, once for each cause of a complaint. */
export const saveShown = prepare<NewShown>()((db, value) =>
  db
    .insertInto('shown')
    .values({
      conversation_id: value('id'),
      complaint: value('complaintNumber'),
      article: value('article'),
      cause: value('cause'),
      at: value('at'),
    })
    .onConflict((clash) => clash.columns(['conversation_id', 'complaint', 'article', 'cause']).doNothing()),
);

/** The place of a new delivery behind those of its conversation that still wait. */
export const nextPlace = prepare<InConversation>()((db, value) =>
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
