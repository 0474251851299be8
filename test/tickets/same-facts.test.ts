import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitPasted } from '../../src/domain/split-pasted.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { contextOf, headlineOf } from '../../src/tickets/headline.ts';
import { sectionsOf } from '../../src/tickets/sections.ts';
import { ticketAdf, type AdfNode } from '../../src/tickets/ticket-adf.ts';
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

/** What every rendering tells. Of a check the fact that was read, or its sentence; of the lead the sentence is in the headline. */
function told(ticket: Ticket): string[] {
  const { problem, who, facts, verdict, steps, feedback, answers, nextStep, article, contradictions = [] } = ticket;
  const { subject } = who;
  const person = subject ? [subject.userId, subject.name, subject.email, subject.accountId, who.account, who.role] : [];
  const blocking = verdict.findings.filter(({ status, cause }) => status === 'proved' && cause !== 'nothing-blocks');
  const shown = verdict.findings.filter(
    ({ status }) => subject !== null || status === 'proved' || status === 'possible',
  );
  const judged = shown.filter(({ cause }) => cause !== 'nothing-blocks').map(({ cause }) => cause);
  const unjudged = facts.filter(({ cause, name }) => !judged.includes(cause ?? name));
  return [
    ...[ticket.headline ?? verdict.summary, nextStep.caution, nextStep.proposal, ticket.languageNote],
    ...[problem.feature, problem.errorCode, problem.requestId, problem.time, problem.topic, ...person],
    ...unjudged.flatMap(({ name, value }) => [name, value]),
    ...blocking.filter(({ cause }) => cause !== verdict.cause).map(({ fact }) => fact),
    ...(ticket.happened ?? []).map(({ text }) => text),
    ...steps.map(({ title }) => title),
    ...answers.flatMap(({ question, answer }) => (oneLine(answer) === '' ? [] : [question, answer])),
    ...[feedback?.reason, article?.slug, article?.version, ticket.wayOut],
    ...[problem.pasted, ...(problem.otherFeatures ?? []), who.unverifiedContact, who.otherPerson],
    ...contradictions.map(({ said }) => said),
  ].flatMap((one) => (one === null || one === undefined ? [] : [one]));
}

/** Texts as their readers see them: however their lines are broken, and without the marks of a quotation, also of a quoted one. */
const flat = (text: string): string => text.replaceAll('>', ' ').replaceAll(/\s+/g, ' ').trim();

/** Every text in a JSON value. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

describe('the renderings of a ticket', () => {
  it('show every value of the model', () => {
    fc.assert(
      fc.property(anyTicket, (ticket) => {
        const values = sectionsOf(ticket).flatMap(({ note = '', lines }) => [
          ...[note, ...lines.flatMap((line) => line.values)].flatMap((one) => one.split('\n')),
        ]);
        const all = renderings(ticket);
        for (const value of [headlineOf(ticket), ...contextOf(ticket), ...values])
          for (const [name, seen] of Object.entries(all))
            assert.ok(seen.includes(flat(value)), `${name} lacks ${value}`);
      }),
    );
  });

  it('tell all that was said, read and found', () => {
    fc.assert(
      fc.property(anyTicket, (ticket) => {
        const all = renderings(ticket);
        const json = textsIn(ticketJson(ticket)).map(oneLine).join('\n');
        for (const value of told(ticket)) {
          for (const [name, seen] of Object.entries(all))
            assert.ok(seen.includes(flat(oneLine(value))), `${name} lacks ${oneLine(value)}`);
          assert.ok(json.includes(oneLine(value)), `the JSON lacks ${value}`);
        }
        const { words, pasted } = splitPasted(visible(ticket.problem.words));
        for (const line of `${words}\n${pasted ?? ''}`.split('\n')) assert.ok(all.text.includes(flat(line)));
      }),
    );
  });

  it('make Jira’s document of text alone: nothing of a customer’s is a link, a mention or formatting', () => {
    fc.assert(
      fc.property(anyTicket, (ticket) => {
        const place = { transcript: 'https://help.test/1' };
        const links = JSON.stringify(ticketAdf(ticket, place)).match(/"href":"[^"]*"/g) ?? [];
        assert.deepEqual(new Set(links), new Set(['"href":"https://help.test/1"']));
        for (const { type, text, content } of nodesIn(ticketAdf(ticket, place).content)) {
          assert.ok(['paragraph', 'text', 'hardBreak', 'blockquote', 'codeBlock'].includes(type), type);
          if (type === 'text') assert.notEqual(text ?? '', '');
          if (type === 'codeBlock' || type === 'blockquote') assert.notEqual(content?.length ?? 0, 0);
        }
      }),
    );
  });
});

function renderings(ticket: Ticket) {
  const adf = nodesIn(ticketAdf(ticket).content).map(({ type, text = '' }) =>
    type === 'text' ? text : type === 'hardBreak' ? '\n' : '',
  );
  return { text: flat(ticketText(ticket)), html: flat(seen(ticketHtml(ticket))), adf: flat(adf.join('')) };
}

function nodesIn(content: readonly AdfNode[]): readonly AdfNode[] {
  return content.flatMap((node) => [node, ...nodesIn(node.content ?? [])]);
}
