import { nothingBlocks } from '../src/diagnosis/diagnose.ts';
import type { Instant } from '../src/domain/instant.ts';
import type { Fact, Snapshot } from '../src/domain/snapshot.ts';
import type { Ticket, TicketFinding, TicketVerdict } from '../src/domain/ticket.ts';
import { ellipsize } from '../src/domain/truncate.ts';
import type { Verdict } from '../src/domain/verdict.ts';
import { languageName } from '../src/domain/language-name.ts';
import { isBlocked } from './account.ts';
import type { Memory } from './memory.ts';
import { isUnlinked } from './account-linking.ts';
import { ticketFacts } from './ticket-facts.ts';
import { customerSubject, happenedIn, headlineOf, nextStepOf, reasonInWords } from './ticket-story.ts';
import type { Turn } from './turn.ts';
import type { Words } from '../src/knowledge/wording.ts';

/** The ticket of this conversation: everything that is known, from state. `words` are the agents': times in UTC. */
export function buildTicket(turn: Turn, words: Words, number: string, openedAt: Instant): Ticket {
  const { memory, subject } = turn;
  const page = memory.verdict && memory.topic === null ? words.page(memory.verdict.primary) : null;
  const article = page ? words.article(page.article) : null;
  const verdict = verdictOf(turn, words);
  return {
    number,
    conversationId: turn.conversationId,
    openedAt,
    priority: isUrgent(memory) ? 'high' : 'normal',
    headline: headlineOf(turn, verdict, words),
    customerSubject: customerSubject(memory, words),
    problem: problemOf(memory, words, openedAt),
    who: {
      subject,
      ...standingOf(memory.snapshot, words),
      channel: turn.channel,
      ...(memory.contact !== null && { unverifiedContact: memory.contact }),
      ...(memory.complaint?.otherPerson && { otherPerson: memory.complaint.otherPerson }),
    },
    facts: memory.snapshot && subject ? ticketFacts(memory.snapshot, memory.complaint?.feature ?? null, words) : [],
    verdict,
    steps: memory.steps.map((one) => ({ ...one, title: titleOf(one.article, one.step, words) })),
    feedback: memory.feedback && { ...memory.feedback, reason: reasonInWords(memory.feedback.reason, words) },
    answers: memory.answers,
    ...(memory.contradictions.length > 0 && { contradictions: memory.contradictions }),
    ...wayOutOf(memory, words),
    ...opensAt(memory),
    nextStep: nextStepOf(turn, words),
    happened: happenedIn(memory, words),
    article: article && { slug: article.slug, version: article.version },
    ...languageOf(memory, words),
  };
}

function isUrgent({ verdict, topic }: Memory): boolean {
  return topic === 'security' || (topic === null && verdict?.primary?.cause === nothingBlocks.slug);
}

function wayOutOf({ verdict, topic }: Memory, words: Words): Pick<Ticket, 'wayOut'> {
  const wayOut = verdict && topic === null ? words.wayOut(verdict) : null;
  return wayOut === null ? {} : { wayOut };
}

/** When waiting alone opens the door; missing: it does not, or nobody knows when. */
function opensAt({ verdict }: Memory): Pick<Ticket, 'opensAt'> {
  const [only, ...others] = verdict?.wayOut ?? [];
  const waits = only && others.length === 0 ? [only.change, only.or] : [];
  const until = waits.flatMap((one) => (one?.kind === 'wait' && one.until !== null ? [one.until] : []));
  return until[0] === undefined ? {} : { opensAt: until[0] };
}

function languageOf({ language }: Memory, words: Words): Pick<Ticket, 'language' | 'languageNote'> {
  if (language === null) return { language: words.language };
  return { language, languageNote: words.line('ticket-writes', { language: languageName(language) }) };
}

function otherFeatures({ complaint }: Memory, words: Words): Pick<Ticket['problem'], 'otherFeatures'> {
  const others = complaint?.features.filter(({ slug }) => slug !== complaint.feature) ?? [];
  if (others.length === 0) return {};
  const told = others.map(({ slug, polarity }) => words.line(`said-${polarity}`, { feature: { feature: slug } }));
  return { otherFeatures: told };
}

function problemOf(memory: Memory, words: Words, at: Instant): Ticket['problem'] {
  const { complaint } = memory;
  const about = memory.topic === null ? {} : { topic: words.topic(memory.topic).name };
  if (!complaint)
    return { words: '', feature: null, saidAt: at, errorCode: null, requestId: null, time: null, ...about };
  const feature = complaint.feature === null ? null : words.value({ feature: complaint.feature });
  const { words: said, at: saidAt, errorCode, requestId, time, pasted } = complaint;
  const details = { errorCode, requestId, time, ...(pasted !== undefined && { pasted }) };
  return { words: said, feature, saidAt, ...details, ...about, ...otherFeatures(memory, words) };
}

function standingOf(snapshot: Snapshot | null, words: Words) {
  const value = (fact: Fact<string> | undefined) => (fact?.known ? fact.value : null);
  const plan = value(snapshot?.plan);
  return {
    account: value(snapshot?.accountName),
    plan: plan === null ? null : words.value({ plan }),
    role: value(snapshot?.role),
    seat: value(snapshot?.seat),
  };
}

function verdictOf(turn: Turn, words: Words): TicketVerdict {
  const { verdict, topic } = turn.memory;
  // An account that is blocked says more than what was asked for.
  const isAside = topic !== null && !(verdict && isBlocked(verdict));
  if (!verdict || isAside) {
    const name =
      topic !== null ? words.topic(topic).name : words.line(isUnlinked(turn) ? 'not-linked' : 'not-diagnosed');
    return { class: 'not-diagnosed', cause: null, name, summary: '', findings: [] };
  }
  const findings = findingsOf(verdict, words);
  const { primary } = verdict;
  const { name } = words.page(primary);
  const possible = verdict.findings.find(({ status }) => status === 'possible');
  if (!primary && possible) {
    const page = words.page(possible);
    return {
      class: 'possible',
      cause: possible.cause,
      name: page.name,
      summary: words.possible(verdict) ?? '',
      findings,
    };
  }
  if (!primary && !verdict.findings.some(({ status }) => status === 'unknown'))
    return { class: 'nothing-blocks', cause: null, name: words.line('no-account-cause-name'), summary: '', findings };
  if (!primary) return { class: 'could-not-check', cause: null, name, summary: words.page(null).unknown, findings };
  const kind = primary.cause === 'nothing-blocks' ? 'nothing-blocks' : 'proved';
  return { class: kind, cause: primary.cause, name, summary: words.proof(primary, verdict), findings };
}

/** Every finding by the name of what was looked at. */
function findingsOf(verdict: Verdict, words: Words): TicketFinding[] {
  return verdict.findings.flatMap((one) => {
    if (one.status === 'needs-feature') return [];
    const warns = one.status === 'ruled-out' && words.page(one).warns.includes(one.variant);
    return [{ ...words.finding(one, verdict), label: words.causeLabel(one.cause), ...(warns && { warns }) }];
  });
}

/** UTF-16 units of a step's first line, which may hold all of it. */
const longestTitle = 60;

function titleOf(article: string, id: string, words: Words): string {
  return ellipsize(words.article(article).steps.find((step) => step.id === id)?.title ?? id, longestTitle);
}
