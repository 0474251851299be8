import { readAccount } from './account.ts';
import type { Services } from './services.ts';
import { StepsDialog } from './steps-dialog.ts';
import type { Turn } from './turn.ts';

type Needs = Pick<Services, 'accounts' | 'clock' | 'agentWords'>;

/** Answers who may change what, from the role that the account tells. */
export function accountQuestion(needs: Needs) {
  return new StepsDialog<object, 'tell' | 'finish'>('account-question', () => ({}), {
    async tell(turn) {
      const kind = turn.recognized.subIntent ?? 'who-is-admin';
      if (kind === 'i-am-admin' && turn.memory.contradictions.some(({ account }) => account === roleFact(turn, needs)))
        return { begin: 'hand-off', then: 'finish' };
      if (!turn.subject && kind !== 'owner-left') turn.sayWhoIsMissing();
      else turn.reply([await roleLine(turn, needs), answerTo(turn, kind)].filter(Boolean).join(' '));
      if (kind === 'owner-left' && turn.memory.complaint === null) {
        turn.memory.topic = 'ownership';
        turn.recordComplaint(turn.recognized, needs.clock.now());
      }
      if (kind === 'i-am-admin' && isAdmin(turn) === false) noteBothSides(turn, needs);
      turn.offerPerson(turn.offeredBefore);
      return { end: undefined };
    },

    finish: () => ({ end: undefined }),
  });
}

async function roleLine(turn: Turn, needs: Needs): Promise<string> {
  if (!turn.subject) return '';
  const { role } = await readAccount(turn, needs);
  return role.known ? turn.words.line('your-role', { role: role.value }) : '';
}

function answerTo(turn: Turn, kind: string): string {
  if (kind === 'i-am-admin') return turn.words.line(isAdmin(turn) ? 'admin-can' : 'role-is-not-admin');
  if (kind === 'owner-left') return turn.words.line('owner-left');
  if (kind === 'change-it-for-me') return turn.words.line('i-change-nothing');
  return turn.words.line('who-is-admin');
}

/** Null: the role is not known. */
function isAdmin({ memory: { snapshot } }: Turn): boolean | null {
  return snapshot?.role.known ? snapshot.role.value === 'admin' : null;
}

/** What the account says of the role, as agents read it; empty where it says nothing. */
function roleFact({ memory: { snapshot } }: Turn, { agentWords }: Needs): string {
  return snapshot?.role.known ? agentWords.line('fact-role', { role: snapshot.role.value }) : '';
}

/** Whoever says that they are the admin, against the account, is asked once; said again, a person gets both sides. */
function noteBothSides(turn: Turn, needs: Needs): void {
  const { contradictions, snapshot } = turn.memory;
  const readAt = snapshot?.at ?? needs.clock.now();
  const said = turn.recognized.text.slice(0, longestSaid);
  turn.memory.contradictions = [...contradictions, { said, account: roleFact(turn, needs), readAt }];
}

const longestSaid = 500;
