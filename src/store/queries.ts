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
interface Turn {
  readonly owner: string;
  readonly now: number;
  readonly until: number;
}
/** The same for what is to be answered: by the process that has the turn, or from now on by this one; `has_ticket`: agents are to know of it. */
export const nextSeqToAnswer = prepare<InConversation & Turn>()((db, value) => {
  const isOpen = sql`(turn_owner is null or turn_owner = ${value('owner')} or turn_until <= ${value('now')})`;
  return db
    .updateTable('conversations')
    .set((row) => ({
      last_seq: row('last_seq', '+', 1),
      turn_owner: sql<string>`case when ${isOpen} then ${value('owner')} else turn_owner end`,
      turn_until: sql<number>`case when ${isOpen} then cast(${value('until')} as bigint) else turn_until end`,
    }))
    .where('id', '=', value('id'))
    .returning([
      'last_seq',
      'turn_owner',
      sql<number>`case when exists (
        select 1 from work where work.conversation_id = conversations.id
          and (work.state <> 'closed' or work.merged_into is not null)
      ) then 1 else 0 end`.as('has_ticket'),
    ]);
});

/** Gives the turn to this process; nothing where another has it. */
export const takeTurn = prepare<InConversation & Turn>()((db, value) =>
  db
    .updateTable('conversations')
    .set({ turn_owner: value('owner'), turn_until: value('until') })
    .where('id', '=', value('id'))
    .where((row) =>
      row.or([
        row('turn_owner', 'is', null),
        row('turn_owner', '=', value('owner')),
        row('turn_until', '<=', value('now')),
      ]),
    )
    .returning('id'),
);

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

/** The first activity that no turn has answered, and which process has its turn. */
export const oldestPending = prepare<InConversation>()((db, value) =>
  db
    .selectFrom('activities')
    .innerJoin('conversations', 'conversations.id', 'activities.conversation_id')
    .select(['seq', 'activity', 'at', 'author', 'attempts', 'turn_owner'])
    .where('conversation_id', '=', value('id'))
    .where('attempts', 'is not', null)
    .orderBy('seq')
    // A literal: SQLite compiles a statement anew at each run whose limit is a parameter.
    .limit(sql.lit(1)),
);

interface Advance extends InConversation {
  readonly state: string;
  readonly version: number;
  readonly replies: number;
}
/** Stores the state, takes a sequence number for each reply and ends the turn, if the version is still the one that was read. */
export const advance = prepare<Advance>()((db, value) =>
  db
    .updateTable('conversations')
    .set((row) => ({
      state: value('state'),
      turn_owner: null,
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

interface NewUnanswered extends AtSeq {
  readonly words: string;
  readonly at: number;
}
/** What a customer asked and nothing was found for. */
export const saveUnanswered = prepare<NewUnanswered>()((db, value) =>
  db
    .insertInto('unanswered')
    .values({ conversation_id: value('id'), seq: value('seq'), words: value('words'), at: value('at') }),
);

/** The bot answers again. */
export const letPersonGo = prepare<InConversation>()((db, value) =>
  db.updateTable('conversations').set({ answering: null }).where('id', '=', value('id')),
);
