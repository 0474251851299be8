import { nothingBlocks } from '../src/diagnosis/diagnose.ts';
import type { StoredOutcome } from '../src/domain/outcome.ts';
import type { RecognizerResult } from '../src/domain/recognition.ts';
import type { Verdict } from '../src/domain/verdict.ts';
import { look, type LookNeeds } from './account.ts';
import type { DialogOptions } from './dialog-options.ts';
import { isBlocked } from './account.ts';
import { StepsDialog } from './steps-dialog.ts';

type Saved = Required<DialogOptions['withdraw-ticket']> & { ticket: string };

/** "Never mind": asks whether to close the ticket, and leaves it open without a plain yes. */
export function withdrawTicket(needs: LookNeeds) {
  return new StepsDialog<Saved, 'ask' | 'takeAnswer'>('withdraw-ticket', () => ({ works: false, ticket: '' }), {
    ask(turn, saved) {
      saved.ticket = turn.memory.ticket ?? '';
      turn.say('ask-withdraw', { ticket: saved.ticket }, { kind: 'choice' });
      const actions = (['withdraw', 'keep-ticket'] as const).map((name) => turn.words.action(name));
      return { waitFor: 'takeAnswer', actions, asked: { yes: 'withdraw', no: 'keep-ticket' } };
    },

    async takeAnswer(turn, { ticket, works }) {
      const { intent } = turn.recognized;
      if (intent === 'keep-ticket' || (intent === 'withdraw' && asksForMore(turn.recognized))) {
        turn.say('ticket-kept', { ticket });
        return { end: undefined };
      }
      if (intent !== 'withdraw' && intent !== 'cancel') return 'pass';
      const before = turn.memory.verdict?.primary?.cause ?? null;
      const after = turn.subject && (await look(turn, needs, turn.memory.complaint?.feature ?? null, { fresh: true }));
      turn.memory.outcome = outcomeOf(before, after, works);
      turn.withdrawnTicket = ticket;
      turn.followUp = ticket;
      turn.memory.ticket = null;
      turn.say('ticket-withdrawn', { ticket }, { kind: 'ticket-withdrawn' });
      return { end: undefined };
    },
  });
}

/** From this confidence on a yes asks for something besides: "yes please, a person". */
const maybe = 0.2;
const more = ['hand-off', 'ticket-status'];

/** What they want then is their ticket. */
function asksForMore({ alternatives }: RecognizerResult): boolean {
  return alternatives.some(({ intent, confidence }) => more.includes(intent) && confidence >= maybe);
}

/** What the account says now; the customer's "it works" counts where it does not say otherwise. */
function outcomeOf(before: string | null, after: Verdict | null, works: boolean): StoredOutcome {
  const allows = after?.primary?.cause === nothingBlocks.slug;
  if (allows && before !== null && before !== nothingBlocks.slug) return 'verified';
  return works && !(after && isBlocked(after)) ? 'confirmed' : 'unsolved';
}
