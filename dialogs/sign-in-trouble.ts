import { accountSuspended } from '../src/diagnosis/causes/account-suspended.ts';
import { lockedOut } from '../src/diagnosis/causes/locked-out.ts';
import { notVerified } from '../src/diagnosis/causes/not-verified.ts';
import { signInMethodRequired } from '../src/diagnosis/causes/sign-in-method-required.ts';
import { userDeactivated } from '../src/diagnosis/causes/user-deactivated.ts';
import { look, type LookNeeds } from './account.ts';
import { StepsDialog } from './steps-dialog.ts';

const kinds = ['forgot-password', 'code-missing', 'sign-in-loop', 'too-many-attempts'] as const;

/** What keeps somebody from signing in; of anything else their words say nothing. */
const keepsOut: readonly string[] = [
  accountSuspended,
  userDeactivated,
  lockedOut,
  signInMethodRequired,
  notVerified,
].map(({ slug }) => slug);

/**
 * Whoever cannot sign in, and whose account does not tell why, is told the one thing to try, then handed to a person.
 */
export function signInTrouble(needs: LookNeeds) {
  return new StepsDialog<object, 'begin' | 'tell' | 'react' | 'finish'>('sign-in-trouble', () => ({}), {
    async begin(turn) {
      if (!turn.subject) return { go: 'tell' };
      turn.recordComplaint(turn.recognized, needs.clock.now());
      const { primary } = await look(turn, needs, null);
      const isWhy = primary !== null && keepsOut.includes(primary.cause);
      return isWhy
        ? {
            begin: 'access-denied',
            options: { known: true, feature: turn.recognized.entities.feature },
            then: 'finish',
          }
        : { go: 'tell' };
    },

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
