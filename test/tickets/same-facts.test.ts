import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Ticket } from '../../src/domain/ticket.ts';
import { headlineOf, sectionsOf } from '../../src/tickets/sections.ts';
import { oneLine, visible } from '../../src/tickets/formatting.ts';
import { ticketHtml } from '../../src/tickets/ticket-html.ts';
import { ticketJson } from '../../src/tickets/ticket-json.ts';
import { ticketText } from '../../src/tickets/ticket-text.ts';
import { anyTicket } from './any-ticket.ts';

/** What a reader of the HTML sees. */
function seen(html: string): string {
  const characters: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
  return html
    .replaceAll(/<br>\n?/g, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => characters[name] ?? '');
}

/** What only the ticket knows: what was said, read and found. The sentence of a check that failed says no more than its name. */
function told(ticket: Ticket): string[] {
  const { problem, who, facts, verdict, steps, feedback, answers, nextStep, article, contradictions = [] } = ticket;
  const checks = verdict.findings.filter(
    ({ cause, status }) => cause !== 'nothing-blocks' && status !== 'unknown' && status !== 'needs-feature',
  );
  const { subject } = who;
  const person = [subject?.userId, subject?.name, subject?.email, subject?.accountId];
  const account = subject ? [who.account, who.role, who.seat] : [];
  return [
    ...[problem.feature, problem.errorCode, problem.requestId, problem.time, ...person, ...account, who.channel],
    ...facts.flatMap(({ name, value, source }) => [name, value, source]),
    ...[verdict.name, verdict.summary, nextStep.proposal],
    ...checks.filter(({ status, cause }) => status === 'ruled-out' || cause !== verdict.cause).map(({ fact }) => fact),
    ...steps.flatMap(({ title, tried, observed }) => [title, tried ? observed : null]),
    ...answers.flatMap(({ question, answer }) => (oneLine(answer) === '' ? [] : [question, answer])),
    ...[feedback?.reason, article?.slug, article?.version],
    ...[problem.topic, ...(problem.otherFeatures ?? []), who.unverifiedContact, who.otherPerson, ticket.wayOut],
    ...contradictions.flatMap(({ said, account }) => [said, account]),
  ].filter((one) => one !== null && one !== undefined);
}

/** Every text in a JSON value. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

describe('the three renderings of a ticket', () => {
  it('show every value of the model', () => {
    fc.assert(
      fc.property(anyTicket, (ticket) => {
        const values = sectionsOf(ticket).flatMap(({ title, note = '', lines }) => [
          ...[title, note, ...lines.flatMap((line) => line.values)].flatMap((one) => one.split('\n')),
        ]);
        const [text, html] = [ticketText(ticket), seen(ticketHtml(ticket))];
        for (const value of [headlineOf(ticket), ...values]) {
          assert.ok(text.includes(value) || text.includes(value.toUpperCase()), `the text lacks ${value}`);
          assert.ok(html.includes(value), `the HTML lacks ${value}`);
        }
      }),
    );
  });

  it('tell all that was said, read and found', () => {
    fc.assert(
      fc.property(anyTicket, (ticket) => {
        const [text, html] = [ticketText(ticket), seen(ticketHtml(ticket))];
        const json = new Set(textsIn(ticketJson(ticket)));
        for (const value of told(ticket)) {
          const line = oneLine(value);
          assert.ok(text.includes(line), `the text lacks ${line}`);
          assert.ok(html.includes(line), `the HTML lacks ${line}`);
          assert.ok(json.has(value), `the JSON lacks ${value}`);
        }
        for (const line of visible(ticket.problem.words).split('\n')) assert.ok(text.includes(line));
      }),
    );
  });
});
