import type { Snapshot } from '../src/domain/snapshot.ts';
import { readAccount, type LookNeeds } from './account.ts';
import { planLines, usageLines } from './account-lines.ts';
import { StepsDialog } from './steps-dialog.ts';
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
  const lines =
    turn.recognized.subIntent === 'usage' ? usageLines(turn.words, snapshot) : planLines(turn.words, snapshot);
  if (lines.length === 0) {
    turn.say('could-not-read');
    return;
  }
  const source = turn.words.line('source-account-api');
  const readAt = turn.words.line('read-at', { source, readAt: { at: snapshot.at } });
  turn.reply([...lines, readAt].join('\n\n'));
  turn.reachOutcome('answered');
}
