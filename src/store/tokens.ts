import { hash } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Clock, Token, Tokens } from '../domain/ports.ts';
import { doubtMs } from './doubt.ts';
import { prepare } from './prepared.ts';
import type { Schema } from './schema.ts';
import type { StoreDatabase } from './store-database.ts';
import { expiring, removeOver } from './remove-over.ts';

/** More than come in one call, so that they become fewer, and nobody's chat waits for all of them. */
const few = 20;

const findToken = prepare<{ readonly hash: string }>()((db, value) =>
  db.selectFrom('tokens').selectAll().where('hash', '=', value('hash')),
);

/** The stored tokens, by their hashes. */
export function createTokens(db: StoreDatabase, clock: Clock): Tokens {
  return {
    async add(secret, token) {
      await removeOver(db, expiring.tokens, clock.now() - doubtMs, few);
      await db.atomically(async (tx) => {
        await forgetOlder(tx, token);
        await tx.insertInto('tokens').values(toRow(secret, token)).execute();
      });
    },
    async find(secret) {
      const [row] = await db.look(findToken({ hash: digest(secret) }));
      if (!row) return null;
      const { conversation_id: conversationId, user_id: userId } = row;
      const { expires_at: expiresAt, refreshable_until: refreshableUntil, ends_at: endsAt } = row;
      return { conversationId, userId, expiresAt, refreshableUntil, endsAt, signed: row.signed === 1 };
    },
    async withTokens(userIds) {
      if (userIds.length === 0) return new Set();
      const rows = await db.selectFrom('tokens').select('user_id').where('user_id', 'in', userIds).execute();
      return new Set(rows.map((row) => row.user_id));
    },
    async revoke(userId) {
      await db.deleteFrom('tokens').where('user_id', '=', userId).execute();
    },
    async claimOnce(id, until) {
      await removeOver(db, expiring.claims, clock.now() - doubtMs, few);
      const claimed = await db
        .insertInto('claims')
        .values({ id: digest(id), until })
        .onConflict((clash) => clash.column('id').doNothing())
        .executeTakeFirst();
      return claimed.numInsertedOrUpdatedRows === 1n;
    },
  };
}

/** All tokens of a user of a conversation but their newest. */
async function forgetOlder(tx: Transaction<Schema>, { conversationId, userId }: Token): Promise<void> {
  const newest = tx
    .selectFrom('tokens')
    .select('hash')
    .where('conversation_id', '=', conversationId)
    .where('user_id', '=', userId)
    .orderBy('expires_at', 'desc')
    .limit(1);
  await tx
    .deleteFrom('tokens')
    .where('conversation_id', '=', conversationId)
    .where('user_id', '=', userId)
    .where('hash', 'not in', newest)
    .execute();
}

function toRow(secret: string, { conversationId, userId, expiresAt, refreshableUntil, endsAt, signed }: Token) {
  const until = { expires_at: expiresAt, refreshable_until: refreshableUntil, ends_at: endsAt };
  return { hash: digest(secret), conversation_id: conversationId, user_id: userId, ...until, signed: signed ? 1 : 0 };
}

function digest(secret: string): string {
  return hash('sha256', secret, 'base64url');
}
