import { StepsDialog } from './steps-dialog.ts';
import type { Services } from './services.ts';

const kinds = ['forgot-password', 'code-missing', 'sign-in-loop', 'too-many-attempts'] as const;

/** Whoever cannot sign in is told the one thing to try, then handed to a person: nothing of an account can be read for them. */
export function signInTrouble(needs: Pick<Services, 'clock'>) {
  return new StepsDialog<object, 'tell' | 'react' | 'finish'>('sign-in-trouble', () => ({}), {
    tell(turn) {
      const kind = kinds.find((one) => one === turn.recognized.subIntent) ?? 'forgot-password';
      turn.recordComplaint(turn.recognized, needs.clock.now());
      turn.memory.topic = 'sign-in';
      turn.say(`sign-in-${kind}`);
      turn.reachOutcome('answered');
      const actions = (['worked', 'not-solved', 'hand-off'] as const).map((name) => turn.words.action(name));
      return { waitFor: 'react', actions };
    },

    react(turn) {
      const { intent } = turn.recognized;
      if (intent === 'worked') {
        turn.reachOutcome('confirmed');
        turn.say('good-to-hear');
        return { end: undefined };
      }
      const isStuck = intent === null || stuck.includes(intent);
      return isStuck ? { begin: 'hand-off', then: 'finish' } : 'pass';
    },

    finish: () => ({ end: undefined }),
  });
}

const stuck = [
  'not-solved',
  'no',
  'done',
  'didnt-work',
  'objection',
  'dissatisfied',
  'sign-in-trouble',
  'access-denied',
];
