import { startPostgres, type PostgresServer } from '../../support/postgres-server.ts';
import { remove, temporaryFolder } from '../folders.ts';

/** A PostgreSQL that waits for the disk, as one in production does. */
export async function startDurablePostgres(options: readonly string[] = []): Promise<PostgresServer> {
  const folder = temporaryFolder();
  const server = await startPostgres(folder, ['fsync=on', ...options]);
  return {
    ...server,
    async stop() {
      await server.stop();
      remove(folder);
    },
  };
}
