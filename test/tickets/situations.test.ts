import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawSummary as drawInSlack } from '../../src/channels/slack/ticket-feed.ts';
import { drawSummary as drawInTeams } from '../../src/channels/teams/ticket-feed.ts';
import { summaryOf } from '../../src/console/ticket-feeds/summary.ts';
import { agentSubject, customerSubject, tagsOf } from '../../src/desks/desk-text.ts';
import { answerByEmail, answerInFreshdesk, answerInJira, answerInZendesk } from '../../src/desks/how-to-answer.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { fixerName } from '../../src/tickets/formatting.ts';
import { headlineOf } from '../../src/tickets/headline.ts';
import { ticketAdf } from '../../src/tickets/ticket-adf.ts';
import { ticketHtml } from '../../src/tickets/ticket-html.ts';
import { ticketText } from '../../src/tickets/ticket-text.ts';
import { filed } from '../desks/tickets.ts';
import { situations, ticketIn } from './situations.ts';
import { channelWords } from '../channels/channel-words.ts';

const folder = join(import.meta.dirname, 'situations');
const transcript = 'https://help.test/console/tickets/LK-KZXE8M3G';
const names = { url: 'https://help.test', causeName: (slug: string) => slug };

/** A ticket in every rendering, as people read them; documents of channels and desks as JSON. */
function allOf(ticket: Ticket): string {
  const summary = summaryOf(filed(ticket, 'built-in', null), names);
  const zendesk = { answer: answerInZendesk(ticket, { webhookSecret: 'set' }), transcript };
  return [
    `MAIL: ${agentSubject(ticket)}`,
    ticketText(ticket, { answer: answerByEmail(ticket), transcript }),
    `FRESHDESK: ${customerSubject(ticket)} [${tagsOf(ticket).join(', ')}]\n${answerInFreshdesk(ticket)}\n`,
    `ZENDESK:\n${ticketHtml(ticket, zendesk)}\n`,
    `JIRA:\n${linesOf(ticketAdf(ticket, { answer: answerInJira(ticket), transcript }).content)}`,
    `SLACK:\n${linesOf(drawInSlack(summary).attachments)}`,
    `TEAMS:\n${linesOf(drawInTeams(summary, channelWords()).body as unknown[])}`,
  ].join('\n');
}

const linesOf = (parts: readonly unknown[]): string => parts.map((part) => `${JSON.stringify(part)}\n`).join('');

/** What stands in a text more than once though it is longer than a name. */
function repeated(text: string): string[] {
  const parts = text.replaceAll(/\s+/g, ' ').split(/ · |[.;:] /);
  return parts.filter((part, i) => part.length > 30 && parts.indexOf(part) !== i);
}

describe('a ticket', () => {
  for (const [name, situation] of Object.entries(situations))
    describe(`of “${name}”`, () => {
      let ticket: Ticket;
      before(async () => (ticket = await ticketIn(situation)));

      it('is drawn as agents read it everywhere', () => {
        const path = join(folder, `${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}.txt`);
        if (process.env.UPDATE === '1') writeFileSync(path, allOf(ticket));
        assert.equal(allOf(ticket), readFileSync(path, 'utf8'));
      });

      it('says first who, what, why and how sure that is, then what to do and how to answer', () => {
        const text = ticketText(ticket, { answer: 'Answer so.', transcript });
        assert.match(
          text,
          /^(?:HIGH PRIORITY · )?\p{Lu}[^]*?(?:Proved|Possible|No\s+cause\s+found|Could\s+not\s+check|Not\s+diagnosed)\.\n/u,
        );
        assert.match(text, /^[^]*?\n\nDO NEXT \(PROPOSAL\)[^]*?\n\nANSWER:? ?\n?Answer so\./);
        for (const { fact, status } of ticket.verdict.findings.filter(({ status }) => status === 'proved'))
          assert.ok(
            `${text.replaceAll(/\s+/g, ' ')} Every check was made`.includes(fact.split(', and each')[0] ?? ''),
            `${status}: ${fact}`,
          );
      });

      it('repeats nothing, and speaks to the agent, not to the customer', () => {
        const text = ticketText({ ...ticket, happened: [], answers: [], steps: [], feedback: null, article: null });
        assert.deepEqual(repeated(text), []);
        const own = text.replaceAll(/^>.*$/gm, '').replaceAll(/“[^”]*”/g, '');
        assert.doesNotMatch(own.replace('before you tell', ''), /\byour?\b|\bI\b/i);
      });

      it('proposes what whoever can fix it does', () => {
        const { proposal, who } = ticket.nextStep;
        const others = ['billing-owner', 'workspace-admin'].filter((one) => one !== who && ticket.wayOut === undefined);
        for (const one of others) assert.ok(!proposal.includes(fixerName(one).replace('the ', '')), proposal);
      });

      it('is called so that the customer may read it where they are mailed it', () => {
        const subject = customerSubject(ticket);
        assert.ok(subject.endsWith(` · ${ticket.number}`));
        assert.doesNotMatch(subject, /blocked|proved|unverified|priority/i);
        assert.notEqual(subject, headlineOf(ticket));
      });
    });
});
