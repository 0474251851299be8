import type { AnswerRated } from '../src/domain/activity.ts';
import { feedbackReasons, longestReason, type RatedAnswer } from '../src/domain/outcome.ts';
import { ellipsize } from '../src/domain/truncate.ts';
import { isQuestion } from '../src/language/is-question.ts';
import { isBareAnswer } from './bare-answer.ts';
import type { Services } from './services.ts';
import { StepsDialog, type Next } from './steps-dialog.ts';
import type { DialogOptions } from './dialog-options.ts';
import { reasonInWords } from './ticket-story.ts';
import { longestNoted, type Turn } from './turn.ts';

type Rated = NonNullable<DialogOptions['rate-answer']['rated']>;
/** What is kept while an answer is judged. */
export type SavedRating = Required<DialogOptions['rate-answer']>;
type Step = 'ask' | 'takeRating' | 'takeReason' | 'finish';

const negative = ['no', 'didnt-work', 'dissatisfied', 'objection'];

/** Asks "Did this answer your question?"; a no asks one tap for why and then hands off. */
export function rateAnswer({ search }: Pick<Services, 'search'>) {
  return new StepsDialog<SavedRating, Step>('rate-answer', () => ({ article: null, steps: [], rated: null }), {
    ask(turn, saved) {
      // Judged after the talk had gone on.
      if (saved.rated) return takeRated(turn, saved, saved.rated);
      turn.say('ask-answered', {}, { kind: 'feedback', rates: answerOf(turn, saved) });
      const names = saved.steps.length > 0 ? (['yes', 'no', 'show-steps'] as const) : (['yes', 'no'] as const);
      return { waitFor: 'takeRating', actions: names.map((name) => turn.words.action(name)) };
    },

    takeRating(turn, saved) {
      const rated = ratedIn(turn);
      if (rated) return takeRated(turn, saved, rated);
      const { intent, confidence, entities } = turn.recognized;
      if (saved.article !== null && saved.steps.length > 0 && (intent === 'show-steps' || intent === 'repeat')) {
        const { article, steps } = saved;
        saved.steps = [];
        return { begin: 'read-steps', options: { article, steps }, then: 'ask' };
      }
      if (intent === 'thanks') {
        turn.say('thanked');
        return { end: undefined };
      }
      // An "ok" is no yes.
      if (intent === 'yes' || intent === 'worked') return takeYes(turn, saved, confidence === 1 || intent === 'worked');
      // The moment to rate an answer has passed; and an article is not what opens a feature that is named.
      const isOther = saved.article !== null && intent === 'didnt-work' && entities.feature !== null;
      if (intent === null || !negative.includes(intent) || isOther) return 'leave';
      return takeNo(turn, saved);
    },

    takeReason(turn, saved) {
      const rated = ratedIn(turn);
      if (rated) return takeRated(turn, saved, rated);
      if (isBareAnswer(turn.recognized)) return { begin: 'hand-off', then: 'finish' };
      const { intent, text } = turn.recognized;
      // What an article answers is asked, and tells no reason.
      if (isQuestion(text) && (intent === 'ask-article' || (intent === null && search(text)?.isCertain)))
        return 'leave';
      return takeReason(turn, saved, feedbackReasons.find((name) => name === intent) ?? text);
    },

    finish: () => ({ end: undefined }),
  });
}

function ratedIn({ inbound }: Turn): AnswerRated | null {
  return inbound.type === 'event' && inbound.name === 'answer-rated' ? inbound : null;
}

/** What is judged by the client's own means counts like a button of ours. */
function takeRated(turn: Turn, saved: SavedRating, { answered, reason }: Rated): Next<Step> {
  if (answered) return takeYes(turn, saved, true);
  if (reason === null) return takeNo(turn, saved);
  const of = answerOf(turn, saved);
  turn.thankForFeedback({ answered: false, reason: null, ...of });
  if (turn.isOfComplaint(of)) turn.reachOutcome('unsolved');
  return takeReason(turn, saved, reason);
}

function takeYes(turn: Turn, saved: SavedRating, isPlain: boolean): Next<Step> {
  const of = answerOf(turn, saved);
  turn.thankForFeedback({ answered: true, reason: null, ...of });
  if (!turn.isOfComplaint(of)) return { end: undefined };
  turn.note('yes');
  // That an explanation was clear opens no door: only an article can be the whole answer.
  if (saved.article !== null && isPlain) turn.reachOutcome('confirmed');
  return { end: undefined };
}

function takeNo(turn: Turn, saved: SavedRating): Next<Step> {
  const of = answerOf(turn, saved);
  turn.thankForFeedback({ answered: false, reason: null, ...of });
  if (turn.isOfComplaint(of)) {
    turn.note('no');
    turn.reachOutcome('unsolved');
  }
  turn.say('ask-why', {}, { kind: 'choice' });
  return { waitFor: 'takeReason', actions: feedbackReasons.map((name) => turn.words.action(name)) };
}

function takeReason(turn: Turn, saved: SavedRating, said: string): Next<Step> {
  const reason = said.slice(0, longestReason);
  const of = answerOf(turn, saved);
  turn.recordFeedback({ answered: false, reason, ...of });
  if (!turn.isOfComplaint(of)) return { begin: 'hand-off', then: 'finish' };
  if (turn.memory.happened.at(-1)?.what === 'no') turn.memory.happened.pop();
  turn.note('no', { text: ellipsize(reasonInWords(reason, turn.words) ?? reason, longestNoted) });
  return { begin: 'hand-off', then: 'finish' };
}

/** What is judged. */
export function answerOf({ memory, words }: Turn, { article, rated }: SavedRating): RatedAnswer {
  if (rated) return rated.of;
  const { complaintNumber, verdict } = memory;
  const cause = article === null ? (verdict?.primary?.cause ?? null) : null;
  const of = article ?? (verdict ? words.page(verdict.primary).article : null);
  return { complaintNumber, cause, article: of, version: of === null ? null : words.article(of).version };
}
