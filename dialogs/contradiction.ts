import { compare } from '../src/diagnosis/compare.ts';
import { ellipsize } from '../src/domain/truncate.ts';
import { isQuestion } from '../src/language/is-question.ts';
import { look, type LookNeeds } from './account.ts';
import { mayLook, proofOf } from './look-again.ts';
import type { Services } from './services.ts';
import { changesSince, tellAccessIsBack, tellGone, tellOther } from './tell-verdict.ts';
import { longestNoted, type Turn } from './turn.ts';

const longestSaid = 500;
const mostKept = 10;

/**
 * Writes down what the customer says against what the account told, after one more look where that may bring news: `back`,
 * nothing blocks any more; `news`, something else does: both are told, and nothing contradicts any more.
 */
export async function contradict(
  turn: Turn,
  needs: LookNeeds & Pick<Services, 'agentWords'>,
  feature: string | null,
): Promise<'back' | 'news' | 'noted'> {
  const { verdict: before, snapshot: read } = turn.memory;
  if (turn.subject && mayLook(turn) && before) {
    turn.memory.looks += 1;
    const after = await look(turn, needs, feature, { fresh: true });
    const change = compare(before, after);
    const changes = read ? changesSince(turn, read, after.feature, needs) : '';
    if (change === 'access-is-back') {
      turn.note('back');
      tellAccessIsBack(turn, changes);
      turn.reachOutcome('verified');
      return 'back';
    }
    if (change === 'another-cause' || change === 'cause-gone') {
      if (change === 'cause-gone') tellGone(turn, changes);
      else tellOther(turn, changes, before);
      return 'news';
    }
  }
  const { verdict, snapshot, contradictions } = turn.memory;
  const words = needs.agentWords;
  const primary = verdict?.primary && words.proof(verdict.primary, verdict);
  const account = primary ?? (verdict && words.possible(verdict)) ?? words.page(null).unknown;
  const said = turn.recognized.text.slice(0, longestSaid);
  // Asking for another look contradicts nothing.
  if (turn.recognized.intent !== 'done') {
    const one = { said, account, readAt: snapshot?.at ?? needs.clock.now() };
    turn.memory.contradictions = [...contradictions, one].slice(-mostKept);
    turn.note('said', { text: ellipsize(turn.recognized.text, longestNoted) });
  }
  turn.reachOutcome('unsolved');
  return 'noted';
}

/** Says both sides, and asks what is different. */
export function tellDiffers(turn: Turn) {
  const proof = turn.subject ? proofOf(turn) : '';
  if (proof === '') turn.say('noted');
  else turn.say('contradiction', { proof, readAt: { at: turn.memory.snapshot?.at ?? 0 } });
  turn.say('what-differs', {}, { kind: 'choice' });
  const names = ['did-already', 'number-wrong', 'something-different', 'hand-off'] as const;
  return { actions: names.map((name) => turn.words.action(name)), inWords: true };
}

/** What is neither an answer nor an objection is kept for the ticket; a question that the account does not answer is said to be one. */
export function tellNoted(turn: Turn): void {
  const { memory, recognized, words } = turn;
  const question = words.line('said-besides');
  const isAgain = memory.answers.some((one) => one.question === question);
  memory.answers = [...memory.answers, { question, answer: recognized.text.slice(0, longestSaid) }].slice(-mostKept);
  if (isQuestion(recognized.text)) turn.unanswered = recognized.text;
  const told = memory.verdict?.primary && isQuestion(recognized.text) ? memory.verdict : null;
  // The day on which waiting ends stands in the proof.
  const known = told ? [proofOf(turn), words.waiting(told)] : [];
  const line = turn.words.line(isQuestion(recognized.text) ? 'cannot-answer' : isAgain ? 'noted' : 'noted-offer');
  turn.reply([...known, line].filter((text) => text !== '').join('\n\n'));
}
