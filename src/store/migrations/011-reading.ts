import type { Kysely } from 'kysely';

const page = 500;

interface Talk {
  readonly id: string;
  readonly subject: string | null;
  readonly opened_at: number;
  readonly last_seq: number;
}

/** Whose conversation it is, how far they read it, whether they are there, and what of it goes by e-mail; what there was is read. */
export async function addReading(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('reading')
    .addColumn('conversation_id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text')
    .addColumn('user_id', 'text')
    .addColumn('opened_at', 'bigint', (c) => c.notNull())
    .addColumn('seen_seq', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('here_until', 'bigint')
    .addColumn('person', 'text')
    .addColumn('person_seq', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('unread_since', 'bigint')
    .addColumn('mail_to_seq', 'integer')
    .addColumn('mail_at', 'bigint', (c) => c.notNull().defaultTo(0))
    .addColumn('mail_attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('mailed_seq', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('email', 'text')
    .execute();
  await schema.createIndex('reading_of_person').on('reading').columns(['account_id', 'user_id', 'opened_at']).execute();
  await schema.createIndex('reading_unread').on('reading').column('unread_since').execute();
  await schema.createIndex('tokens_of_user').on('tokens').column('user_id').execute();
  await schema
    .alterTable('tokens')
    .addColumn('signed', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await readAll(db);
}

async function readAll(all: Kysely<unknown>): Promise<void> {
  const db = all as Kysely<{ conversations: Talk & { channel: string }; reading: object }>;
  for (let after = ''; ;) {
    const talks = await db
      .selectFrom('conversations')
      .select(['id', 'subject', 'opened_at', 'last_seq'])
      .where('channel', '=', 'direct-line')
      // Azure has the others, and asks for them itself.
      .where('id', 'not like', 'azure%')
      .where('id', '>', after)
      .orderBy('id')
      .limit(page)
      .execute();
    const last = talks.at(-1);
    if (!last) return;
    await db.insertInto('reading').values(talks.map(rowOf)).execute();
    after = last.id;
  }
}

function rowOf({ id, subject, opened_at, last_seq }: Talk) {
  const whose = subject === null ? null : (JSON.parse(subject) as { accountId: string; userId: string });
  return {
    conversation_id: id,
    account_id: whose?.accountId ?? null,
    user_id: whose?.userId ?? null,
    opened_at,
    seen_seq: last_seq,
  };
}
