import { nothingBlocks } from '../src/diagnosis/diagnose.ts';
import { ACCEPT_THRESHOLD } from '../src/language/rank-intents.ts';
import { look, lookAtAll, type LookNeeds } from './account.ts';
import {
  askFeature,
  isExcluded,
  lookAtBlocked,
  namesAnother,
  needsFeature,
  noteFeature,
  readsAs,
  tellOthers,
} from './complaint-features.ts';
import { contradict, tellDiffers, tellNoted } from './contradiction.ts';
import type { DialogOptions } from './dialog-options.ts';
import { believesThatItWorks, lookAgain, mayLook, proofOf } from './look-again.ts';
import { offered, withPersonFirst } from './offers.ts';
import type { Services } from './services.ts';
import { StepsDialog, type Next } from './steps-dialog.ts';
import type { Turn } from './turn.ts';
import { tellVerdict } from './tell-verdict.ts';

interface Saved extends Required<DialogOptions['access-denied']> {
  /** How often the feature was asked for. */
  asked: number;
}

type Step =
  | ('begin' | 'lookWhether' | 'askWhether' | 'takeConfirmation' | 'look' | 'askFeature' | 'takeFeature')
  | (
      | 'withoutFeature'
      | 'tell'
      | 'offer'
      | 'react'
      | 'note'
      | 'correct'
      | 'lookAgain'
      | 'object'
      | 'takeDifference'
      | 'itWorks'
      | 'finish'
    );

/**
 * Below this confidence a complaint may be talk about denials, and none. An account that proves a block settles it;
 * otherwise it is confirmed in one question.
 */
const certain = ACCEPT_THRESHOLD;

const never = { again: false, known: false, unsure: false, works: false, objects: false };
const fresh = (): Saved => ({ ...never, feature: null, asked: 0 });

/** Looks at the account, tells the cause with its proof and its steps, and looks again when the customer says so. */
export function accessDenied(needs: LookNeeds & Pick<Services, 'agentWords'>) {
  return new StepsDialog<Saved, Step>('access-denied', fresh, {
    begin(turn, saved) {
      if (saved.again) return { go: mayLook(turn) ? 'lookAgain' : 'object' };
      if (saved.works) return { go: 'itWorks' };
      if (saved.objects) return { go: 'object' };
      if (saved.known) return { go: 'look' };
      saved.feature = turn.recognized.entities.feature;
      turn.recordComplaint(turn.recognized, needs.clock.now());
      if (turn.recognized.entities.otherPerson !== null) return tellOtherPerson(turn);
      if (saved.unsure) return { go: 'askWhether' };
      const sure = turn.recognized.intent === 'access-denied' && turn.recognized.confidence >= certain;
      if (sure) return { go: 'look' };
      return { go: turn.subject ? 'lookWhether' : 'askWhether' };
    },

    async lookWhether(turn, saved) {
      const { primary } = await look(turn, needs, saved.feature);
      return { go: primary && primary.cause !== nothingBlocks.slug ? 'tell' : 'askWhether' };
    },

    askWhether(turn) {
      turn.say('ask-whether', {}, { kind: 'choice' });
      return {
        waitFor: 'takeConfirmation',
        actions: (['yes', 'no', 'hand-off'] as const).map((name) => turn.words.action(name)),
      };
    },

    takeConfirmation(turn, saved) {
      const { intent, entities } = turn.recognized;
      saved.feature ??= entities.feature;
      // Whoever goes on telling of it has not said no; without an account there is nothing that would tell.
      const isOpen = intent === null && turn.subject === null;
      if (!isOpen && (intent === null || agreeing.includes(intent))) return { go: 'look' };
      if (!isOpen && intent !== 'no' && intent !== 'objection') return 'leave';
      if (!isOpen) turn.memory.complaint = null;
      if (isOpen) turn.sayWhoIsMissing();
      else turn.say('misunderstood');
      turn.offerPerson();
      return { end: undefined };
    },

    async look(turn, saved) {
      const verdict = await lookAtBlocked(turn, needs, saved);
      if (!needsFeature(turn, verdict)) return { go: 'tell' };
      if (!turn.recognized.entities.everything) return { go: 'askFeature' };
      await lookAtAll(turn, needs);
      return { go: 'tell' };
    },

    askFeature(turn, saved) {
      askFeature(turn, saved.asked);
      saved.asked += 1;
      const features = needs.catalog.features.map(({ slug }) => turn.words.featureAction(slug));
      const others = (['everything', 'skip'] as const).map((name) => turn.words.action(name));
      return { waitFor: 'takeFeature', actions: [...features, ...others] };
    },

    async takeFeature(turn, saved) {
      const read = readsAs(turn.recognized);
      if (read === 'another') return 'pass';
      if (read === 'objection') return { go: 'object' };
      if (read === 'unclear' && saved.asked < 2) return { go: 'askFeature' };
      if (read === 'none' || read === 'unclear') return { go: 'withoutFeature' };
      saved.feature = turn.recognized.entities.feature;
      noteFeature(turn, saved.feature);
      if (read === 'everything') await lookAtAll(turn, needs);
      else await lookAtBlocked(turn, needs, saved);
      return { go: 'tell' };
    },

    withoutFeature(turn) {
      turn.say('without-feature');
      turn.reachOutcome('answered');
      return { waitFor: 'react', ...withPersonFirst(turn) };
    },

    tell(turn) {
      tellVerdict(turn);
      tellOthers(turn, needs.catalog);
      turn.reachOutcome('answered');
      return readSteps(turn);
    },

    offer: (turn) => ({ waitFor: 'react', ...offered(turn) }),

    react(turn, saved) {
      const { intent, entities } = turn.recognized;
      const named = namesAnother(entities.feature, saved.feature);
      const isOther = named && (intent === null || correcting.includes(intent) || isExcluded(turn, saved.feature));
      if (isOther) return { go: 'correct' };
      if (!named && isExcluded(turn, saved.feature)) {
        saved.feature = null;
        noteFeature(turn, null);
        return { go: 'look' };
      }
      if (intent === 'worked') return { go: 'itWorks' };
      if (intent === 'thanks') return { begin: 'rate-answer', then: 'finish' };
      if (intent === 'repeat') return { begin: 'read-steps', options: { again: true }, then: 'offer' };
      if (intent === 'yes' || intent === 'no-person') {
        turn.say(intent === 'yes' ? 'tell-me-when-done' : 'as-you-like');
        return { go: 'offer' };
      }
      if (entities.otherPerson !== null) return tellOtherPerson(turn);
      const looks = intent === 'done' || intent === 'didnt-work' || intent === 'access-denied';
      // A plain complaint about another feature is one of its own.
      if (named && intent === 'access-denied') return 'leave';
      if (looks && !named) return { go: mayLook(turn) ? 'lookAgain' : 'object' };
      if (intent === 'dissatisfied') {
        turn.say('not-helpful');
        turn.reachOutcome('unsolved');
        return { waitFor: 'react', ...withPersonFirst(turn) };
      }
      if (intent !== null && objecting.includes(intent)) return { go: 'object' };
      return intent === null ? { go: 'note' } : 'pass';
    },

    note(turn) {
      tellNoted(turn);
      return { waitFor: 'react', ...withPersonFirst(turn) };
    },

    async correct(turn, saved) {
      saved.feature = turn.recognized.entities.feature;
      noteFeature(turn, saved.feature);
      turn.memory.looks = 0;
      await look(turn, needs, saved.feature);
      return { go: 'tell' };
    },

    async lookAgain(turn, saved) {
      const came = await lookAgain(turn, needs, saved.feature);
      if (came === 'anew') return { go: 'tell' };
      if (came === 'unread') return { go: 'offer' };
      return came === 'back' ? { begin: 'rate-answer', then: 'finish' } : readSteps(turn);
    },

    async object(turn, saved) {
      turn.memory.objections += 1;
      const came = await contradict(turn, needs, saved.feature);
      if (came === 'back') return { begin: 'rate-answer', then: 'finish' };
      if (came === 'news') {
        turn.memory.looks = 0;
        return readSteps(turn);
      }
      if (turn.memory.objections > 1) return { begin: 'hand-off', then: 'finish' };
      return { waitFor: 'takeDifference', ...tellDiffers(turn) };
    },

    takeDifference(turn, saved) {
      const { intent, entities, text } = turn.recognized;
      if (namesAnother(entities.feature, saved.feature)) return { go: 'correct' };
      if (intent === 'worked') return { go: 'itWorks' };
      if (intent === 'done' && mayLook(turn)) return { go: 'lookAgain' };
      if (intent !== null && ![...objecting, ...differences, 'access-denied', 'yes'].includes(intent)) return 'pass';
      const answer = { question: turn.words.line('what-differs'), answer: text };
      if (intent !== 'skip') turn.memory.answers = [...turn.memory.answers, answer];
      return { begin: 'hand-off', then: 'finish' };
    },

    async itWorks(turn, saved) {
      const isBelieved = await believesThatItWorks(turn, needs, saved.feature);
      if (isBelieved) return { begin: 'rate-answer', then: 'finish' };
      turn.memory.objections += 1;
      if (turn.memory.objections > 1) return { begin: 'hand-off', then: 'finish' };
      turn.say('works-but', { proof: proofOf(turn) });
      return { waitFor: 'react', ...withPersonFirst(turn) };
    },

    finish: () => ({ end: undefined }),
  });
}

/** Whoever goes on like this after the question whether it is a denial means yes. */
const agreeing = ['yes', 'access-denied', 'didnt-work'];
/** Whoever names another feature in one of these means that one. */
const correcting = ['no', 'objection', 'didnt-work', 'yes'];
const objecting = ['no', 'objection', 'dissatisfied', 'access-denied', 'didnt-work'];
/** What the question what is different offers. */
const differences = ['did-already', 'number-wrong', 'something-different', 'skip'];

/** The bot sees the writer's account only. */
function tellOtherPerson(turn: Turn): Next<Step> {
  turn.memory.topic = 'other-person';
  turn.say('other-person', { person: turn.recognized.entities.otherPerson ?? '' });
  turn.reachOutcome('answered');
  turn.offerPerson();
  return { end: undefined };
}

function readSteps(turn: Turn): Next<Step> {
  const lead = turn.memory.verdict?.primary ?? null;
  const { article } = turn.words.page(lead);
  return { begin: 'read-steps', options: { article, steps: turn.words.steps(lead) }, then: 'offer' };
}
