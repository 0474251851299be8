import type { Snapshot } from '../src/domain/snapshot.ts';
import type { LookNeeds } from './account.ts';
import { readAccount } from './account.ts';
import { StepsDialog } from './steps-dialog.ts';
import type { Turn } from './turn.ts';

/** Tells a signed-in customer their plan, or their usage. */
export function checkAccount(needs: Pick<LookNeeds, 'accounts' | 'clock'>) {
  return new StepsDialog<object, 'tell'>('check-account', () => ({}), {
    async tell(turn) {
      if (!turn.subject) turn.say('sign-in-first');
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

function planLines({ words }: Turn, { plan, subscription }: Snapshot): string[] {
  return [
    ...(plan.known ? [words.line('your-plan', { plan: { plan: plan.value } })] : []),
    ...(subscription.known
      ? [words.line('your-subscription', { status: subscription.value.replaceAll('_', ' ') })]
      : []),
  ];
}

function usageLines({ words }: Turn, { quotas }: Snapshot): string[] {
  if (!quotas.known) return [];
  return quotas.value.map(({ meter, used, limit, resetsAt }) => {
    const usage = words.line('your-usage', { meter: { meter }, used, limit });
    return resetsAt === null ? usage : `${usage} ${words.line('your-reset', { resetsAt: { at: resetsAt } })}`;
  });
}
