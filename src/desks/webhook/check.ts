import { fail, ok, warn, type CheckNeeds, type CheckResult } from '../../domain/check.ts';
import { probe } from '../../http/probe.ts';
import type { WebhookSettings } from './settings.ts';

/** Sees whether something answers there. Whether it knows the secret only a ticket tells. */
export async function checkWebhook({ url }: WebhookSettings, { fetch }: CheckNeeds): Promise<CheckResult> {
  const { status } = await probe(fetch, url, { method: 'HEAD' });
  if (status >= 500) return fail(`${url.host} answered ${status}`, 'look at its log');
  if (status === 404)
    return warn(
      `${url.host} has nothing at this path to look at`,
      'check the path in WEBHOOK_URL, where tickets are posted',
    );
  return ok(`${url.host} answers; whether it knows WEBHOOK_SECRET the first ticket tells`);
}
