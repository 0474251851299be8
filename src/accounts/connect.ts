import { setTimeout as sleep } from 'node:timers/promises';
import type { Catalog } from '../domain/catalog.ts';
import type { Events } from '../domain/events.ts';
import type { Accounts, Clock, Log, Random, SubjectByEmail } from '../domain/ports.ts';
import { httpGet } from './http-get.ts';
import { createSources, type SourceSettings } from './index.ts';
import { createAccountReader, type AccountReaderNeeds } from './read-account.ts';
import { createResilientGet } from './resilient-get.ts';
import { createSubjectByEmail } from './subject-by-email.ts';

/** What accounts are read from, and with what. */
export interface ConnectedNeeds extends Pick<AccountReaderNeeds, 'doubtful'> {
  readonly settings: SourceSettings;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Where the breakers with which accounts are read tell what they do, and hear of those of other processes. */
  readonly events: Events;
}

/** Who reads accounts. */
export interface Connected {
  readonly accounts: Accounts;
  /** Null: no account API is connected that could know accounts by e-mail. */
  readonly subjectByEmail: SubjectByEmail | null;
}

/** Joins what accounts are read with. */
export function connectAccounts(needs: ConnectedNeeds): Connected {
  const { settings, catalog, clock, random, log, doubtful, events } = needs;
  const careful = { get: httpGet, sleep, clock, random, log };
  const { accountApi } = settings;
  return {
    accounts: createAccountReader(createSources(settings, catalog), {
      startReading: createResilientGet({ ...careful, events }),
      clock,
      log,
      doubtful,
    }),
    // With breakers of its own: an API without people must not keep accounts from being read.
    subjectByEmail: accountApi && createSubjectByEmail(accountApi, createResilientGet(careful)),
  };
}
