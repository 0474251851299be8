import type { PersonalRows } from '../domain/privacy.ts';
import type { PersonalKeys } from './find-person.ts';
import type { Database, Schema } from './schema.ts';

type Row = Readonly<Record<string, unknown>>;
type Find = (db: Database, keys: PersonalKeys) => Promise<readonly Row[]>;

/** SQLite takes no more values in one statement than 32,766. */
const atOnce = 500;

const ofTalks =
  (
    table:
      | 'activities'
      | 'shown'
      | 'unanswered'
      | 'feedback'
      | 'article_feedback'
      | 'outcomes'
      | 'addresses'
      | 'tokens'
      | 'reading'
      | 'screenshots',
  ): Find =>
  async (db, { conversations }) =>
    inParts(conversations, (some) => db.selectFrom(table).selectAll().where('conversation_id', 'in', some).execute());

const ofTickets =
  (table: 'tickets' | 'outbox' | 'work' | 'notes' | 'audit' | 'ticket_posts'): Find =>
  async (db, { tickets }) =>
    inParts(tickets, (some) => db.selectFrom(table).selectAll().where('number', 'in', some).execute());

/** The tables in which something of a customer stands, and how it is found there. */
export const personalTables = {
  conversations: (db, { conversations }) =>
    inParts(conversations, (some) => db.selectFrom('conversations').selectAll().where('id', 'in', some).execute()),
  activities: async (db, keys) => [...(await ofTalks('activities')(db, keys)), ...(await writtenInShared(db, keys))],
  shown: ofTalks('shown'),
  unanswered: ofTalks('unanswered'),
  feedback: ofTalks('feedback'),
  article_feedback: ofTalks('article_feedback'),
  outcomes: ofTalks('outcomes'),
  addresses: ofTalks('addresses'),
  tokens: ofTalks('tokens'),
  reading: ofTalks('reading'),
  screenshots: ofTalks('screenshots'),
  tickets: ofTickets('tickets'),
  outbox: ofTickets('outbox'),
  work: ofTickets('work'),
  notes: ofTickets('notes'),
  ticket_posts: ofTickets('ticket_posts'),
  audit: ofTickets('audit'),
  links: (db, { users }) =>
    inParts(users, (some) => db.selectFrom('links').selectAll().where('channel_user', 'in', some).execute()),
  link_codes: (db, { linkCodes }) =>
    inParts(linkCodes, (some) => db.selectFrom('link_codes').selectAll().where('hash', 'in', some).execute()),
} as const satisfies Partial<Record<keyof Schema, Find>>;

/** The others, and why nothing of a customer stands in them. */
export const otherTables = {
  agent_sessions: 'of agents',
  connected_agents: 'of agents',
  claims: 'hashes of ids that were used once',
  past_tickets: 'figures by the day',
  article_views: 'figures by the day',
  nights: 'when the nightly work was done',
  leases: 'which process does what',
  one_time: 'hashes of secrets that are good for minutes, in mails for days',
  limits: 'hashes of who asked too often, for minutes',
  shared_keys: 'of the processes',
} as const satisfies Record<Exclude<keyof Schema, keyof typeof personalTables>, string>;

/** Everything that is found under these keys; hashes of secrets are left out. */
export async function personalRows(db: Database, keys: PersonalKeys): Promise<PersonalRows> {
  const rows: Record<string, readonly Row[]> = {};
  for (const [table, find] of Object.entries<Find>(personalTables)) rows[table] = (await find(db, keys)).map(readable);
  return rows;
}

const asJson = ['activity', 'state', 'subject', 'body', 'address', 'answering'];

function readable(row: Row): Row {
  const members = Object.entries(row).filter(([name]) => name !== 'hash');
  return Object.fromEntries(
    members.map(([name, value]) => [
      name,
      asJson.includes(name) && typeof value === 'string' && value.startsWith('{')
        ? (JSON.parse(value) as unknown)
        : asText(value),
    ]),
  );
}

/** Bytes as Base64. */
export function asText(value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
}

function writtenInShared(db: Database, { shared, users }: PersonalKeys): Promise<readonly Row[]> {
  return inParts(shared, (some) =>
    db.selectFrom('activities').selectAll().where('conversation_id', 'in', some).where('author', 'in', users).execute(),
  );
}

async function inParts(all: readonly string[], find: (some: readonly string[]) => Promise<Row[]>): Promise<Row[]> {
  const found: Row[] = [];
  for (let first = 0; first < all.length; first += atOnce)
    found.push(...(await find(all.slice(first, first + atOnce))));
  return found;
}
