import { SupportError } from '../domain/errors.ts';
import type { Clock } from '../domain/ports.ts';
import type { Screenshots } from '../domain/screenshots.ts';
import type { StoreDatabase } from './store-database.ts';

/** The stored pictures. */
export function createScreenshots(db: StoreDatabase, clock: Clock): Screenshots {
  return {
    async add(conversationId, id, { type, bytes }) {
      await db.atomically(async (tx) => {
        const talk = tx.selectFrom('conversations').select('id').where('id', '=', conversationId);
        // It may have been erased while the picture was on its way.
        if (!(await talk.executeTakeFirst())) throw new SupportError('conversation-unknown');
        await tx
          .insertInto('screenshots')
          .values({ id, conversation_id: conversationId, type, bytes, at: clock.now() })
          .onConflict((clash) => clash.column('id').doNothing())
          .execute();
      });
    },

    async find(id) {
      const found = db.selectFrom('screenshots').select(['type', 'bytes']).where('id', '=', id);
      return (await found.executeTakeFirst()) ?? null;
    },
  };
}
