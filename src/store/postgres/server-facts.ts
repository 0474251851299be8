import { sql } from 'kysely';
import type { Log } from '../../domain/ports.ts';
import { refusal } from '../migrate.ts';
import type { Database } from '../schema.ts';
import { openPostgres } from './index.ts';
import type { PostgresSettings } from './pool.ts';

/** What PostgreSQL says of itself and of our user there. */
export interface ServerFacts {
  /** As 140012 for 14.12. */
  readonly version: number;
  readonly encoding: string;
  readonly isReadOnly: boolean;
  readonly mayCreate: boolean;
  /** Of `synchronous_commit`. */
  readonly commits: string;
  /** For all who are no superuser. */
  readonly connections: number;
}

/** Asks it, and changes nothing. Throws `config-invalid` where it cannot be used. */
export async function readServerFacts(settings: PostgresSettings): Promise<ServerFacts> {
  const db = openPostgres({ ...settings, connections: 1 });
  try {
    const { rows } = await sql<ServerFacts>`select current_setting('server_version_num')::int as version,
      current_setting('server_encoding') as encoding,
      pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as "isReadOnly",
      coalesce(has_schema_privilege(current_schema(), 'create'), false) as "mayCreate",
      current_setting('synchronous_commit') as commits,
      current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
        - coalesce(current_setting('reserved_connections', true)::int, 0) as connections`.execute(db);
    const [facts] = rows;
    if (!facts) throw new Error('a select without a table has one row');
    return facts;
  } catch (error) {
    const why = db.whyUnusable(error);
    throw why === null ? error : refusal(why);
  } finally {
    await db.destroy();
  }
}

/** Warns where what was acknowledged may be lost with the server. */
export async function tellOfCommits(db: Database, log: Pick<Log, 'warn'>): Promise<void> {
  const { rows } = await sql<{ synchronous_commit: string }>`show synchronous_commit`.execute(db);
  if (rows[0]?.synchronous_commit === 'off')
    log.warn(
      {},
      'synchronous_commit is off: what was acknowledged is lost where the database server falls; set it to on',
    );
}
