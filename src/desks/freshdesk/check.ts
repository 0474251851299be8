import { fail, ok, type CheckNeeds, type CheckResult } from '../../domain/check.ts';
import { basic, probe } from '../../http/probe.ts';
import type { FreshdeskSettings } from './settings.ts';

/** Asks Freshdesk which agent we are. */
export async function checkFreshdesk({ url, key }: FreshdeskSettings, { fetch }: CheckNeeds): Promise<CheckResult> {
  const { status } = await probe(fetch, new URL('/api/v2/agents/me', url), { headers: basic(key, 'X') });
  if (status === 200) return ok(`${url.host} knows us as an agent`);
  return status === 401 || status === 403
    ? fail(`${url.host} refused the key (${status})`, 'check FRESHDESK_KEY (docs/freshdesk.md)')
    : fail(`${url.host} answered ${status}`, 'check FRESHDESK_URL');
}
