import type { Selectable } from 'kysely';
import type { AuditEntry } from '../domain/audit.ts';
import type { Audit, Clock } from '../domain/ports.ts';
import { readCursor } from './cursor.ts';
import type { Database, Schema } from './schema.ts';

/** What was done in the console, as stored. A cursor is `<at>.<id>` of an entry; adding an id twice fails. */
export function createAudit(db: Database, clock: Clock): Audit {
  return {
    async add({ id, by, action, ticket, detail }) {
      await db
        .insertInto('audit')
        .values({ id, at: clock.now(), actor_id: by.id, actor_name: by.name, action, number: ticket, detail })
        .execute();
    },
    async newest(limit, before) {
      let query = db.selectFrom('audit').selectAll().orderBy('at', 'desc').orderBy('id', 'desc').limit(limit);
      if (before !== undefined) {
        const { at, id } = readCursor(before);
        query = query.where((row) => row(row.refTuple('at', 'id'), '<', row.tuple(at, id)));
      }
      return (await query.execute()).map(fromRow);
    },
    async ofTicket(number) {
      const rows = await db
        .selectFrom('audit')
        .selectAll()
        .where('number', '=', number)
        .orderBy('at')
        .orderBy('id')
        .execute();
      return rows.map(fromRow);
    },
  };
}

function fromRow({ id, at, actor_id, actor_name, action, number, detail }: Selectable<Schema['audit']>): AuditEntry {
  return { id, at, by: { id: actor_id, name: actor_name }, action, ticket: number, detail };
}
