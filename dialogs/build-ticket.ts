import { nothingBlocks } from '../src/diagnosis/diagnose.ts';
import type { Instant } from '../src/domain/instant.ts';
import type { Entitlement, Fact, Snapshot } from '../src/domain/snapshot.ts';
import type { Ticket, TicketFact, TicketVerdict } from '../src/domain/ticket.ts';
import { actionNames, type ReplyLine } from '../src/knowledge/reply-lines.ts';
import { isBlocked } from './look-again.ts';
import type { Memory } from './memory.ts';
import { isUnlinked } from './account-linking.ts';
import type { Turn } from './turn.ts';
import type { Words } from '../src/knowledge/wording.ts';

/** The ticket of this conversation: everything that is known, from state. `words` are the agents': times in UTC. */
export function buildTicket(turn: Turn, words: Words, number: string, openedAt: Instant): Ticket {
  const { memory, subject } = turn;
  const page = memory.verdict && memory.topic === null ? words.page(memory.verdict.primary) : null;
  const article = page ? words.article(page.article) : null;
  return {
    number,
    conversationId: turn.conversationId,
    openedAt,
    priority: isUrgent(memory) ? 'high' : 'normal',
    problem: problemOf(memory, words, openedAt),
    who: {
      subject,
      ...roleOf(memory.snapshot),
      channel: turn.channel,
      ...(memory.contact !== null && { unverifiedContact: memory.contact }),
      ...(memory.complaint?.otherPerson && { otherPerson: memory.complaint.otherPerson }),
    },
    facts: memory.snapshot && subject ? factsOf(memory.snapshot, memory.complaint?.feature ?? null, words) : [],
    verdict: verdictOf(turn, words),
    steps: memory.steps.map((one) => ({ ...one, title: titleOf(one.article, one.step, words) })),
    feedback: memory.feedback && { ...memory.feedback, reason: reasonInWords(memory.feedback.reason, words) },
    answers: memory.answers,
    ...(memory.contradictions.length > 0 && { contradictions: memory.contradictions }),
    ...wayOutOf(memory, words),
    nextStep: nextStepOf(turn, words),
    article: article && { slug: article.slug, version: article.version },
    language: memory.language ?? words.language,
  };
}

function isUrgent({ verdict, topic }: Memory): boolean {
  return topic === 'security' || (topic === null && verdict?.primary?.cause === nothingBlocks.slug);
}

function nextStepOf(turn: Turn, words: Words): Ticket['nextStep'] {
  const { topic, verdict } = turn.memory;
  if (topic !== null) return { proposal: words.topic(topic).agentNext, who: 'us' };
  if (verdict) return { proposal: words.page(verdict.primary).agentNext, who: words.fixer(verdict.primary) };
  return { proposal: words.line(isUnlinked(turn) ? 'not-linked-next' : 'not-diagnosed-next'), who: 'us' };
}

function wayOutOf({ verdict, topic }: Memory, words: Words): Pick<Ticket, 'wayOut'> {
  const wayOut = verdict && topic === null ? words.wayOut(verdict) : null;
  return wayOut === null ? {} : { wayOut };
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
  const { words: said, at: saidAt, errorCode, requestId, time } = complaint;
  return { words: said, feature, saidAt, errorCode, requestId, time, ...about, ...otherFeatures(memory, words) };
}

function roleOf(snapshot: Snapshot | null) {
  const value = (fact: Fact<string> | undefined) => (fact?.known ? fact.value : null);
  return { account: value(snapshot?.accountName), role: value(snapshot?.role), seat: value(snapshot?.seat) };
}

function factsOf(snapshot: Snapshot, feature: string | null, words: Words): TicketFact[] {
  const one = <T>(name: ReplyLine, fact: Fact<T>, tell: (value: T) => string[]): TicketFact[] => {
    const read = { name: words.line(name), source: fact.source, readAt: fact.readAt };
    if (!fact.known) return [{ ...read, value: null }];
    return tell(fact.value).map((value) => ({ ...read, value }));
  };
  const as = (value: string) => [value];
  return [
    ...one('fact-account', snapshot.membership, as),
    ...one('fact-plan', snapshot.plan, (plan) => [words.value({ plan })]),
    ...one('fact-entitlement', snapshot.entitlements, (list) => entitlementLines(list, feature, words)),
    ...one('fact-usage', snapshot.quotas, (list) =>
      list.map(({ meter, used, limit, resetsAt }) => {
        const facts = { meter: { meter }, used, limit };
        return resetsAt === null
          ? words.line('fact-quota', facts)
          : words.line('fact-quota-reset', { ...facts, resetsAt: { at: resetsAt } });
      }),
    ),
    ...one('fact-billing', snapshot.subscription, as),
    ...one('fact-session', snapshot.session, ({ state, expiresAt }) =>
      expiresAt === null ? [state] : [words.line('fact-expires', { state, expiresAt: { at: expiresAt } })],
    ),
  ];
}

/** The entitlement to the feature in question; without one, what the account has no entitlement to. */
function entitlementLines(list: readonly Entitlement[], feature: string | null, words: Words): string[] {
  const asked = list.find((one) => one.feature === feature);
  if (asked) return [words.line(asked.granted ? 'fact-granted' : 'fact-not-granted', { feature: { feature } })];
  const missing = list.filter((one) => !one.granted).map((one) => words.value({ feature: one.feature }));
  return missing.length === 0
    ? [words.line('fact-all-granted')]
    : [words.line('fact-missing', { features: missing.join(', ') })];
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
  const findings = words.findings(verdict);
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

function titleOf(article: string, id: string, words: Words): string {
  return words.article(article).steps.find((step) => step.id === id)?.title ?? id;
}

/** A reason that was tapped, as the button said it; one that was typed, as it is. */
function reasonInWords(reason: string | null, words: Words): string | null {
  const tapped = actionNames.find((name) => name === reason);
  return tapped ? words.action(tapped).label : reason;
}
