import { iso } from '../domain/instant.ts';
import type { Problem, Ticket, TicketFinding, TicketStep } from '../domain/ticket.ts';
import { contextOf, headlineOf, subjectOf } from './headline.ts';
import type { TicketPlace } from './section.ts';

/** A ticket as webhooks send it: see `ticketJson`. */
export type TicketJson = ReturnType<typeof ticketJson>;

/**
 * A ticket for machines. Version 1: members are only ever added; times are ISO 8601 in UTC; null: not known or not told.
 * `verdict.class`: `proved`, `possible` (it blocks some features, and none was named), `nothing-blocks` (every check allows
 * access), `could-not-check` or `not-diagnosed`. `who.unverifiedContact` was typed by the customer: no requester.
 * `who.verifiedBy` null: UNVERIFIED. A fact’s `value` null: it could not be read. `nextStep` is a proposal; its `who` must
 * act: `you` (the customer), `workspace-admin`, `billing-owner`, `it` or `us`.
 */
export function ticketJson(ticket: Ticket, place: TicketPlace = {}) {
  const { number, priority, problem, verdict, nextStep, facts, feedback, answers, article, language } = ticket;
  const { contradictions = [] } = ticket;
  return {
    version: 1 as const,
    number,
    openedAt: iso(ticket.openedAt),
    priority,
    headline: headlineOf(ticket),
    subject: subjectOf(ticket),
    context: contextOf(ticket),
    opensAt: ticket.opensAt === undefined ? null : iso(ticket.opensAt),
    happened: (ticket.happened ?? []).map(({ at, text }) => ({ at: iso(at), text })),
    problem: problemJson(problem),
    verdict: { class: verdict.class, cause: verdict.cause, name: verdict.name, summary: verdict.summary },
    nextStep: { proposal: nextStep.proposal, who: nextStep.who, caution: nextStep.caution ?? null },
    answer: place.answer ?? null,
    who: whoJson(ticket),
    facts: facts.map(({ name, value, source, readAt, cause }) => ({
      ...{ name, value, source, cause: cause ?? null },
      readAt: iso(readAt),
    })),
    findings: verdict.findings.flatMap(findingJson),
    steps: ticket.steps.map(stepJson),
    feedback: feedback && { answered: feedback.answered, reason: feedback.reason },
    answers: answers.map(({ question, answer }) => ({ question, answer })),
    contradictions: contradictions.map(({ said, account, readAt }) => ({ said, account, readAt: iso(readAt) })),
    wayOut: ticket.wayOut ?? null,
    article: article && { slug: article.slug, version: article.version },
    language,
    languageNote: ticket.languageNote ?? null,
    links: { transcript: place.transcript ?? null, article: place.article ?? null },
  };
}

function problemJson(problem: Problem) {
  const { words, feature, saidAt, errorCode, requestId, time, topic, otherFeatures = [] } = problem;
  const more = { pasted: problem.pasted ?? null, topic: topic ?? null, otherFeatures: [...otherFeatures] };
  return { words, feature, saidAt: iso(saidAt), errorCode, requestId, time, ...more };
}

/** What only a feature would tell is no finding. */
function findingJson({ cause, label, status, fact, source, readAt, warns = false }: TicketFinding) {
  return status === 'needs-feature' ? [] : [{ cause, label: label ?? null, status, fact, source, readAt, warns }];
}

function stepJson({ article, step, title, tried, observed }: TicketStep) {
  return { article, step, title, tried, observed };
}

/** Of the identity only what tells who it is. */
function whoJson({ who, conversationId }: Ticket) {
  const { subject, account, role, seat, channel } = who;
  return {
    verifiedBy: subject?.verifiedBy ?? null,
    userId: subject?.userId ?? null,
    name: subject?.name ?? null,
    email: subject?.email ?? null,
    accountId: subject?.accountId ?? null,
    account,
    plan: who.plan ?? null,
    role,
    seat,
    channel,
    conversationId,
    unverifiedContact: who.unverifiedContact ?? null,
    otherPerson: who.otherPerson ?? null,
  };
}
