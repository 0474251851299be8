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
    .select(['seq', 'activity'])
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
}
/** Stores one activity at its sequence number. */
export const addActivity = prepare<NewActivity>()((db, value) =>
  db.insertInto('activities').values({
    conversation_id: value('id'),
    seq: value('seq'),
    client_id: value('clientId'),
    attempts: value('attempts'),
    activity: value('activity'),
  }),
);

/** The first activity that no turn has answered. */
export const oldestPending = prepare<InConversation>()((db, value) =>
  db
    .selectFrom('activities')
    .select(['seq', 'activity', 'attempts'])
    .where('conversation_id', '=', value('id'))
    .where('attempts', 'is not', null)
    .orderBy('seq')
    .limit(1),
);

interface MovedOn extends InConversation {
  readonly state: string;
  readonly version: number;
  readonly replies: number;
}
/** Stores the state and takes a sequence number for each reply, if the version is still the one that was read. */
export const moveOn = prepare<MovedOn>()((db, value) =>
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
  readonly episode: number;
  readonly outcome: string;
  readonly cause: string | null;
  readonly at: number;
}
/** The outcome of an episode, in place of an earlier one. */
export const keepOutcome = prepare<NewOutcome>()((db, value) =>
  db
    .insertInto('outcomes')
    .values({
      conversation_id: value('id'),
      episode: value('episode'),
      outcome: value('outcome'),
      cause: value('cause'),
      at: value('at'),
    })
    .onConflict((clash) =>
      clash.columns(['conversation_id', 'episode']).doUpdateSet((row) => ({
        outcome: row.ref('excluded.outcome'),
        cause: row.ref('excluded.cause'),
        at: row.ref('excluded.at'),
      })),
    ),
);
