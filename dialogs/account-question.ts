import { readAccount, type LookNeeds } from './account.ts';
import { StepsDialog } from './steps-dialog.ts';
import type { Turn } from './turn.ts';

/** Answers who may change what, from the role that the account tells. */
export function accountQuestion(needs: Pick<LookNeeds, 'accounts' | 'clock'>) {
  return new StepsDialog<object, 'tell'>('account-question', () => ({}), {
    async tell(turn) {
      const kind = turn.recognized.subIntent ?? 'who-is-admin';
      if (!turn.subject && kind !== 'owner-left') turn.say('sign-in-first');
      else turn.reply([await roleLine(turn, needs), answerTo(turn, kind)].filter(Boolean).join(' '));
      if (kind === 'owner-left' && turn.memory.complaint === null) {
        turn.memory.topic = 'ownership';
        turn.recordComplaint(turn.recognized, needs.clock.now());
      }
      turn.offerPerson(turn.offeredBefore);
      return { end: undefined };
    },
  });
}

async function roleLine(turn: Turn, needs: Pick<LookNeeds, 'accounts' | 'clock'>): Promise<string> {
  if (!turn.subject) return '';
  const { role } = await readAccount(turn, needs);
  return role.known ? turn.words.line('your-role', { role: role.value }) : '';
}

function answerTo(turn: Turn, kind: string): string {
  const { role } = turn.memory.snapshot ?? {};
  const isAdmin = role?.known === true && role.value === 'admin';
  if (kind === 'i-am-admin') return turn.words.line(isAdmin ? 'admin-can' : 'role-is-not-admin');
  if (kind === 'owner-left') return turn.words.line('owner-left');
  if (kind === 'change-it-for-me') return turn.words.line('i-change-nothing');
  return turn.words.line('who-is-admin');
}
