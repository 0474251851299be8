import { StepsDialog } from './steps-dialog.ts';
import type { DialogOptions } from './dialog-options.ts';
import type { Turn } from './turn.ts';

type Saved = Required<DialogOptions['rate-answer']>;
type Step = 'ask' | 'takeRating' | 'takeReason' | 'finish';

const reasons = ['why-wrong-cause', 'why-steps', 'why-still-blocked', 'why-unclear'] as const;

/** Asks "Did this answer your question?"; a no asks one tap for why and then hands off. */
export function rateAnswer() {
  return new StepsDialog<Saved, Step>('rate-answer', () => ({ article: null }), {
    ask(turn) {
      turn.say('ask-answered', {}, { kind: 'feedback' });
      return { waitFor: 'takeRating', actions: [turn.words.action('yes'), turn.words.action('no')] };
    },

    takeRating(turn, saved) {
      const { intent } = turn.recognized;
      if (intent === 'yes' || intent === 'worked' || intent === 'thanks') {
        keep(turn, saved, true, null);
        turn.reachOutcome('confirmed');
        return { end: undefined };
      }
      if (intent !== 'no' && intent !== 'didnt-work') return 'pass';
      keep(turn, saved, false, null);
      turn.unconfirm();
      turn.say('ask-why', {}, { kind: 'choice' });
      return { waitFor: 'takeReason', actions: reasons.map((name) => turn.words.action(name)) };
    },

    takeReason(turn, saved) {
      const reason = reasons.find((name) => name === turn.recognized.intent);
      const feedback = {
        answered: false,
        reason: reason ?? turn.recognized.text.slice(0, 500),
        ...answerOf(turn, saved),
      };
      turn.recordFeedback(feedback, null, null);
      return { begin: 'hand-off', then: 'finish' };
    },

    finish: () => ({ end: undefined }),
  });
}

function keep(turn: Turn, saved: Saved, answered: boolean, reason: string | null): void {
  const thanks = turn.say('feedback-thanks');
  const sorry = { ...thanks, text: turn.words.line('feedback-failed') };
  turn.recordFeedback({ answered, reason, ...answerOf(turn, saved) }, thanks, sorry);
}

function answerOf({ memory, words }: Turn, { article }: Saved) {
  const cause = article === null ? (memory.verdict?.primary?.cause ?? null) : null;
  return { cause, article: article ?? (memory.verdict ? words.page(memory.verdict.primary).article : null) };
}
