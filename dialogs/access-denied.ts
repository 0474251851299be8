import { compare } from '../src/diagnosis/compare.ts';
import { nothingBlocks } from '../src/diagnosis/diagnose.ts';
import type { Verdict } from '../src/domain/verdict.ts';
import { ACCEPT_THRESHOLD } from '../src/language/rank-intents.ts';
import type { Words } from '../src/knowledge/wording.ts';
import { look, type LookNeeds } from './account.ts';
import type { DialogOptions } from './dialog-options.ts';
import type { Services } from './services.ts';
import { StepsDialog, type Next } from './steps-dialog.ts';
import type { Turn } from './turn.ts';
import { changesSince, tellAccessIsBack, tellOther, tellStillThere, tellVerdict } from './tell-verdict.ts';

interface Saved extends Required<DialogOptions['access-denied']> {
  checks: number;
  asked: number;
}

type Step =
  | ('begin' | 'lookWhether' | 'askWhether' | 'takeConfirmation' | 'look' | 'askFeature' | 'takeFeature')
  | ('tell' | 'offer' | 'react' | 'correct' | 'lookAgain' | 'finish');

/**
 * Below this confidence a complaint may be talk about denials, and none. An account that proves a block settles it;
 * otherwise it is confirmed in one question.
 */
const certain = ACCEPT_THRESHOLD;

/** After so many checks without success a person is offered first. */
const patientChecks = 2;

const fresh = (): Saved => ({ feature: null, again: false, known: false, checks: 0, asked: 0 });

/** Looks at the account, tells the cause with its proof and its steps, and looks again when the customer says so. */
export function accessDenied(needs: LookNeeds & Pick<Services, 'wordsFor'>) {
  return new StepsDialog<Saved, Step>('access-denied', fresh, {
    begin(turn, saved) {
      if (saved.again) return { go: 'lookAgain' };
      if (saved.known) return { go: 'look' };
      saved.feature = turn.recognized.entities.feature;
      turn.recordComplaint(turn.recognized, needs.clock.now());
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

    takeConfirmation(turn) {
      const { intent } = turn.recognized;
      if (intent === 'yes' || intent === 'access-denied' || intent === 'didnt-work') return { go: 'look' };
      if (intent !== 'no') return 'pass';
      turn.memory.complaint = null;
      turn.say('misunderstood');
      turn.offer([turn.words.action('hand-off')]);
      return { end: undefined };
    },

    async look(turn, saved) {
      const verdict = await look(turn, needs, saved.feature);
      return needsFeature(turn, verdict) ? { go: 'askFeature' } : { go: 'tell' };
    },

    askFeature(turn, saved) {
      turn.say(saved.asked === 0 ? 'which-feature' : 'which-feature-again', {}, { kind: 'choice' });
      saved.asked += 1;
      const features = needs.catalog.features.map(({ slug }) => turn.words.featureAction(slug));
      return { waitFor: 'takeFeature', actions: [...features, turn.words.action('skip')] };
    },

    async takeFeature(turn, saved) {
      const { intent, entities } = turn.recognized;
      const feature = entities.feature;
      if (!feature && intent !== 'skip') {
        if (intent !== null && intent !== 'access-denied') return 'pass';
        if (saved.asked < 2) return { go: 'askFeature' };
      }
      saved.feature = feature;
      if (turn.memory.complaint) turn.memory.complaint = { ...turn.memory.complaint, feature };
      await look(turn, needs, feature);
      return { go: 'tell' };
    },

    tell(turn) {
      tellVerdict(turn);
      turn.reachOutcome('assumed');
      return readSteps(turn);
    },

    offer: (turn, saved) => ({ waitFor: 'react', actions: offered(turn, saved) }),

    react(turn, saved) {
      const { intent, entities } = turn.recognized;
      if (names(entities.feature, saved.feature) && (intent === null || intent === 'no')) return { go: 'correct' };
      const same = intent === 'access-denied' && !names(entities.feature, saved.feature);
      if (same || intent === 'done' || intent === 'didnt-work' || intent === 'no') return { go: 'lookAgain' };
      if (intent === 'worked' || intent === 'yes' || intent === 'thanks') {
        if (intent !== 'thanks') turn.reachOutcome('confirmed');
        return { begin: 'rate-answer', then: 'finish' };
      }
      if (intent === 'repeat') return { begin: 'read-steps', options: { again: true }, then: 'offer' };
      return 'pass';
    },

    async correct(turn, saved) {
      saved.feature = turn.recognized.entities.feature;
      if (turn.memory.complaint) turn.memory.complaint = { ...turn.memory.complaint, feature: saved.feature };
      await look(turn, needs, saved.feature);
      return { go: 'tell' };
    },

    async lookAgain(turn, saved) {
      const { verdict: before, snapshot: read } = turn.memory;
      const after = await look(turn, needs, saved.feature, { fresh: true });
      saved.checks += 1;
      observe(turn, after, needs.wordsFor(null));
      const change = before?.primary ? compare(before, after) : 'could-not-check';
      if (change === 'could-not-check') return { go: 'tell' };
      const changes = read ? changesSince(turn, read, after.feature, needs) : '';
      if (change !== 'access-is-back') {
        if (change === 'same') tellStillThere(turn, changes);
        else tellOther(turn, changes);
        if (saved.checks >= patientChecks) turn.say('offer-person', { checks: saved.checks + 1 });
        return readSteps(turn);
      }
      tellAccessIsBack(turn, changes);
      turn.reachOutcome('verified');
      return { begin: 'rate-answer', then: 'finish' };
    },

    finish: () => ({ end: undefined }),
  });
}

/** Whether a feature was named that is not the one we looked at: "no, I meant the API". */
function names(feature: string | null, before: string | null): boolean {
  return feature !== null && feature !== before;
}

/** A feature is asked for only when nothing is proved without one and the account could be read at all. */
function needsFeature(turn: Turn, verdict: Verdict): boolean {
  return !verdict.primary && verdict.feature === null && turn.memory.snapshot?.entitlements.known === true;
}

function readSteps(turn: Turn): Next<Step> {
  const lead = turn.memory.verdict?.primary ?? null;
  const { article } = turn.words.page(lead);
  return { begin: 'read-steps', options: { article, steps: turn.words.steps(lead) }, then: 'offer' };
}

function offered(turn: Turn, saved: Saved) {
  const personFirst = saved.checks >= patientChecks || turn.words.fixer(turn.memory.verdict?.primary ?? null) === 'us';
  const names = personFirst ? (['hand-off', 'done', 'worked'] as const) : (['done', 'worked', 'hand-off'] as const);
  return names.map((name) => turn.words.action(name));
}

/** Notes on every step that was offered what this check observed, in the agents' words. */
function observe(turn: Turn, verdict: Verdict, words: Words): void {
  const observed = verdict.primary ? words.proof(verdict.primary, verdict) : words.page(null).unknown;
  for (const step of turn.memory.steps) {
    step.tried = true;
    step.observed = observed;
  }
}
