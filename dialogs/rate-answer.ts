import { StepsDialog } from './steps-dialog.ts';
import type { Talk } from './talk.ts';

interface Saved {
  /** The article that was the answer; null: the verdict was. */
  article: string | null;
}

const reasons = ['why-wrong-cause', 'why-steps', 'why-still-blocked', 'why-unclear'] as const;

/** Asks "Did this answer your question?"; a no asks one tap for why and then hands off. */
export function rateAnswer() {
  return new StepsDialog<Saved>('rate-answer', () => ({ article: null }), {
    ask(talk) {
      talk.say('ask-answered', {}, { kind: 'feedback' });
      return { hear: 'hear', actions: [talk.words.action('yes'), talk.words.action('no')] };
    },

    hear(talk, saved) {
      const { intent } = talk.heard;
      if (intent === 'yes' || intent === 'worked' || intent === 'thanks') {
        keep(talk, saved, true, null);
        talk.reach('confirmed');
        return { end: undefined };
      }
      if (intent !== 'no' && intent !== 'didnt-work') return 'pass';
      keep(talk, saved, false, null);
      talk.unconfirm();
      talk.say('ask-why', {}, { kind: 'choice' });
      return { hear: 'hearWhy', actions: reasons.map((name) => talk.words.action(name)) };
    },

    hearWhy(talk, saved) {
      const reason = reasons.find((name) => name === talk.heard.intent);
      const feedback = { answered: false, reason: reason ?? talk.heard.text.slice(0, 500), ...about(talk, saved) };
      talk.keepFeedback(feedback, null, null);
      return { begin: 'hand-off', then: 'finish' };
    },

    finish: () => ({ end: undefined }),
  });
}

function keep(talk: Talk, saved: Saved, answered: boolean, reason: string | null): void {
  const thanks = talk.say('feedback-thanks');
  const sorry = { ...thanks, text: talk.words.line('feedback-failed') };
  talk.keepFeedback({ answered, reason, ...about(talk, saved) }, thanks, sorry);
}

function about({ memory, words }: Talk, { article }: Saved) {
  const cause = article === null ? (memory.verdict?.lead?.cause ?? null) : null;
  return { cause, article: article ?? (memory.verdict ? words.page(memory.verdict.lead).article : null) };
}
