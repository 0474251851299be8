import { hash } from 'node:crypto';
import type { Clock, Tokens } from '../domain/ports.ts';
import type { Database } from './schema.ts';

export function createTokens(db: Database, clock: Clock): Tokens {
  return {
    async add(secret, { conversationId, expiresAt, refreshableUntil }) {
      await db.deleteFrom('tokens').where('refreshable_until', '<', clock.now()).execute();
      await db
        .insertInto('tokens')
        .values({
          hash: digest(secret),
          conversation_id: conversationId,
          expires_at: expiresAt,
          refreshable_until: refreshableUntil,
        })
        .execute();
    },
    async find(secret) {
      const row = await db.selectFrom('tokens').selectAll().where('hash', '=', digest(secret)).executeTakeFirst();
      if (!row) return null;
      const { conversation_id: conversationId, expires_at: expiresAt, refreshable_until: refreshableUntil } = row;
      return { conversationId, expiresAt, refreshableUntil };
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
