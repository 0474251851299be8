import type { Check } from '../domain/check.ts';
import { checkAccountApi } from './check-account-api.ts';
import type { SourceSettings } from './index.ts';
import { checkStatusPage } from './status-page/check.ts';
import { checkStripe } from './stripe/check.ts';

/** A check of every source that is connected. */
export function sourceChecks({ accountApi, stripe, statusPage }: SourceSettings): readonly Check[] {
  return [
    ...(accountApi ? [checkAccountApi(accountApi)] : []),
    ...(stripe ? [checkStripe(stripe)] : []),
    ...(statusPage ? [checkStatusPage(statusPage)] : []),
  ];
}
