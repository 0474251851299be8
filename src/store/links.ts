import { hash } from 'node:crypto';
import type { LinkCode, Links } from '../domain/channels.ts';
import type { Instant } from '../domain/instant.ts';
import type { Clock } from '../domain/ports.ts';
import type { SubjectFields } from '../domain/subject.ts';
import { doubtMs } from './doubt.ts';
import { prepare, type Steps } from './prepared.ts';
import type { StoreDatabase } from './store-database.ts';

/** The stored links; codes are stored by their hashes. */
export function createLinks(db: StoreDatabase, clock: Clock): Links {
  async function save(on: Pick<StoreDatabase, 'insertInto'>, user: string, subject: SubjectFields): Promise<void> {
    const row = { subject: JSON.stringify(subject), at: clock.now() };
    await on
      .insertInto('links')
      .values({ channel_user: user, ...row })
      .onConflict((clash) => clash.column('channel_user').doUpdateSet(row))
      .execute();
  }

  return {
    async redeem(code, channelUser) {
      return db.atomically(async (tx) => {
        const offered = await tx
          .deleteFrom('link_codes')
          .where('hash', '=', digest(code))
          .where('until', '>=', clock.now())
          .returning('subject')
          .executeTakeFirst();
        if (!offered) return null;
        const subject = JSON.parse(offered.subject) as SubjectFields;
        const linked = { ...subject, verifiedBy: 'linked-chat' as const };
        await save(tx, channelUser, linked);
        return linked;
      });
    },
    save: (channelUser, subject) => save(db, channelUser, subject),
    async burn(code) {
      await db.deleteFrom('link_codes').where('hash', '=', digest(code)).execute();
    },
    async find(channelUser) {
      const row = await db
        .selectFrom('links')
        .select('subject')
        .where('channel_user', '=', channelUser)
        .executeTakeFirst();
      return row ? (JSON.parse(row.subject) as SubjectFields) : null;
    },
  };
}

/** Keeps a code in the caller's transaction, and no longer those that are too old. */
export function* saveLinkCode({ code, subject, until }: LinkCode, now: Instant): Steps<void> {
  yield* dropCodes({ before: now - doubtMs });
  yield* addCode({ hash: digest(code), subject: JSON.stringify(subject), until });
}

const dropCodes = prepare<{ readonly before: Instant }>()((db, value) =>
  db.deleteFrom('link_codes').where('until', '<', value('before')),
);

interface NewCode {
  readonly hash: string;
  readonly subject: string;
  readonly until: Instant;
}
const addCode = prepare<NewCode>()((db, value) =>
  db.insertInto('link_codes').values({ hash: value('hash'), subject: value('subject'), until: value('until') }),
);

function digest(code: string): string {
  return hash('sha256', code, 'base64url');
}
