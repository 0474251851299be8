import type { ColumnType, Kysely } from 'kysely';

type FilledLater<T> = ColumnType<T | null, null | undefined, T | null>;

/** The tables, in the subset that SQLite and PostgreSQL share: text, integers (epoch ms), JSON as text. */
export interface Schema {
  conversations: {
    id: string;
    channel: string;
    user_id: string;
    subject: string | null;
    locale: string;
    state: FilledLater<string>;
    version: number;
    last_seq: number;
  };
  activities: {
    conversation_id: string;
    seq: number;
    client_id: string | null;
    /** Null: answered, or ours. A number: how many turns were begun without finishing. */
    attempts: number | null;
    activity: string;
  };
  tickets: { number: string; conversation_id: string; opened_at: number; body: string };
  outbox: {
    number: string;
    desk: string;
    attempts: number;
    next_at: number;
    leased_until: number;
    delivered_at: FilledLater<number>;
    conversation_id: string;
    /** Orders the undelivered of one conversation. */
    place: number;
    died_at: FilledLater<number>;
    reason: FilledLater<string>;
  };
  queue: { number: string; waiting_since: number };
  feedback: {
    conversation_id: string;
    episode: number;
    answered: number;
    reason: string | null;
    cause: string | null;
    article: string | null;
    at: number;
  };
  outcomes: { conversation_id: string; episode: number; outcome: string; cause: string | null; at: number };
  tokens: { hash: string; conversation_id: string; user_id: string; expires_at: number; refreshable_until: number };
  claims: { id: string; until: number };
}

export type Database = Kysely<Schema>;
