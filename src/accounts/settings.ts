import { anyText, group, list, optional, required, shaped, type SettingsReader } from '../domain/settings.ts';
import { httpUrl, originOf } from '../domain/web-address.ts';
import type { Source } from '../domain/snapshot.ts';
import { absenceWords, isAbsence } from './absences.ts';
import type { SourceSettings } from './index.ts';

const accountApi = group({
  url: required(
    'ACCOUNT_API_URL',
    'the base address of your account API, such as https://api.example.com',
    // As written: a path follows it.
    (text) => httpUrl(text) && text,
  ),
  key: required('ACCOUNT_API_KEY', 'the key that your account API expects as a Bearer token', anyText),
  hasNo: list('ACCOUNT_API_HAS_NO', `what your company does not have, of ${absenceWords.join(' ')}`, (word) =>
    isAbsence(word) ? word : null,
  ),
});
const stripeKey = optional('STRIPE_KEY', 'a restricted read-only key, which begins with "rk_"', shaped(/^rk_/));
const statusPage = optional(
  'STATUS_PAGE_URL',
  'the address of your status page without a path, such as https://status.example.com',
  originOf,
);

/** Reads what accounts are read from. Outside the demo there must be one source at least. */
export function readSources(settings: SettingsReader, demo: boolean): SourceSettings {
  const [key, url] = [stripeKey.read(settings), statusPage.read(settings)];
  const needsApi = settings.isSet('ACCOUNT_API_URL') || (!demo && !settings.isSet('STRIPE_KEY'));
  return {
    accountApi: needsApi ? (accountApi.read(settings) ?? null) : null,
    stripe: key ? { key } : null,
    statusPage: url ? { url } : null,
  };
}

/** The sources that are connected. */
export function sourcesIn({ accountApi, stripe, statusPage }: SourceSettings): readonly Source[] {
  const connected = { 'account-api': accountApi, stripe, 'status-page': statusPage } as const;
  return (['account-api', 'stripe', 'status-page'] as const).filter((source) => connected[source] !== null);
}
