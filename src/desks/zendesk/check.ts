import { z } from 'zod';
import { fail, ok, type CheckNeeds, type CheckResult } from '../../domain/check.ts';
import { basic, probe } from '../../http/probe.ts';
import type { ZendeskSettings } from './settings.ts';

const me = z.object({ user: z.object({ role: z.enum(['agent', 'admin']) }) });

/** Asks Zendesk who we are. It answers 200 to a stranger, too, who is an end user there. */
export async function checkZendesk(settings: ZendeskSettings, { fetch }: CheckNeeds): Promise<CheckResult> {
  const { url, email, token } = settings;
  const headers = basic(`${email}/token`, token);
  const { status, json } = await probe(fetch, new URL('/api/v2/users/me.json', url), { headers });
  if (me.safeParse(json).success) return ok(`${url.host} knows us as an agent`);
  if (status === 200 || status === 401 || status === 403)
    return fail(`${url.host} does not know us as an agent`, 'check ZENDESK_EMAIL and ZENDESK_TOKEN (docs/zendesk.md)');
  return fail(`${url.host} answered ${status}`, 'check ZENDESK_URL');
}
