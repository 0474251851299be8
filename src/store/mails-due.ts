import { sql } from 'kysely';
import type { MailDue, Reading } from '../domain/ports.ts';
import type { StoredReply } from '../domain/activity.ts';
import type { SubjectFields } from '../domain/subject.ts';
import type { Ticket } from '../domain/ticket.ts';
import { fromActivityRow } from './activities.ts';
import type { Database } from './schema.ts';
import type { StoreDatabase } from './store-database.ts';

/** In one mail; the chat shows the others. */
const mostReplies = 50;

type MailsDue = Pick<Reading, 'claimMails' | 'mailed' | 'mailAgainAt' | 'confirmEmail'>;

/** What waits for being mailed, as the rows of `reading` tell it. */
export function createMailsDue(db: StoreDatabase): MailsDue {
  /** A mail that whoever claimed it the n-th time still holds. */
  const held = ({ conversationId, attempts }: Pick<MailDue, 'conversationId' | 'attempts'>) =>
    db.updateTable('reading').where('conversation_id', '=', conversationId).where('mail_attempts', '=', attempts);

  return {
    async claimMails(now, { unreadSince, leaseUntil, limit }) {
      const due = await db
        .selectFrom('reading')
        .select(['conversation_id', 'mail_attempts'])
        .where('unread_since', '<=', unreadSince)
        .where('mail_at', '<=', now)
        .orderBy('unread_since')
        .limit(limit)
        .execute();
      const claimed = await Promise.all(due.map((one) => claim(db, one, leaseUntil)));
      return claimed.filter((one) => one !== null);
    },

    async mailed({ toSeq, ...mail }, at) {
      await held(mail)
        .where('mail_to_seq', '=', toSeq)
        .set({
          mailed_seq: toSeq,
          mail_to_seq: null,
          mail_attempts: 0,
          mail_at: 0,
          unread_since: sql<number>`case when person_seq <= ${toSeq} then null else cast(${at} as bigint) end`,
        })
        .execute();
    },

    async mailAgainAt(mail, at) {
      await held(mail).set({ mail_at: at }).execute();
    },

    async confirmEmail(id, email) {
      await db.updateTable('reading').set({ email }).where('conversation_id', '=', id).execute();
    },
  };
}

/** Null: another process has it, or it was read meanwhile. */
async function claim(
  db: Database,
  { conversation_id: id, mail_attempts: before }: { readonly conversation_id: string; readonly mail_attempts: number },
  leaseUntil: number,
): Promise<MailDue | null> {
  const row = await db
    .updateTable('reading')
    .set({
      mail_attempts: before + 1,
      mail_at: leaseUntil,
      // What is said from now on is of the next mail: one that comes again is the same.
      mail_to_seq: sql<number>`coalesce(mail_to_seq, person_seq)`,
    })
    .where('conversation_id', '=', id)
    .where('mail_attempts', '=', before)
    .where('unread_since', 'is not', null)
    .returning(['mail_to_seq', 'seen_seq', 'mailed_seq', 'email'])
    .executeTakeFirst();
  if (row?.mail_to_seq == null) return null;
  const { mail_to_seq: toSeq, seen_seq: seen, mailed_seq: mailed, email } = row;
  const [subject, typedContact, replies] = await Promise.all([
    subjectOf(db, id),
    contactIn(db, id),
    personsWords(db, id, [Math.max(seen, mailed), toSeq]),
  ]);
  const told = { conversationId: id, attempts: before + 1, toSeq, replies };
  return { ...told, subject, confirmedEmail: email, typedContact, isFirst: mailed === 0 };
}

async function contactIn(db: Database, id: string): Promise<string | null> {
  const row = await db
    .selectFrom('tickets')
    .select('body')
    .where('conversation_id', '=', id)
    .orderBy('opened_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? ((JSON.parse(row.body) as Ticket).who.unverifiedContact ?? null) : null;
}

async function subjectOf(db: Database, id: string): Promise<SubjectFields | null> {
  const row = await db.selectFrom('conversations').select('subject').where('id', '=', id).executeTakeFirst();
  return row?.subject == null ? null : (JSON.parse(row.subject) as SubjectFields);
}

/** What people said behind the one and up to the other activity. */
async function personsWords(
  db: Database,
  id: string,
  [after, last]: readonly [number, number],
): Promise<StoredReply[]> {
  const rows = await db
    .selectFrom('activities')
    .select(['seq', 'activity', 'at', 'author'])
    .where('conversation_id', '=', id)
    .where('seq', '>', after)
    .where('seq', '<=', last)
    .where('author', 'is', null)
    .orderBy('seq', 'desc')
    .limit(mostReplies)
    .execute();
  return rows
    .reverse()
    .map(fromActivityRow)
    .filter((one) => one.type === 'reply' && one.reply.kind === 'person') as StoredReply[];
}
