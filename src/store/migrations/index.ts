import type { Migration } from 'kysely/migration';
import { createTables } from './001-tables.ts';
import { orderOutbox } from './002-outbox-order.ts';
import { addConsole } from './003-console.ts';
import { addChannels } from './004-channels.ts';
import { addEscalations } from './005-escalations.ts';
import { typeActivities } from './006-typed-activities.ts';
import { amendTickets } from './007-amended-tickets.ts';
import { endTokens } from './008-token-ends.ts';
import { prepareForgetting } from './009-forgetting.ts';
import { shareWork } from './010-many-processes.ts';
import { addReading } from './011-reading.ts';
import { helpAgents } from './012-agents.ts';
import { addPages } from './013-pages.ts';
import { ageOutbox } from './014-outbox-age.ts';
import { addArticleFeedback } from './015-article-feedback.ts';
import { addScreenshots } from './016-screenshots.ts';

/** Applied in the order of their names, each once. A landed migration is never edited. */
export const migrations: Record<string, Migration> = {
  '001-tables': { up: createTables },
  '002-outbox-order': { up: orderOutbox },
  '003-console': { up: addConsole },
  '004-channels': { up: addChannels },
  '005-escalations': { up: addEscalations },
  '006-typed-activities': { up: typeActivities },
  '007-amended-tickets': { up: amendTickets },
  '008-token-ends': { up: endTokens },
  '009-forgetting': { up: prepareForgetting },
  '010-many-processes': { up: shareWork },
  '011-reading': { up: addReading },
  '012-agents': { up: helpAgents },
  '013-pages': { up: addPages },
  '014-outbox-age': { up: ageOutbox },
  '015-article-feedback': { up: addArticleFeedback },
  '016-screenshots': { up: addScreenshots },
};
