import { hash } from 'node:crypto';
import type { Clock, Tokens } from '../domain/ports.ts';
import { prepare } from './prepared.ts';
import type { Database } from './schema.ts';

const findToken = prepare<{ readonly hash: string }>()((db, value) =>
  db.selectFrom('tokens').selectAll().where('hash', '=', value('hash')),
);

/** The stored tokens, by their hashes. */
export function createTokens(db: Database, clock: Clock): Tokens {
  return {
    async add(secret, { conversationId, userId, expiresAt, refreshableUntil }) {
      await db.deleteFrom('tokens').where('refreshable_until', '<', clock.now()).execute();
      await db
        .insertInto('tokens')
        .values({
          hash: digest(secret),
          conversation_id: conversationId,
          user_id: userId,
          expires_at: expiresAt,
          refreshable_until: refreshableUntil,
        })
        .execute();
    },
    async find(secret) {
      const [row] = await findToken(db, { hash: digest(secret) });
      if (!row) return null;
      const { conversation_id: conversationId, user_id: userId } = row;
      return { conversationId, userId, expiresAt: row.expires_at, refreshableUntil: row.refreshable_until };
    },
    async claimOnce(id, until) {
      await db.deleteFrom('claims').where('until', '<', clock.now()).execute();
      const claimed = await db
        .insertInto('claims')
        .values({ id: digest(id), until })
        .onConflict((clash) => clash.column('id').doNothing())
        .executeTakeFirst();
      return claimed.numInsertedOrUpdatedRows === 1n;
    },
  };
}

function digest(secret: string): string {
  return hash('sha256', secret, 'base64url');
}
