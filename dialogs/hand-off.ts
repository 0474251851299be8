import type { Instant } from '../src/domain/instant.ts';
import { ellipsize } from '../src/domain/truncate.ts';
import { isQuestion } from '../src/language/is-question.ts';
import { readable } from '../src/domain/readable.ts';
import { look, type LookNeeds } from './account.ts';
import { buildTicket } from './build-ticket.ts';
import { openQuestions, questionOf, type QuestionKey } from './hand-off-questions.ts';
import { isUnlinked } from './account-linking.ts';
import type { Services } from './services.ts';
import { StepsDialog } from './steps-dialog.ts';
import { expectations, tellTicketStatus, type StatusNeeds } from './ticket-status.ts';
import { longestNoted, type Turn } from './turn.ts';

interface Saved {
  /** The questions still to ask. */
  open: QuestionKey[];
}

type Step = 'begin' | 'openTicket' | 'askNext' | 'takeAnswer';

const ticketNumberLength = 8;
/** One conversation cannot flood the desk. */
const mostTicketsAnHour = 3;
const hourMs = 3_600_000;
/** What is said besides, and answers nothing that was asked. */
const besides = ['other-topic', 'objection', 'dissatisfied', 'sign-in-trouble'];
/** What is asked in return is answered, and not written down as the answer. */
const questions = ['ask-article', 'check-account', 'ticket-status', 'identity', 'help', 'account-question', 'repeat'];

/** Hands the conversation to a person: opens a ticket at once, then asks what is not known yet and adds the answers. */
export function handOff(needs: LookNeeds & StatusNeeds & Pick<Services, 'random' | 'agentWords' | 'search'>) {
  return new StepsDialog<Saved, Step>('hand-off', () => ({ open: [] }), {
    async begin(turn) {
      if (turn.memory.ticket !== null) {
        await tellTicketStatus(turn, needs);
        return { end: undefined };
      }
      const last = ticketsOfLastHour(turn, needs.clock.now()).at(mostTicketsAnHour - 1);
      if (last) {
        turn.say('enough-tickets', { ticket: last.number });
        return { end: undefined };
      }
      const said = turn.recognized.also.find(({ intent }) => intent === 'access-denied');
      if (said && !turn.memory.complaint) turn.recordComplaint(said, needs.clock.now());
      return { go: 'openTicket' };
    },

    async openTicket(turn, saved) {
      if (!turn.memory.verdict && !isUnlinked(turn)) await look(turn, needs, turn.memory.complaint?.feature ?? null);
      const number = `LK-${readable(needs.random.id(ticketNumberLength))}`;
      noteWhy(turn);
      turn.ticket = buildTicket(turn, needs.agentWords, number, needs.clock.now());
      turn.memory.ticket = number;
      turn.memory.lastTicket = number;
      const { complaintNumber } = turn.memory;
      turn.memory.tickets.push({ number, at: turn.ticket.openedAt, complaintNumber });
      turn.reachOutcome('handed-off');
      tellNumber(turn, number, needs);
      // Questions in a language that the customer may not read are none.
      saved.open = turn.theirWords() ? [] : openQuestions(turn);
      return { go: 'askNext' };
    },

    askNext(turn, saved) {
      const [key] = saved.open;
      if (!key) return { end: undefined };
      const isFirst = turn.ticket !== null;
      turn.reply([isFirst ? turn.words.line('meanwhile') : '', turn.words.question(key)].filter(Boolean).join(' '), {
        kind: 'choice',
      });
      const { actions, takesYesOrNo = false } = questionOf(key);
      return {
        waitFor: 'takeAnswer',
        actions: [...actions(turn, needs.catalog), turn.words.action('skip')],
        asked: { yes: null, no: takesYesOrNo ? null : 'skip' },
        inWords: !takesYesOrNo,
      };
    },

    takeAnswer(turn, saved) {
      const { intent, text } = turn.recognized;
      const isAnswered = intent === null ? needs.search(text)?.isCertain === true : questions.includes(intent);
      if (isAnswered && isQuestion(text)) return 'pass';
      const key = saved.open.shift();
      // What nobody can answer here is a question for whoever reads the ticket.
      const isAsked = intent === null ? isQuestion(text) : besides.includes(intent);
      if (key && intent !== 'skip') {
        const question = isAsked ? turn.words.line('said-besides') : turn.words.question(key);
        const isTaken = !isAsked && questionOf(key).take?.(turn) === 'instead';
        if (!isTaken) saveAnswer(turn, question, text);
        amendTicket(turn, needs, isAsked ? null : question);
      }
      if (saved.open.length === 0) turn.say(turn.amendedTicket ? 'answers-added' : 'all-asked', ticketOf(turn));
      return { go: 'askNext' };
    },
  });
}

/** Adds to the open ticket what this turn brought; `question`: what the customer's words answer. */
export function amendTicket(turn: Turn, { agentWords }: Pick<Services, 'agentWords'>, question: string | null): void {
  const { ticket, tickets, complaintNumber } = turn.memory;
  if (ticket === null) return;
  turn.followUp = ticket;
  // What is remembered may be of a later complaint: that is no news for the ticket of an earlier one.
  const opened = tickets.find((one) => one.number === ticket && one.complaintNumber === complaintNumber);
  if (opened) turn.amendedTicket = buildTicket(turn, agentWords, ticket, opened.at);
  turn.followUpQuestion = question;
}

/** Forgets the older ones, but for the one that is open. */
function ticketsOfLastHour({ memory }: Turn, now: Instant) {
  memory.tickets = memory.tickets.filter(({ at, number }) => at > now - hourMs || number === memory.ticket);
  return memory.tickets;
}

/** What the customer wrote to have a person; nothing where a button was pressed. */
/** Only who asked for a person is told to have; what else led here they wrote, unless it stands there already. */
function noteWhy(turn: Turn): void {
  const typed = typedBy(turn);
  if (turn.recognized.intent === 'hand-off') turn.note('person', typed);
  else if (typed.text !== undefined && typed.text !== turn.memory.happened.at(-1)?.text) turn.note('wrote', typed);
}

function typedBy({ recognized: { confidence, intent, text } }: Turn) {
  return confidence === 1 || intent === 'yes' ? {} : { text: ellipsize(text, longestNoted) };
}

/** That everything found is on the ticket is said only where something was. */
function tellNumber(turn: Turn, number: string, needs: StatusNeeds): void {
  const body = { kind: 'ticket', ticket: number } as const;
  const theirs = turn.theirWords();
  if (theirs) {
    turn.reply(theirs.ticket(number), body);
    return;
  }
  const { subject, memory } = turn;
  const { primary = null, findings = [] } = memory.verdict ?? {};
  const hasFound = subject !== null && (primary !== null || findings.some(({ status }) => status === 'possible'));
  turn.say(hasFound ? 'ticket' : 'ticket-plain', { ticket: number }, body);
  turn.reply([turn.words.line('ticket-unsent'), ...expectations(turn, needs)].join(' '));
}

function ticketOf({ memory }: Turn) {
  return { ticket: memory.ticket ?? '' };
}

/** A question that is asked again keeps its last answer only. */
function saveAnswer({ memory }: Turn, question: string, answer: string): void {
  memory.answers = [...memory.answers.filter((one) => one.question !== question), { question, answer }];
}
