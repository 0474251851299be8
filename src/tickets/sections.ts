import { splitPasted } from '../domain/split-pasted.ts';
import type { SubjectFields } from '../domain/subject.ts';
import type { Contradiction, Problem, Ticket } from '../domain/ticket.ts';
import { accountSection } from './account-section.ts';
import type { TicketLine, TicketPlace, TicketSection } from './section.ts';
import { fixerName, oneLine, utcTimes, visible, type Times } from './formatting.ts';

const proofs: Readonly<Record<SubjectFields['verifiedBy'], string>> = {
  'signed-identity': 'verified by signed identity',
  'linked-chat': 'linked once by a code from the signed-in chat',
  'single-sign-on': 'signed in with their workplace’s Microsoft account',
  'trusted-email': 'known by the e-mail address of their workplace',
};

/** The ticket below its first two lines, in the order in which it is read: what to do first. What is empty is left out. */
export function sectionsOf(ticket: Ticket, place: TicketPlace = {}): readonly TicketSection[] {
  const { answers } = ticket;
  const { times = utcTimes } = place;
  const all: readonly TicketSection[] = [
    { id: 'next', title: 'Do next (proposal)', lines: nextLines(ticket) },
    { id: 'answer', title: 'Answer', lines: answerLines(ticket, place) },
    { id: 'problem', title: 'In their words', lines: problemLines(ticket.problem, times) },
    {
      id: 'happened',
      title: times === utcTimes ? 'What happened (UTC)' : 'What happened',
      lines: happenedLines(ticket, times),
    },
    { id: 'contradictions', title: 'They say otherwise', lines: contradictionLines(ticket, times) },
    { id: 'warnings', title: 'Not the cause, but true', lines: warningLines(ticket) },
    accountSection(ticket, times),
    {
      id: 'answers',
      title: 'Asked for the ticket',
      lines: answers.flatMap(({ question, answer }) => named(asQuote(question), answer)),
    },
    { id: 'details', title: 'Details', lines: detailLines(ticket, place, times) },
  ];
  return all.filter(({ lines }) => lines.length > 0);
}

/** Where the way out is known it says who makes it; what the proposal says of it already is not said again. */
function nextLines({ nextStep, wayOut = '' }: Ticket): TicketLine[] {
  const { proposal, caution = '', who } = nextStep;
  const text = [caution, proposal].map(oneLine).filter(Boolean).join(' ');
  const isSaid = proposal.includes(wayOut);
  return [
    ...(text === '' ? [] : [sentence(text)]),
    ...(wayOut === '' ? named('Who can fix it', fixerName(who)) : isSaid ? [] : named('Way out', wayOut)),
  ];
}

/** A contact that was typed is no proof of who it is. */
function answerLines({ who }: Ticket, { answer }: TicketPlace): TicketLine[] {
  return [...named(null, answer), ...named('UNVERIFIED contact, typed by the customer', who.unverifiedContact)];
}

function problemLines(problem: Problem, { minute }: Times): TicketLine[] {
  const { words, feature, saidAt, errorCode, requestId, time, topic, otherFeatures = [] } = problem;
  const said = splitPasted(visible(words));
  const pasted = [said.pasted, visible(problem.pasted ?? '')].filter((one) => one !== null && one !== '');
  return [
    ...(said.words === '' ? [] : [{ name: null, values: [said.words], as: 'quote' as const }]),
    ...pasted.map((one) => ({ name: null, values: [one ?? ''], as: 'pasted' as const })),
    ...(said.words === '' && pasted.length === 0 ? [sentence('Not told.')] : []),
    ...brief('About', topic),
    ...brief('Feature', feature ?? (topic === undefined ? 'not named' : null)),
    ...brief('Also named', otherFeatures.map(oneLine).join(', ')),
    ...brief('Error code', errorCode),
    ...brief('Request id', requestId),
    ...brief('When', time),
    ...brief('Said', minute(saidAt)),
  ];
}

/** What was told and observed, and which steps were read back: whether somebody took them is not known. */
function happenedLines({ happened = [], steps, feedback, openedAt }: Ticket, { timeOf }: Times): TicketLine[] {
  const { answered = null, reason = null } = feedback ?? {};
  const isTold = happened.some(({ text }) => reason !== null && text.includes(oneLine(reason)));
  return [
    ...happened.flatMap(({ at, text }) => brief(null, `${timeOf(at, openedAt)} ${oneLine(text)}`)),
    ...brief(
      'Steps told',
      steps
        .map(({ title }) => oneLine(title))
        .filter(Boolean)
        .join('; '),
    ),
    ...(isTold ? [] : brief('Feedback', answered === null ? null : `${answered ? 'yes' : 'no'} ${reason ?? ''}`)),
  ];
}

/** Both sides, the customer's in their own words. What the first line says is not said again. */
function contradictionLines(
  { contradictions = [], openedAt, verdict, happened = [] }: Ticket,
  { timeOf }: Times,
): TicketLine[] {
  const isTold = ({ said, account }: Contradiction) =>
    account === verdict.summary && happened.some(({ text }) => text.includes(said));
  return contradictions
    .filter((one) => !isTold(one))
    .map(({ said, account, readAt }) => {
      const at = timeOf(readAt, openedAt);
      const told =
        account === verdict.summary ? `the account said at ${at}` : `the account said at ${at}: ${oneLine(account)}`;
      return sentence(`“${oneLine(said)}”, against what ${told}`);
    });
}

function warningLines({ verdict }: Ticket): TicketLine[] {
  return verdict.findings.filter(({ warns }) => warns).map(({ fact }) => sentence(fact));
}

/** Who it is and how that was proved, and what was read back to them. */
function detailLines(ticket: Ticket, { article: address }: TicketPlace, { minute }: Times): TicketLine[] {
  const { who, article, openedAt, problem } = ticket;
  const { subject, otherPerson, account } = who;
  const opened = minute(openedAt);
  return [
    ...(subject
      ? brief('Customer', `${withId(subject.name, `user ${subject.userId}`)}, ${proofs[subject.verifiedBy]}`)
      : []),
    ...brief('E-mail', subject?.email),
    ...(subject ? brief('Account', withId(account, subject.accountId)) : []),
    ...brief('It is about', otherPerson),
    ...brief('Article', article && `${article.slug}, version ${article.version}`, address),
    ...(opened === minute(problem.saidAt) ? [] : brief('Opened', opened)),
  ];
}

function withId(name: string | null | undefined, id: string): string {
  return oneLine(name ?? '') === '' ? id : `${name ?? ''} (${id})`;
}

function sentence(text: string): TicketLine {
  return { name: null, values: [oneLine(text)] };
}

/** A question speaks to the customer: on a ticket it is told as what was asked. */
function asQuote(question: string): string {
  return /[?.]$/.test(question) ? `“${oneLine(question)}”` : question;
}

/** A line for a value that is there. */
function named(name: string | null, value: string | null | undefined): TicketLine[] {
  const text = oneLine(value ?? '');
  return text === '' ? [] : [{ name: name === null ? null : oneLine(name), values: [text] }];
}

/** A short line for a value that is there. */
function brief(name: string | null, value: string | null | undefined, address?: string): TicketLine[] {
  return named(name, value).map((line) => ({ ...line, as: 'brief', address }));
}
