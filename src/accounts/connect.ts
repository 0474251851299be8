import { setTimeout as sleep } from 'node:timers/promises';
import type { Catalog } from '../domain/catalog.ts';
import type { Accounts, Clock, Log, Random, SubjectByEmail } from '../domain/ports.ts';
import { httpGet } from './http-get.ts';
import { createSources, type SourceSettings } from './index.ts';
import { createAccountReader, type AccountReaderNeeds } from './read-account.ts';
import { createResilientGet } from './resilient-get.ts';
import type { SourceBreakerNeeds } from './source-breaker.ts';
import { createSubjectByEmail } from './subject-by-email.ts';

/** What accounts are read from, and with what. */
export interface ConnectedNeeds extends Pick<AccountReaderNeeds, 'doubtful'> {
  readonly settings: SourceSettings;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Is told of the breakers with which accounts are read. */
  readonly breakerChanged: SourceBreakerNeeds['changed'];
}

/** Who reads accounts. */
export interface Connected {
  readonly accounts: Accounts;
  /** Null: no account API is connected that could know accounts by e-mail. */
  readonly subjectByEmail: SubjectByEmail | null;
}

/** Joins what accounts are read with. */
export function connectAccounts(needs: ConnectedNeeds): Connected {
  const { settings, catalog, clock, random, log, doubtful, breakerChanged: changed } = needs;
  const careful = { get: httpGet, sleep, clock, random, log };
  const { accountApi } = settings;
  return {
    accounts: createAccountReader(createSources(settings, catalog), {
      startReading: createResilientGet({ ...careful, changed }),
      clock,
      log,
      doubtful,
    }),
    // With breakers of its own: an API without people must not keep accounts from being read.
    subjectByEmail: accountApi && createSubjectByEmail(accountApi, createResilientGet(careful)),
  };
}
