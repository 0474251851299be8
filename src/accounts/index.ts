import type { Catalog } from '../domain/catalog.ts';
import { createAccountApiSource, type AccountApi } from './account-api.ts';
import type { AccountSource } from './source.ts';
import { createStatusPageSource, type StatusPage } from './status-page/index.ts';
import { createStripeSource, type StripeAccess } from './stripe/index.ts';

/** What accounts are read from; null: not connected. */
export interface SourceSettings {
  readonly accountApi: AccountApi | null;
  readonly stripe: StripeAccess | null;
  readonly statusPage: StatusPage | null;
}

/**
 * LIST 3: every source that is connected. Of a fact that two of them know, the first one's counts: the company's own API
 * knows overrides that Stripe does not.
 */
export function createSources({ accountApi, stripe, statusPage }: SourceSettings, catalog: Catalog): AccountSource[] {
  return [
    ...(accountApi ? [createAccountApiSource(accountApi)] : []),
    ...(stripe ? [createStripeSource(stripe, catalog)] : []),
    ...(statusPage ? [createStatusPageSource(statusPage, catalog)] : []),
  ];
}
