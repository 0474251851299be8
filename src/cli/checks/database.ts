import type { DatabaseSettings } from '../../config.ts';
import { fail, ok, warn, type Check, type CheckResult } from '../../domain/check.ts';
import { codeOf } from '../../domain/errors.ts';
import { readServerFacts, type ServerFacts } from '../../store/postgres/server-facts.ts';

/** Older ones lack what our migrations use, or get no mending any more (postgresql.org/support/versioning). */
const oldest = 14;

/** Asks PostgreSQL whether it is fit to store everything. */
export function checkDatabase(settings: DatabaseSettings): Check {
  return {
    name: 'DATABASE_URL',
    async run() {
      try {
        return judgeServer(await readServerFacts(settings), settings.connections);
      } catch (error) {
        if (codeOf(error) !== 'config-invalid') throw error;
        return fail((error as Error).message, 'check the address, the user, and that this machine may reach it');
      }
    },
  };
}

/** The first thing that is not as it should be. `pool`: connections that a process may have. */
export function judgeServer(facts: ServerFacts, pool: number): CheckResult {
  const version = Math.floor(facts.version / 10_000);
  if (version < oldest) return fail(`it is PostgreSQL ${version}`, `take ${oldest} or later`);
  if (facts.encoding !== 'UTF8')
    return fail(`its encoding is ${facts.encoding}`, "make the database anew with encoding 'UTF8'");
  if (facts.isReadOnly) return fail('it is read-only', 'set the address of the server that takes writes');
  if (!facts.mayCreate)
    return fail('its user may not create tables there', 'make the user the owner of the database, or grant create');
  // One more hears what other processes store.
  const processes = Math.floor(facts.connections / (pool + 1));
  if (processes === 0)
    return fail(
      `it takes ${facts.connections} connections, and a process may want ${pool + 1}`,
      'set DATABASE_POOL lower, or its max_connections higher',
    );
  if (facts.commits === 'off')
    return warn('synchronous_commit is off: what was acknowledged is lost where the server falls', 'set it to on');
  if (processes === 1)
    return warn(
      `it takes ${facts.connections} connections: enough for one process of ${pool + 1}`,
      'set DATABASE_POOL lower, or its max_connections higher',
    );
  return ok(`PostgreSQL ${version} can be used, by ${processes} processes of ${pool + 1} connections`);
}
