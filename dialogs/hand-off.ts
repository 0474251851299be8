import type { Instant } from '../src/domain/instant.ts';
import { readable } from '../src/domain/readable.ts';
import { look, type LookNeeds } from './account.ts';
import { buildTicket } from './build-ticket.ts';
import { openQuestions, questionOf, type QuestionKey } from './hand-off-questions.ts';
import { isUnlinked } from './account-linking.ts';
import type { Services } from './services.ts';
import { StepsDialog } from './steps-dialog.ts';
import type { Turn } from './turn.ts';

interface Saved {
  /** The questions still to ask. */
  open: QuestionKey[];
}

type Step = 'begin' | 'askProblem' | 'takeProblem' | 'prepare' | 'askNext' | 'takeAnswer' | 'openTicket';

const ticketNumberLength = 8;
/** One conversation cannot flood the desk. */
const mostTicketsAnHour = 3;
const hourMs = 3_600_000;

/** Hands the conversation to a person: asks what the article asks for and is not known yet, then opens a ticket. */
export function handOff(needs: LookNeeds & Pick<Services, 'random' | 'tickets' | 'wordsFor'>) {
  return new StepsDialog<Saved, Step>('hand-off', () => ({ open: [] }), {
    async begin(turn) {
      if (turn.memory.ticket !== null) {
        await tellDelivery(turn, turn.memory.ticket, needs.tickets);
        return { end: undefined };
      }
      const last = ticketsOfLastHour(turn, needs.clock.now()).at(mostTicketsAnHour - 1);
      if (last) {
        turn.say('enough-tickets', { ticket: last.number });
        return { end: undefined };
      }
      const said = turn.recognized.also.find(({ intent }) => intent === 'access-denied');
      if (said && !turn.memory.complaint) turn.recordComplaint(said, needs.clock.now());
      if (!wordsIn(turn)) turn.say('handing-off');
      if (turn.memory.complaint) return { go: 'prepare' };
      return { go: 'askProblem' };
    },

    askProblem(turn) {
      turn.say('ask-problem');
      return { waitFor: 'takeProblem', actions: [] };
    },

    takeProblem(turn) {
      const { intent } = turn.recognized;
      // Asking for a person again is no problem to write down.
      if (intent === 'hand-off') return { go: 'openTicket' };
      turn.recordComplaint(turn.recognized, needs.clock.now());
      return { go: 'prepare' };
    },

    async prepare(turn, saved) {
      if (!turn.memory.verdict && !isUnlinked(turn)) await look(turn, needs, turn.memory.complaint?.feature ?? null);
      // Questions in a language that the customer may not read are none.
      saved.open = wordsIn(turn) ? [] : openQuestions(turn.memory);
      return { go: 'askNext' };
    },

    askNext(turn, saved) {
      const [key] = saved.open;
      if (!key) return { go: 'openTicket' };
      turn.reply(turn.words.question(key));
      const skip = turn.words.action('skip');
      return { waitFor: 'takeAnswer', actions: [...questionOf(key).actions(turn, needs.catalog), skip] };
    },

    takeAnswer(turn, saved) {
      const key = saved.open.shift();
      const { intent, text } = turn.recognized;
      // Asking for a person again means: no more questions.
      if (intent === 'hand-off') return { go: 'openTicket' };
      if (key && intent !== 'skip') {
        saveAnswer(turn, turn.words.question(key), text);
        questionOf(key).take?.(turn);
      }
      return { go: 'askNext' };
    },

    openTicket(turn) {
      const number = `LK-${readable(needs.random.id(ticketNumberLength))}`;
      turn.ticket = buildTicket(turn, needs.wordsFor(null), number, needs.clock.now());
      turn.memory.ticket = number;
      turn.memory.tickets.push({ number, at: turn.ticket.openedAt });
      turn.reachOutcome('handed-off');
      tellNumber(turn, number);
      return { end: undefined };
    },
  });
}

/** Forgets the older ones. */
function ticketsOfLastHour({ memory }: Turn, now: Instant) {
  memory.tickets = memory.tickets.filter(({ at }) => at > now - hourMs);
  return memory.tickets;
}

function tellNumber(turn: Turn, number: string): void {
  const body = { kind: 'ticket', ticket: number } as const;
  const inTheirs = wordsIn(turn);
  if (inTheirs) turn.reply(inTheirs.ticket(number), body);
  else turn.say('ticket', { ticket: number }, body);
  if (!inTheirs) turn.say('ticket-unsent');
}

/** The words of the customer's language, where it is another than the content's. */
function wordsIn({ memory, words }: Turn) {
  return memory.language === null ? null : words.inLanguage(memory.language);
}

/** A question that is asked again after a cancel keeps its last answer only. */
function saveAnswer({ memory }: Turn, question: string, answer: string): void {
  memory.answers = [...memory.answers.filter((one) => one.question !== question), { question, answer }];
}

/** How it stands with a ticket: who has it, or where it is. */
async function tellDelivery(turn: Turn, ticket: string, tickets: Pick<Services, 'tickets'>['tickets']): Promise<void> {
  const filed = await tickets.find(ticket);
  const { deliveredAt = null, dead = null, work } = filed ?? {};
  const body = { kind: 'ticket', ticket } as const;
  if (work?.state === 'claimed') turn.say('ticket-claimed', { ticket, name: work.holder?.name ?? '' }, body);
  else if (dead) turn.say('ticket-held', { ticket }, body);
  else if (deliveredAt === null) turn.say('ticket-waiting', { ticket }, body);
  else turn.say('ticket-delivered', { ticket, deliveredAt: { at: deliveredAt } }, body);
}
