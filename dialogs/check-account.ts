import { isLimited } from '../src/domain/usage.ts';
import type { Snapshot } from '../src/domain/snapshot.ts';
import type { LookNeeds } from './account.ts';
import { readAccount } from './account.ts';
import { StepsDialog } from './steps-dialog.ts';
import type { Words } from '../src/knowledge/wording.ts';
import type { Turn } from './turn.ts';

/** Tells a signed-in customer their plan, or their usage. */
export function checkAccount(needs: Pick<LookNeeds, 'accounts' | 'clock'>) {
  return new StepsDialog<object, 'tell'>('check-account', () => ({}), {
    async tell(turn) {
      if (!turn.subject) turn.sayWhoIsMissing();
      else tellAccount(turn, await readAccount(turn, needs));
      turn.offer([turn.words.action('hand-off')]);
      return { end: undefined };
    },
  });
}

function tellAccount(turn: Turn, snapshot: Snapshot): void {
  const lines = turn.recognized.subIntent === 'usage' ? usageLines(turn, snapshot) : planLines(turn, snapshot);
  if (lines.length === 0) {
    turn.say('could-not-read');
    return;
  }
  const source = turn.words.line('source-account-api');
  const readAt = turn.words.line('read-at', { source, readAt: { at: snapshot.at } });
  turn.reply([...lines, readAt].join('\n\n'));
  turn.reachOutcome('answered');
}

function planLines({ words }: Turn, snapshot: Snapshot): string[] {
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

function usageLines({ words }: Turn, { quotas }: Snapshot): string[] {
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
