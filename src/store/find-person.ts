import type { Transaction } from 'kysely';
import type { PersonKey } from '../domain/privacy.ts';
import type { SubjectFields } from '../domain/subject.ts';
import type { Database, Schema } from './schema.ts';

const page = 500;
/** So many conversations are asked for at once; each may have many activities. */
const few = 50;

/** Under what a person's rows are found. */
export interface PersonalKeys {
  /** Conversations that are theirs alone. */
  readonly conversations: readonly string[];
  /** Places where others read along, in which they wrote. */
  readonly shared: readonly string[];
  readonly tickets: readonly string[];
  /** Who they are in Slack and Teams, and in conversations on the site. */
  readonly users: readonly string[];
  readonly linkCodes: readonly string[];
}

/** Looks through all that is stored, page by page: whoever chats meanwhile is not held up. */
export async function findPerson(db: Database, person: PersonKey): Promise<PersonalKeys> {
  const opened = await ticketsOf(db, person);
  const linked = await linkedUsers(db, person);
  const talks = new Set<string>();
  const users = new Set(linked);
  const shared: string[] = [];
  const inTalkOfTicket = new Set(opened.map(({ conversation_id: id }) => id));
  for await (const rows of conversationPages(db))
    for (const { id, subject, user_id: user, shared: isShared } of rows) {
      const isNobodys = subject === null && linked.has(user);
      if (isShared === 1) shared.push(id);
      else if (isNobodys || inTalkOfTicket.has(id) || isOf(subject, person)) {
        talks.add(id);
        users.add(user);
      }
    }
  const conversations = [...talks];
  return {
    conversations,
    users: [...users],
    shared: await writtenBy(db, shared, [...users]),
    tickets: [...new Set([...opened.map(({ number }) => number), ...(await ticketsIn(db, conversations))])],
    linkCodes: await codesFor(db, person),
  };
}

/** Whether a stored identity is this person's. */
function isOf(subject: string | null, { accountId, userId }: PersonKey): boolean {
  if (subject === null) return false;
  const fields = JSON.parse(subject) as SubjectFields;
  return fields.accountId === accountId && fields.userId === userId;
}

function ticketsOf(db: Database, { accountId, userId }: PersonKey) {
  return db
    .selectFrom('tickets')
    .select(['number', 'conversation_id'])
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .execute();
}

/** Tickets of these conversations that nobody else was proved to have. */
export async function ticketsIn(
  db: Database | Transaction<Schema>,
  conversations: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  for (let first = 0; first < conversations.length; first += few) {
    const rows = await db
      .selectFrom('tickets')
      .select('number')
      .where('conversation_id', 'in', conversations.slice(first, first + few))
      .where('user_id', 'is', null)
      .execute();
    found.push(...rows.map(({ number }) => number));
  }
  return found;
}

async function linkedUsers(db: Database, person: PersonKey): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  let after = '';
  for (;;) {
    const rows = await db
      .selectFrom('links')
      .select(['channel_user', 'subject'])
      .where('channel_user', '>', after)
      .orderBy('channel_user')
      .limit(page)
      .execute();
    for (const { channel_user: user, subject } of rows) if (isOf(subject, person)) found.add(user);
    const last = rows.at(-1);
    if (!last) return found;
    after = last.channel_user;
  }
}

async function codesFor(db: Database, person: PersonKey): Promise<readonly string[]> {
  const rows = await db.selectFrom('link_codes').selectAll().execute();
  return rows.filter(({ subject }) => isOf(subject, person)).map(({ hash }) => hash);
}

async function* conversationPages(db: Database) {
  let after = '';
  for (;;) {
    const rows = await db
      .selectFrom('conversations')
      .select(['id', 'subject', 'user_id', 'shared'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(page)
      .execute();
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.id;
  }
}

/** Of these conversations those in which one of these wrote. */
async function writtenBy(db: Database, conversations: readonly string[], users: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (let first = 0; first < conversations.length; first += few) {
    const rows = await db
      .selectFrom('activities')
      .select('conversation_id')
      .distinct()
      .where('conversation_id', 'in', conversations.slice(first, first + few))
      .where('author', 'in', users)
      .execute();
    found.push(...rows.map((row) => row.conversation_id));
  }
  return found;
}
