import type { Snapshot } from '../src/domain/snapshot.ts';
import { isLimited } from '../src/domain/usage.ts';
import type { Words } from '../src/knowledge/wording.ts';

/** The plan, and how its subscription stands; none where neither could be read. */
export function planLines(words: Words, snapshot: Snapshot): string[] {
  const { plan, subscription } = snapshot;
  return [
    ...(plan.known ? [words.line('your-plan', { plan: { plan: plan.value } })] : []),
    ...(subscription.known ? [subscriptionLine(subscription.value, snapshot, words)] : []),
  ];
}

function subscriptionLine(value: string, { at, paidUntil }: Snapshot, words: Words): string {
  const status = value.replaceAll('_', ' ');
  const until = value === 'canceled' && paidUntil.known ? paidUntil.value : null;
  if (until === null || until <= at) return words.line('your-subscription', { status });
  return words.line('status-subscription-until', { status, paidUntil: { at: until } });
}

/** How much of each meter is used, and when it begins anew; none where that could not be read. */
export function usageLines(words: Words, { quotas }: Snapshot): string[] {
  if (!quotas.known) return [];
  return quotas.value.map((quota) => {
    const { resetsAt, window = 'month' } = quota;
    const meter = { meter: quota.meter };
    if (!isLimited(quota)) return words.line('your-usage-unlimited', { meter });
    const told = { meter, used: quota.used, limit: quota.limit, window: { window } };
    const usage = words.line(window === 'month' ? 'your-usage' : 'your-usage-window', told);
    return resetsAt === null ? usage : `${usage} ${words.line('your-reset', { resetsAt: { at: resetsAt } })}`;
  });
}
