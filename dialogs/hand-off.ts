import type { Instant } from '../src/domain/instant.ts';
import { readable } from '../src/domain/readable.ts';
import { look, type LookNeeds } from './account.ts';
import { buildTicket } from './build-ticket.ts';
import { isUnlinked } from './places.ts';
import type { Services } from './services.ts';
import { StepsDialog } from './steps-dialog.ts';
import type { Talk } from './talk.ts';

interface Saved {
  /** The questions still to ask. */
  open: Question[];
}

type Question = 'ask-feature' | 'ask-changes' | 'ask-limits';

const ticketNumberLength = 8;
/** One conversation cannot flood the desk. */
const mostTicketsAnHour = 3;
const hourMs = 3_600_000;

/** Hands the conversation to a person: asks what the article asks for and is not known yet, then opens a ticket. */
export function handOff(needs: LookNeeds & Pick<Services, 'random' | 'tickets' | 'wordsFor'>) {
  return new StepsDialog<Saved>('hand-off', () => ({ open: [] }), {
    async begin(talk) {
      if (talk.memory.ticket !== null) {
        await tellDelivery(talk, talk.memory.ticket, needs.tickets);
        return { end: undefined };
      }
      const last = ticketsOfLastHour(talk, needs.clock.now()).at(mostTicketsAnHour - 1);
      if (last) {
        talk.say('enough-tickets', { ticket: last.number });
        return { end: undefined };
      }
      const said = talk.heard.also.find(({ intent }) => intent === 'access-denied');
      if (said && !talk.memory.complaint) talk.complain(said, needs.clock.now());
      if (!wordsIn(talk)) talk.say('handing-off');
      if (talk.memory.complaint) return { go: 'prepare' };
      return { go: 'askProblem' };
    },

    askProblem(talk) {
      talk.say('ask-problem');
      return { hear: 'hearProblem', actions: [] };
    },

    hearProblem(talk) {
      const { intent } = talk.heard;
      // Asking for a person again is no problem to write down.
      if (intent === 'hand-off') return { go: 'openTicket' };
      talk.complain(talk.heard, needs.clock.now());
      return { go: 'prepare' };
    },

    async prepare(talk, saved) {
      if (!talk.memory.verdict && !isUnlinked(talk)) await look(talk, needs, talk.memory.complaint?.feature ?? null);
      // Questions in a language that the customer may not read are none.
      saved.open = wordsIn(talk) ? [] : openQuestions(talk);
      return { go: 'askNext' };
    },

    askNext(talk, saved) {
      const question = saved.open[0];
      if (!question) return { go: 'openTicket' };
      talk.say(question);
      return { hear: 'hearAnswer', actions: answersTo(question, talk, needs) };
    },

    hearAnswer(talk, saved) {
      const question = saved.open.shift();
      const { intent, text, entities } = talk.heard;
      // Asking for a person again means: no more questions.
      if (intent === 'hand-off') return { go: 'openTicket' };
      if (question && intent !== 'skip') {
        keepAnswer(talk, talk.words.line(question), text);
        if (question === 'ask-feature' && talk.memory.complaint && entities.feature)
          talk.memory.complaint = { ...talk.memory.complaint, feature: entities.feature };
      }
      return { go: 'askNext' };
    },

    openTicket(talk) {
      const number = `LK-${readable(needs.random.id(ticketNumberLength))}`;
      talk.ticket = buildTicket(talk, needs.wordsFor(null), number, needs.clock.now());
      talk.memory.ticket = number;
      talk.memory.tickets.push({ number, at: talk.ticket.openedAt });
      talk.reach('handed-off');
      tellNumber(talk, number);
      return { end: undefined };
    },
  });
}

/** Forgets the older ones. */
function ticketsOfLastHour({ memory }: Talk, now: Instant) {
  memory.tickets = memory.tickets.filter(({ at }) => at > now - hourMs);
  return memory.tickets;
}

function tellNumber(talk: Talk, number: string): void {
  const body = { kind: 'ticket', ticket: number } as const;
  const inTheirs = wordsIn(talk);
  if (inTheirs) talk.reply(inTheirs.ticket(number), body);
  else talk.say('ticket', { ticket: number }, body);
  if (!inTheirs) talk.say('ticket-unsent');
}

/** The words of the customer's language, where it is another than the content's. */
function wordsIn({ memory, words }: Talk) {
  return memory.language === null ? null : words.inLanguage(memory.language);
}

/** A question that is asked again after a cancel keeps its last answer only. */
function keepAnswer({ memory }: Talk, question: string, answer: string): void {
  memory.answers = [...memory.answers.filter((one) => one.question !== question), { question, answer }];
}

/** What the article asks for, without what the account already told. */
function openQuestions({ memory }: Talk): Question[] {
  const { complaint, snapshot } = memory;
  return [
    ...(complaint?.feature ? [] : (['ask-feature'] as const)),
    ...(snapshot?.planChangedAt.known ? [] : (['ask-changes'] as const)),
    ...(snapshot?.quotas.known ? [] : (['ask-limits'] as const)),
  ];
}

function answersTo(question: Question, talk: Talk, { catalog }: Pick<LookNeeds, 'catalog'>) {
  const skip = talk.words.action('skip');
  if (question === 'ask-feature') return [...catalog.features.map(({ slug }) => talk.words.featureAction(slug)), skip];
  return question === 'ask-changes' ? [talk.words.action('no-changes'), skip] : [skip];
}

/** How it stands with a ticket: who has it, or where it is. */
async function tellDelivery(talk: Talk, ticket: string, tickets: Pick<Services, 'tickets'>['tickets']): Promise<void> {
  const filed = await tickets.find(ticket);
  const { deliveredAt = null, dead = null, work } = filed ?? {};
  const body = { kind: 'ticket', ticket } as const;
  if (work?.state === 'claimed') talk.say('ticket-claimed', { ticket, name: work.holder?.name ?? '' }, body);
  else if (dead) talk.say('ticket-held', { ticket }, body);
  else if (deliveredAt === null) talk.say('ticket-waiting', { ticket }, body);
  else talk.say('ticket-delivered', { ticket, deliveredAt: { at: deliveredAt } }, body);
}
