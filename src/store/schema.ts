import type { ColumnType, Kysely } from 'kysely';
import type { AuditAction } from '../domain/audit.ts';
import type { PushChannel } from '../domain/channels.ts';
import type { Screenshot } from '../domain/screenshots.ts';
import type { WorkState } from '../domain/ticket.ts';

type FilledLater<T> = ColumnType<T | null, T | null | undefined, T | null>;
type WithDefault<T> = ColumnType<T, T | undefined, T>;

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
    /** JSON of the person who answers; null: the bot does. */
    answering: FilledLater<string>;
    /** 1: others read along. */
    shared: number;
    /** 0: before that was kept. */
    opened_at: number;
    /** The process that answers; null: nobody does now. */
    turn_owner: FilledLater<string>;
    /** When another process may. */
    turn_until: WithDefault<number>;
  };
  activities: {
    conversation_id: string;
    seq: number;
    /** Of what came in, what its client calls it; of ours, what the channel does, where that is kept. */
    client_id: string | null;
    /** Null: answered, or ours. A number: how many turns were begun without finishing. */
    attempts: number | null;
    /** JSON of the `Activity`. */
    activity: string;
    at: number;
    /** Null: ours. */
    author: string | null;
  };
  tickets: {
    number: string;
    conversation_id: string;
    opened_at: number;
    /** JSON of the `Ticket`. */
    body: string;
    /** Whose it is, where somebody was verified. */
    account_id: FilledLater<string>;
    user_id: FilledLater<string>;
    /** Under which it is found, with a space between two (`search-terms.ts`). */
    terms: WithDefault<string>;
  };
  outbox: {
    /** The ticket's number, for a later message with its `seq` behind it. */
    id: string;
    number: string;
    /** Of the activity to bring; null: the ticket itself. */
    seq: number | null;
    /** What the activity answers; null: nothing that a desk has to know. */
    question: FilledLater<string>;
    desk: string;
    attempts: number;
    next_at: number;
    leased_until: number;
    delivered_at: FilledLater<number>;
    conversation_id: string;
    /** Orders the undelivered of one conversation. */
    place: number;
    /** A ticket when it was opened, a later message by itself. */
    written_at: number;
    died_at: FilledLater<number>;
    reason: FilledLater<string>;
  };
  work: {
    number: string;
    conversation_id: string;
    state: WorkState;
    since: number;
    /** The place among `priorities`. */
    priority: number;
    /** 1: an agent set the priority, and nothing that comes in later does. */
    ranked: WithDefault<number>;
    waits_since: FilledLater<number>;
    unread: WithDefault<number>;
    merged_into: FilledLater<string>;
    cause: string | null;
    /** Account and user of a verified identity. */
    customer: string | null;
    email: string | null;
    holder_id: FilledLater<string>;
    holder_name: FilledLater<string>;
    true_cause: FilledLater<string>;
    solved: FilledLater<number>;
    ref_id: FilledLater<string>;
    ref_url: FilledLater<string>;
  };
  notes: { id: string; number: string; at: number; author_id: string; author_name: string; text: string };
  audit: {
    at: number;
    id: string;
    actor_id: string;
    actor_name: string;
    action: AuditAction;
    number: string | null;
    detail: string | null;
  };
  agent_sessions: { hash: string; agent: string; expires_at: number };
  /** `cause` empty: the article answered a question. */
  shown: { conversation_id: string; complaint: number; article: string; cause: string; at: number };
  unanswered: { conversation_id: string; seq: number; words: string; at: number };
  /** What was said of a cause, or of nothing in particular: one each complaint. */
  feedback: {
    conversation_id: string;
    complaint: number;
    answered: number;
    reason: string | null;
    cause: string | null;
    article: string | null;
    at: number;
    /** Null: it is older than this column, and its conversation is gone. */
    channel: string | null;
    version: string | null;
  };
  /** What was said of an article by itself. */
  article_feedback: {
    conversation_id: string;
    complaint: number;
    article: string;
    version: string | null;
    channel: string;
    answered: number;
    reason: string | null;
    at: number;
  };
  article_views: { article: string; day: number; count: number };
  outcomes: { conversation_id: string; complaint: number; outcome: string; cause: string | null; at: number };
  screenshots: { id: string; conversation_id: string; type: Screenshot['type']; bytes: Uint8Array; at: number };
  addresses: {
    conversation_id: string;
    channel: string;
    address: string;
    sent_seq: number;
    /** Null: nothing is to be sent. */
    due_at: FilledLater<number>;
    attempts: number;
    open_ref: FilledLater<string>;
    open_seq: FilledLater<number>;
  };
  ticket_posts: {
    number: string;
    channel: PushChannel;
    /** What the channel calls the message. */
    ref: FilledLater<string>;
    /** Counts the ticket's changes; where `shown` is less, the feed is to show it anew. */
    wanted: number;
    shown: number;
    opened_at: number;
  };
  connected_agents: { channel_user: string; agent: string; until: number };
  links: { channel_user: string; subject: string; at: number };
  link_codes: { hash: string; subject: string; until: number };
  tokens: {
    hash: string;
    conversation_id: string;
    user_id: string;
    expires_at: number;
    refreshable_until: number;
    /** When no token of its conversation can be exchanged any more. */
    ends_at: number;
    /** 1: whoever has it was proved by a signed identity, and may read all of that person's conversations. */
    signed: WithDefault<number>;
  };
  /** Of the conversations that customers read here: whose each is, how far they read, and what goes by e-mail. */
  reading: {
    conversation_id: string;
    /** Null: nobody was proved. */
    account_id: string | null;
    user_id: string | null;
    opened_at: number;
    /** The last activity that was shown to the customer. */
    seen_seq: WithDefault<number>;
    /** When a customer of whom nothing more is heard has left; null: they were never there. */
    here_until: FilledLater<number>;
    /** The name of the person who answered last, and the activity in which. */
    person: FilledLater<string>;
    person_seq: WithDefault<number>;
    /** Since when a person's words wait for being read or mailed; null: none do. */
    unread_since: FilledLater<number>;
    /** Up to which activity the mail goes that is being sent; null: none is. */
    mail_to_seq: FilledLater<number>;
    /** When a mail may be tried again. */
    mail_at: WithDefault<number>;
    mail_attempts: WithDefault<number>;
    mailed_seq: WithDefault<number>;
    /** An address that was typed, once its owner confirmed it. */
    email: FilledLater<string>;
  };
  /** Ids that were used, each until it could not be used again anyway. */
  claims: { id: string; until: number };
  /** Tickets that are gone, for the figures: the first instants of the days on which they were opened and closed. */
  past_tickets: { opened_on: number; closed_on: number | null; cause: string | null; true_cause: string | null };
  /** Who does what only one process may do at a time. */
  leases: { name: string; owner: string; until: number };
  /** Secrets that are good once, by their hashes, and what each opens. */
  one_time: { hash: string; purpose: string; opens: string; until: number };
  /** Points that were spent, by the hash of whose they are; until when they count. */
  limits: { key: string; points: number; expire: number };
  /** Keys that the processes share. */
  shared_keys: { name: string; key: string };
  /** When something was last done that is done every night. */
  nights: { name: string; at: number };
}

/** What is stored, by Kysely. */
export type Database = Kysely<Schema>;
