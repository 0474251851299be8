import type { SubjectFields } from '../domain/subject.ts';
import type { FindingStatus } from '../domain/verdict.ts';
import type { Problem, Ticket, TicketStep, TicketVerdict } from '../domain/ticket.ts';
import { factSections } from './fact-sections.ts';
import type { TicketLine, TicketLinks, TicketSection } from './section.ts';
import { fixerName, languageName, minute, oneLine, timeOf, visible } from './formatting.ts';

const classes: Readonly<Record<TicketVerdict['class'], string | null>> = {
  proved: 'Proved',
  possible: 'Possible',
  'nothing-blocks': 'No cause found',
  'could-not-check': 'Not proved',
  // Its name says so already.
  'not-diagnosed': null,
};

const proofs: Readonly<Record<SubjectFields['verifiedBy'], string>> = {
  'signed-identity': 'verified by signed identity',
  'linked-chat': 'linked once by a code from the signed-in chat',
  'trusted-email': 'known by the e-mail address of their workplace',
};

/** The ticket in one line, high priority first: also its subject. */
export function headlineOf(ticket: Ticket): string {
  const high = ticket.priority === 'high' ? 'HIGH PRIORITY · ' : '';
  return `${high}${subjectOf(ticket)} · ${ticket.number}`;
}

/** What is no denial is called by its topic: nothing was diagnosed. */
function subjectOf({ problem: { topic, feature }, verdict }: Ticket): string {
  if (topic !== undefined && oneLine(topic) !== '') return oneLine(topic);
  const about = feature === null ? '' : `${oneLine(feature)}: `;
  return `${about}${oneLine(verdict.name).replace(/\.$/, '')}`;
}

/** The ticket in the order in which it is read: problem and verdict first. What is empty is left out. */
export function sectionsOf(ticket: Ticket, links: TicketLinks = {}): readonly TicketSection[] {
  const { feedback, answers } = ticket;
  const all: readonly TicketSection[] = [
    { id: 'problem', title: 'Problem', lines: problemLines(ticket.problem) },
    { id: 'verdict', title: 'Verdict', lines: verdictLines(ticket) },
    { id: 'contradictions', title: 'Contradictions', lines: contradictionLines(ticket) },
    { id: 'who', title: 'Who', lines: whoLines(ticket) },
    ...factSections(ticket),
    { id: 'checks', title: 'Checks', lines: checkLines(ticket.verdict) },
    { id: 'steps', title: 'Steps', lines: ticket.steps.flatMap((step) => stepLines(step, ticket.verdict)) },
    { id: 'feedback', title: 'Did this answer your question?', lines: feedback ? feedbackLines(feedback) : [] },
    { id: 'answers', title: 'Answers', lines: answers.flatMap((one) => named(one.question, one.answer)) },
    { id: 'source', title: 'Source', lines: sourceLines(ticket, links) },
  ];
  return all.filter(({ lines }) => lines.length > 0);
}

function problemLines(problem: Problem): TicketLine[] {
  const { words, feature, saidAt, errorCode, requestId, time, topic, otherFeatures = [] } = problem;
  const quote = visible(words);
  return [
    quote === '' ? sentence('Not told.') : { name: null, values: [quote], as: 'quote' as const },
    ...brief('About', topic),
    ...brief('Feature', feature ?? (topic === undefined ? 'not named' : null)),
    ...brief('Also named', otherFeatures.map(oneLine).join(', ')),
    ...brief('Error code', errorCode),
    ...brief('Request id', requestId),
    ...brief('When', time),
    ...brief('Said', minute(saidAt)),
  ];
}

function verdictLines({ verdict, nextStep, wayOut }: Ticket): TicketLine[] {
  const { cause, findings } = verdict;
  const others = findings.filter((one) => one.cause !== cause);
  const facts = (status: FindingStatus) => others.filter((one) => one.status === status).map(({ fact }) => fact);
  return [
    { name: classes[verdict.class], values: [oneLine(verdict.name)], as: 'mark' },
    ...(oneLine(verdict.summary) === '' ? [] : [sentence(verdict.summary)]),
    ...list('Also found', facts('proved')),
    ...list('Possible', facts('possible')),
    ...named('Way out', wayOut),
    ...named('Proposed next step', nextStep.proposal),
    ...named('Who must act', fixerName(nextStep.who)),
  ];
}

/** Both sides, the customer's in their own words. */
function contradictionLines({ contradictions = [], openedAt }: Ticket): TicketLine[] {
  return contradictions.map(({ said, account, readAt }) =>
    sentence(
      `The customer says: “${oneLine(said)}”. The account said at ${timeOf(readAt, openedAt)}: ${oneLine(account)}`,
    ),
  );
}

function whoLines({ who, conversationId }: Ticket): TicketLine[] {
  const { subject } = who;
  const place = [
    ...named('Asks for', who.otherPerson),
    ...named('UNVERIFIED contact, typed by the customer', who.unverifiedContact),
    ...named('Answer in', `${who.channel}, conversation ${conversationId}`),
  ];
  if (!subject)
    return [{ name: 'UNVERIFIED', values: ['nobody was signed in, so no account was read'], as: 'mark' }, ...place];
  return [
    ...named('Customer', `${withId(subject.name, `user ${subject.userId}`)}, ${proofs[subject.verifiedBy]}`),
    ...named('E-mail', subject.email),
    ...named('Account', withId(who.account, subject.accountId)),
    ...brief('Role', who.role),
    ...brief('Seat', who.seat),
    ...place,
  ];
}

function withId(name: string | null | undefined, id: string): string {
  return oneLine(name ?? '') === '' ? id : `${name ?? ''} (${id})`;
}

/** The lead and what else was proved stand in the verdict; that something or nothing was found is no check. */
function checkLines({ findings }: TicketVerdict): TicketLine[] {
  const checks = findings.filter(({ cause }) => cause !== 'nothing-blocks');
  const ruledOut = checks.filter(({ status }) => status === 'ruled-out').map(({ fact }) => fact);
  const unknown = checks.filter(({ status }) => status === 'unknown').map(({ cause }) => cause.replaceAll('-', ' '));
  return [...list('Ruled out', ruledOut), ...named('Could not be checked', unknown.join(', '))];
}

function stepLines({ title, tried, observed }: TicketStep, { summary }: TicketVerdict): TicketLine[] {
  const seen = observed === null ? '' : observed === summary ? '; checked again: the same' : `; then: ${observed}`;
  return named(title, tried ? `tried${seen}` : 'offered, not checked again');
}

function feedbackLines({ answered, reason }: NonNullable<Ticket['feedback']>): TicketLine[] {
  return [sentence(`${answered ? 'Yes' : 'No'}${reason === null ? '' : ` – ${reason}`}`)];
}

function sourceLines({ article, language, openedAt, problem }: Ticket, links: TicketLinks): TicketLine[] {
  const opened = minute(openedAt);
  return [
    ...brief('Article', article && `${article.slug}, version ${article.version}`, links.article),
    ...brief('Language', languageName(language)),
    ...(opened === minute(problem.saidAt) ? [] : brief('Opened', opened)),
    ...(links.transcript === undefined ? [] : brief('Transcript', links.transcript, links.transcript)),
  ];
}

function sentence(text: string): TicketLine {
  return { name: null, values: [oneLine(text)] };
}

/** A line for a value that is there. */
function named(name: string, value: string | null | undefined): TicketLine[] {
  const text = oneLine(value ?? '');
  return text === '' ? [] : [{ name: oneLine(name), values: [text] }];
}

/** A short line for a value that is there. */
function brief(name: string, value: string | null | undefined, address?: string): TicketLine[] {
  return named(name, value).map((line) => ({ ...line, as: 'brief', address }));
}

function list(name: string, values: readonly string[]): TicketLine[] {
  return values.length === 0 ? [] : [{ name, values: values.map(oneLine) }];
}
