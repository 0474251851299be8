import { feedbackReasons } from '../src/domain/outcome.ts';
import { ellipsize } from '../src/domain/truncate.ts';
import { isBareAnswer } from './bare-answer.ts';
import { StepsDialog } from './steps-dialog.ts';
import type { DialogOptions } from './dialog-options.ts';
import { longestNoted, type Turn } from './turn.ts';

type Saved = Required<DialogOptions['rate-answer']>;
type Step = 'ask' | 'takeRating' | 'takeReason' | 'finish';

const negative = ['no', 'didnt-work', 'dissatisfied', 'objection'];

/** Asks "Did this answer your question?"; a no asks one tap for why and then hands off. */
export function rateAnswer() {
  return new StepsDialog<Saved, Step>('rate-answer', () => ({ article: null, steps: [] }), {
    ask(turn, { steps }) {
      turn.say('ask-answered', {}, { kind: 'feedback' });
      const names = steps.length > 0 ? (['yes', 'no', 'show-steps'] as const) : (['yes', 'no'] as const);
      return { waitFor: 'takeRating', actions: names.map((name) => turn.words.action(name)) };
    },

    takeRating(turn, saved) {
      const { intent, confidence } = turn.recognized;
      if (saved.article !== null && saved.steps.length > 0 && (intent === 'show-steps' || intent === 'repeat')) {
        const { article, steps } = saved;
        saved.steps = [];
        return { begin: 'read-steps', options: { article, steps }, then: 'ask' };
      }
      if (intent === 'thanks') {
        turn.say('thanked');
        return { end: undefined };
      }
      if (intent === 'yes' || intent === 'worked') {
        keep(turn, saved, true, null);
        turn.note('yes');
        // That an explanation was clear opens no door: only an article can be the whole answer, and an "ok" is no yes.
        if (saved.article !== null && (confidence === 1 || intent === 'worked')) turn.reachOutcome('confirmed');
        return { end: undefined };
      }
      // The moment to rate an answer has passed.
      if (intent === null || !negative.includes(intent)) return 'leave';
      keep(turn, saved, false, null);
      turn.note('no');
      turn.reachOutcome('unsolved');
      turn.say('ask-why', {}, { kind: 'choice' });
      return { waitFor: 'takeReason', actions: feedbackReasons.map((name) => turn.words.action(name)) };
    },

    takeReason(turn, saved) {
      if (isBareAnswer(turn.recognized)) return { begin: 'hand-off', then: 'finish' };
      const reason = feedbackReasons.find((name) => name === turn.recognized.intent);
      const feedback = {
        answered: false,
        reason: reason ?? turn.recognized.text.slice(0, 500),
        ...answerOf(turn, saved),
      };
      turn.recordFeedback(feedback, null, null);
      if (turn.memory.happened.at(-1)?.what === 'no') turn.memory.happened.pop();
      turn.note('no', { text: ellipsize(turn.recognized.text, longestNoted) });
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
  const rated = article ?? (memory.verdict ? words.page(memory.verdict.primary).article : null);
  return { cause, article: rated, version: rated === null ? null : words.article(rated).version };
}
