import { compare } from '../src/diagnosis/compare.ts';
import { nothingBlocks } from '../src/diagnosis/diagnose.ts';
import type { Verdict } from '../src/domain/verdict.ts';
import { CERTAIN_FROM } from '../src/language/judge.ts';
import type { Words } from '../src/knowledge/wording.ts';
import { look, type LookNeeds } from './account.ts';
import type { Services } from './services.ts';
import { StepsDialog, type Next } from './steps-dialog.ts';
import type { Talk } from './talk.ts';
import { changesSince, tellAccessIsBack, tellOther, tellStillThere, tellVerdict } from './tell-verdict.ts';

interface Saved {
  feature: string | null;
  /** The same complaint, taken up again: its words and steps are kept. */
  again: boolean;
  /** The complaint was made before, and waited for the account. */
  known: boolean;
  checks: number;
  asked: number;
}

/**
 * Below this confidence a complaint may be talk about denials, and none. An account that proves a block settles it;
 * otherwise it is confirmed in one question.
 */
const certain = CERTAIN_FROM;

/** After so many checks without success a person is offered first. */
const patientChecks = 2;

const fresh = (): Saved => ({ feature: null, again: false, known: false, checks: 0, asked: 0 });

/** Looks at the account, tells the cause with its proof and its steps, and looks again when the customer says so. */
export function accessDenied(needs: LookNeeds & Pick<Services, 'wordsFor'>) {
  return new StepsDialog<Saved>('access-denied', fresh, {
    begin(talk, saved) {
      if (saved.again) return { go: 'lookAgain' };
      if (saved.known) return { go: 'look' };
      saved.feature = talk.heard.entities.feature;
      talk.complain(talk.heard, needs.clock.now());
      const sure = talk.heard.intent === 'access-denied' && talk.heard.confidence >= certain;
      if (sure) return { go: 'look' };
      return { go: talk.subject ? 'lookWhether' : 'askWhether' };
    },

    async lookWhether(talk, saved) {
      const { lead } = await look(talk, needs, saved.feature);
      return { go: lead && lead.cause !== nothingBlocks.slug ? 'tell' : 'askWhether' };
    },

    askWhether(talk) {
      talk.say('ask-whether', {}, { kind: 'choice' });
      return {
        hear: 'hearWhether',
        actions: (['yes', 'no', 'hand-off'] as const).map((name) => talk.words.action(name)),
      };
    },

    hearWhether(talk) {
      const { intent } = talk.heard;
      if (intent === 'yes' || intent === 'access-denied' || intent === 'didnt-work') return { go: 'look' };
      if (intent !== 'no') return 'pass';
      talk.memory.complaint = null;
      talk.say('misunderstood');
      talk.offer([talk.words.action('hand-off')]);
      return { end: undefined };
    },

    async look(talk, saved) {
      const verdict = await look(talk, needs, saved.feature);
      return needsFeature(talk, verdict) ? { go: 'askFeature' } : { go: 'tell' };
    },

    askFeature(talk, saved) {
      talk.say(saved.asked === 0 ? 'which-feature' : 'which-feature-again', {}, { kind: 'choice' });
      saved.asked += 1;
      const features = needs.catalog.features.map(({ slug }) => talk.words.featureAction(slug));
      return { hear: 'hearFeature', actions: [...features, talk.words.action('skip')] };
    },

    async hearFeature(talk, saved) {
      const { intent, entities } = talk.heard;
      const feature = entities.feature;
      if (!feature && intent !== 'skip') {
        if (intent !== null && intent !== 'access-denied') return 'pass';
        if (saved.asked < 2) return { go: 'askFeature' };
      }
      saved.feature = feature;
      if (talk.memory.complaint) talk.memory.complaint = { ...talk.memory.complaint, feature };
      await look(talk, needs, feature);
      return { go: 'tell' };
    },

    tell(talk) {
      tellVerdict(talk);
      talk.reach('assumed');
      return readSteps(talk);
    },

    offer: (talk, saved) => ({ hear: 'react', actions: offered(talk, saved) }),

    react(talk, saved) {
      const { intent, entities } = talk.heard;
      if (names(entities.feature, saved.feature) && (intent === null || intent === 'no')) return { go: 'correct' };
      const same = intent === 'access-denied' && !names(entities.feature, saved.feature);
      if (same || intent === 'done' || intent === 'didnt-work' || intent === 'no') return { go: 'lookAgain' };
      if (intent === 'worked' || intent === 'yes' || intent === 'thanks') {
        if (intent !== 'thanks') talk.reach('confirmed');
        return { begin: 'rate-answer', then: 'finish' };
      }
      if (intent === 'repeat') return { begin: 'read-steps', options: { again: true }, then: 'offer' };
      return 'pass';
    },

    async correct(talk, saved) {
      saved.feature = talk.heard.entities.feature;
      if (talk.memory.complaint) talk.memory.complaint = { ...talk.memory.complaint, feature: saved.feature };
      await look(talk, needs, saved.feature);
      return { go: 'tell' };
    },

    async lookAgain(talk, saved) {
      const { verdict: before, snapshot: read } = talk.memory;
      const after = await look(talk, needs, saved.feature, { fresh: true });
      saved.checks += 1;
      observe(talk, after, needs.wordsFor(null));
      const change = before?.lead ? compare(before, after) : 'could-not-check';
      if (change === 'could-not-check') return { go: 'tell' };
      const changes = read ? changesSince(talk, read, after.feature, needs) : '';
      if (change !== 'access-is-back') {
        if (change === 'same') tellStillThere(talk, changes);
        else tellOther(talk, changes);
        if (saved.checks >= patientChecks) talk.say('offer-person', { checks: saved.checks + 1 });
        return readSteps(talk);
      }
      tellAccessIsBack(talk, changes);
      talk.reach('verified');
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
function needsFeature(talk: Talk, verdict: Verdict): boolean {
  return !verdict.lead && verdict.feature === null && talk.memory.snapshot?.entitlements.known === true;
}

function readSteps(talk: Talk): Next {
  const lead = talk.memory.verdict?.lead ?? null;
  const { article } = talk.words.page(lead);
  return { begin: 'read-steps', options: { article, steps: talk.words.steps(lead) }, then: 'offer' };
}

function offered(talk: Talk, saved: Saved) {
  const personFirst = saved.checks >= patientChecks || talk.words.fixer(talk.memory.verdict?.lead ?? null) === 'us';
  const names = personFirst ? (['hand-off', 'done', 'worked'] as const) : (['done', 'worked', 'hand-off'] as const);
  return names.map((name) => talk.words.action(name));
}

/** Notes on every step that was offered what this check observed, in the agents' words. */
function observe(talk: Talk, verdict: Verdict, words: Words): void {
  const observed = verdict.lead ? words.proof(verdict.lead, verdict) : words.page(null).unknown;
  for (const step of talk.memory.steps) {
    step.tried = true;
    step.observed = observed;
  }
}
