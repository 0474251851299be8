import { sql, type Selectable } from 'kysely';
import type { Address, Addresses, ChannelAddress, PushChannel } from '../domain/channels.ts';
import type { Clock } from '../domain/ports.ts';
import { prepare } from './prepared.ts';
import type { Database, Schema } from './schema.ts';

interface Due {
  readonly id: string;
  readonly at: number;
}
/** Something was said: where the conversation has an address, it is to be sent. */
export const markDue = prepare<Due>()((db, value) =>
  db
    .updateTable('addresses')
    .set({ due_at: value('at') })
    .where('conversation_id', '=', value('id')),
);

/** The stored addresses. */
export function createAddresses(db: Database, clock: Clock): Addresses {
  return {
    async save(conversationId, channel, to) {
      const address = JSON.stringify(to);
      await db
        .insertInto('addresses')
        .values({ conversation_id: conversationId, channel, address, sent_seq: 0, attempts: 0 })
        .onConflict((clash) => clash.column('conversation_id').doUpdateSet({ address }))
        .execute();
    },
    async find(conversationId) {
      const row = await db
        .selectFrom('addresses')
        .selectAll()
        .where('conversation_id', '=', conversationId)
        .executeTakeFirst();
      return row ? fromRow(row) : null;
    },
    async due(now, limit) {
      const rows = await db
        .selectFrom('addresses')
        .select('conversation_id')
        .where('due_at', '<=', now)
        .orderBy('due_at')
        .limit(limit)
        .execute();
      return rows.map((row) => row.conversation_id);
    },
    async sent(conversationId, seq, open) {
      await db
        .updateTable('addresses')
        .set({
          sent_seq: seq,
          attempts: 0,
          open_ref: open?.ref ?? null,
          open_seq: open?.seq ?? null,
          // What was said meanwhile is still due.
          due_at: sql<number | null>`case when ${seq} >= (select last_seq from conversations where id = conversation_id)
            then null else cast(${clock.now()} as bigint) end`,
        })
        .where('conversation_id', '=', conversationId)
        .execute();
    },
    async retryAt(conversationId, at) {
      await db
        .updateTable('addresses')
        .set((row) => ({ due_at: at, attempts: row('attempts', '+', 1) }))
        .where('conversation_id', '=', conversationId)
        .execute();
    },
    async named(conversationId, seq, ref) {
      await db
        .updateTable('activities')
        .set({ client_id: sentAs(ref) })
        .where('conversation_id', '=', conversationId)
        .where('seq', '=', seq)
        .where('author', 'is', null)
        // The first of its name: a channel that gives one twice fails nothing.
        .where((row) =>
          row.not(
            row.exists(
              row
                .selectFrom('activities as other')
                .select('other.seq')
                .where('other.conversation_id', '=', conversationId)
                .where('other.client_id', '=', sentAs(ref)),
            ),
          ),
        )
        .execute();
    },
    async seqOf(conversationId, ref) {
      const row = await db
        .selectFrom('activities')
        .select('seq')
        .where('conversation_id', '=', conversationId)
        .where('client_id', '=', sentAs(ref))
        .executeTakeFirst();
      return row?.seq ?? null;
    },
  };
}

/** What came in has ids that begin otherwise. */
const sentAs = (ref: string) => `sent:${ref}`;

function fromRow(row: Selectable<Schema['addresses']>): Address {
  const { conversation_id: conversationId, channel, sent_seq: sentSeq, attempts, open_ref: ref, open_seq: seq } = row;
  const open = ref === null || seq === null ? null : { ref, seq };
  return {
    conversationId,
    channel: channel as PushChannel,
    to: JSON.parse(row.address) as ChannelAddress,
    sentSeq,
    open,
    attempts,
  };
}
