import type { Snapshot } from '../src/domain/snapshot.ts';
import type { LookNeeds } from './account.ts';
import { readAccount } from './account.ts';
import { StepsDialog } from './steps-dialog.ts';
import type { Talk } from './talk.ts';

/** Tells a signed-in customer their plan, or their usage. */
export function checkAccount(needs: Pick<LookNeeds, 'accounts' | 'clock'>) {
  return new StepsDialog<Record<string, never>>('check-account', () => ({}), {
    async tell(talk) {
      if (!talk.subject) talk.say('sign-in-first');
      else tellAccount(talk, await readAccount(talk, needs));
      talk.offer([talk.words.action('hand-off')]);
      return { end: undefined };
    },
  });
}

function tellAccount(talk: Talk, snapshot: Snapshot): void {
  const lines = talk.heard.about === 'usage' ? usageLines(talk, snapshot) : planLines(talk, snapshot);
  if (lines.length === 0) {
    talk.say('could-not-read');
    return;
  }
  const source = talk.words.line('source-account-api');
  const readAt = talk.words.line('read-at', { source, readAt: { at: snapshot.at } });
  talk.reply([...lines, readAt].join('\n\n'));
  talk.reach('assumed');
}

function planLines({ words }: Talk, { plan, subscription }: Snapshot): string[] {
  return [
    ...(plan.known ? [words.line('your-plan', { plan: { plan: plan.value } })] : []),
    ...(subscription.known
      ? [words.line('your-subscription', { status: subscription.value.replaceAll('_', ' ') })]
      : []),
  ];
}

function usageLines({ words }: Talk, { quotas }: Snapshot): string[] {
  if (!quotas.known) return [];
  return quotas.value.map(({ meter, used, limit, resetsAt }) => {
    const usage = words.line('your-usage', { meter: { meter }, used, limit });
    return resetsAt === null ? usage : `${usage} ${words.line('your-reset', { resetsAt: { at: resetsAt } })}`;
  });
}
