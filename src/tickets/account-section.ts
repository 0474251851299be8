import type { Ticket, TicketFact, TicketFinding } from '../domain/ticket.ts';
import { oneLine, type Times } from './formatting.ts';
import type { CheckMark, TicketLine, TicketSection } from './section.ts';

const marks: Readonly<Record<TicketFinding['status'], CheckMark | undefined>> = {
  proved: '✗',
  possible: '~',
  unknown: '?',
  'ruled-out': '✓',
  'needs-feature': undefined,
};

/** What was read of the account, by what it bears on: what blocks, what may, what could not be read, and what does not. */
export function accountSection({ facts, who, verdict }: Ticket, times: Times): TicketSection {
  const title = 'Account';
  const findings = verdict.findings.filter(({ cause }) => cause !== 'nothing-blocks');
  // Without anybody signed in there is only that to say.
  const told = who.subject ? findings : findings.filter(({ status }) => status === 'proved' || status === 'possible');
  const bearing = Map.groupBy(facts, ({ cause, name }) => cause ?? name);
  const judged = told.map((one) => checkOf(one, bearing.get(one.cause) ?? [], one.cause === verdict.cause));
  const others = [...bearing].filter(([key]) => !told.some(({ cause }) => cause === key));
  const isTold = ({ mark, values }: TicketLine) => mark === '?' || values.join('') !== '';
  const lines = [
    ...judged.filter((one) => one.mark === '✗' && isTold(one)),
    ...judged.filter(({ mark }) => mark === '~'),
    ...unread(judged),
    ...allowed(
      judged.filter(({ mark }) => mark === '✓'),
      facts,
    ),
    ...others.map(([, same]) => plainLine(same)),
  ];
  if (lines.length > 0 || !who.subject) return { id: 'account', title, ...noteOf(facts, times), lines };
  return { id: 'account', title, lines: [{ name: null, values: ['The account was not read.'] }] };
}

function noteOf(facts: readonly TicketFact[], { minute }: Times): Pick<TicketSection, 'note'> {
  const readings = [...Map.groupBy(facts, ({ readAt }) => minute(readAt))].map(
    ([at, read]) => `${[...new Set(read.map(({ source }) => oneLine(source)))].join(' and ')}, ${at}`,
  );
  return readings.length === 0 ? {} : { note: `read from ${readings.join('; ')}` };
}

/** One check. Of the lead the sentence stands in the headline; what is proved besides is told whole. */
function checkOf(
  { cause, label, status, fact }: TicketFinding,
  facts: readonly TicketFact[],
  isLead: boolean,
): TicketLine {
  const name = oneLine(label ?? cause.replaceAll('-', ' '));
  const values = facts.flatMap(({ value }) => (value === null ? [] : [oneLine(value)]));
  const blocks = status === 'proved' || status === 'possible';
  const tellsFacts = values.length > 0 && (isLead || !blocks);
  const own = status === 'unknown' || (isLead && status === 'proved') ? [] : [oneLine(fact)];
  const mark = marks[status];
  return {
    name,
    values: [tellsFacts ? values.join(', ') : own.join(' ')],
    ...(!blocks && { as: 'brief' as const }),
    ...(mark && { mark }),
  };
}

/** What could not be read stands in one line; what was read of it, beside it. */
function unread(judged: readonly TicketLine[]): readonly TicketLine[] {
  const unknown = judged.filter(({ mark }) => mark === '?');
  const nothing = unknown.filter(({ values }) => values.join('') === '');
  const names = nothing.map(({ name }) => name ?? '').join(', ');
  return [
    ...unknown.filter((one) => !nothing.includes(one)),
    ...(names === '' ? [] : [{ name: 'could not be read', values: [names], mark: '?' as const, as: 'brief' as const }]),
  ];
}

/** What there is nothing of stands in one line. */
function allowed(judged: readonly TicketLine[], facts: readonly TicketFact[]): readonly TicketLine[] {
  const none = new Set(facts.filter((one) => one.none).map(({ name }) => oneLine(name)));
  const isNone = ({ name }: TicketLine) => none.has(name ?? '');
  const names = judged.filter(isNone).map(({ name }) => name ?? '');
  const line = { name: null, values: [`no ${names.join(', ')}`], mark: '✓' as const, as: 'brief' as const };
  return [...judged.filter((one) => !isNone(one)), ...(names.length > 0 ? [line] : [])];
}

function plainLine(facts: readonly TicketFact[]): TicketLine {
  const [first] = facts;
  const values = facts.map(({ value }) => oneLine(value ?? 'could not be read'));
  return { name: oneLine(first?.name ?? ''), values: [values.join(', ')], as: 'brief' };
}
