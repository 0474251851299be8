import type { Migration } from 'kysely/migration';
import { createTables } from './migrations/001-tables.ts';
import { orderOutbox } from './migrations/002-outbox-order.ts';
import { addConsole } from './migrations/003-console.ts';
import { addChannels } from './migrations/004-channels.ts';
import { addEscalations } from './migrations/005-escalations.ts';

/** Applied in the order of their names, each once. A landed migration is never edited. */
export const migrations: Record<string, Migration> = {
  '001-tables': { up: createTables },
  '002-outbox-order': { up: orderOutbox },
  '003-console': { up: addConsole },
  '004-channels': { up: addChannels },
  '005-escalations': { up: addEscalations },
};
