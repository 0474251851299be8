import type { StoredActivity } from '../domain/ports.ts';
import type { FiledTicket, Problem, Ticket, TicketFact } from '../domain/ticket.ts';
import { html, type Html } from './html.ts';
import { layout } from './layout.ts';
import { deliveryOf, time } from './tickets-page.ts';

const classes = {
  proved: 'Proved',
  'nothing-blocks': 'All checks allow access',
  'could-not-check': 'Not proved',
  'not-diagnosed': 'Not diagnosed',
};
const fixers: Readonly<Record<string, string>> = {
  you: 'the customer',
  'workspace-admin': 'the workspace admin',
  'billing-owner': 'the billing owner',
  it: 'the customer’s IT',
  us: 'us',
};
const statuses = { proved: 'Found', 'ruled-out': 'Ruled out', unknown: 'Could not check' };

const languages = new Intl.DisplayNames('en', { type: 'language' });
const nameOf = (language: string) => languages.of(language) ?? language;

/** One ticket on one screen: problem and verdict, who and facts, what was tried; the transcript below. */
export function ticketPage(filed: FiledTicket, transcript: readonly StoredActivity[]): string {
  const { ticket } = filed;
  return layout(
    `Ticket ${ticket.number}`,
    html`<p class="back"><a href="/tickets">All tickets</a></p>
      <h1>${ticket.number}</h1>
      <p class="quiet">
        ${ticket.priority === 'high' ? html`<strong>High priority</strong> · ` : null}${time(ticket.openedAt)} ·
        ${deliveryOf(filed.deliveredAt, filed.attempts, filed.desk)}
      </p>
      <div class="ticket">
        <div>${problemOf(ticket)}${verdictOf(ticket)}${triedOf(ticket)}</div>
        <div>${whoOf(ticket)}${factsOf(ticket)}${checkedOf(ticket)}</div>
      </div>
      <section class="transcript">
        <h2>Transcript</h2>
        ${transcript.flatMap(line)}
      </section>`,
  );
}

function problemOf({ problem, answers }: Ticket): Html {
  return html`<section>
    <h2>Problem</h2>
    <blockquote><bdi>${problem.words}</bdi></blockquote>
    <p class="quiet">${problem.feature ?? 'No feature named'} · ${time(problem.saidAt)}</p>
    ${cluesOf(problem)}
    ${answers.map(
      ({ question, answer }) =>
        html`<p>
          ${question}<br /><strong><bdi>${answer}</bdi></strong>
        </p>`,
    )}
  </section>`;
}

/** What to look for in the logs, as the customer wrote it. */
function cluesOf({ errorCode, requestId, time: when }: Problem): Html[] {
  const clues = { 'Error code': errorCode, 'Request id': requestId, When: when };
  return Object.entries(clues).flatMap(([name, clue]) =>
    clue === null
      ? []
      : [
          html`<p>
            ${name}: <strong><bdi>${clue}</bdi></strong>
          </p>`,
        ],
  );
}

function verdictOf({ verdict, nextStep }: Ticket): Html {
  return html`<section class="verdict">
    <h2>${classes[verdict.class]}: ${verdict.name}</h2>
    <p>${verdict.summary}</p>
    <p><strong>Proposed next step</strong> (${fixers[nextStep.who] ?? nextStep.who} must act): ${nextStep.proposal}</p>
  </section>`;
}

function triedOf({ steps, feedback, article }: Ticket): Html {
  const tried = steps.map(
    (step) =>
      html`<li>${step.title} – ${step.tried ? html`tried; then: ${step.observed}` : 'offered, no re-check since'}</li>`,
  );
  const reason = feedback?.reason ?? null;
  const rating = feedback
    ? html`<p>
        Did this answer your question?
        <strong>${feedback.answered ? 'Yes' : 'No'}</strong>${reason === null ? null : html` – <bdi>${reason}</bdi>`}
      </p>`
    : null;
  const source = article
    ? html`<p class="quiet">
        From <a href="/articles/${article.slug}">${article.slug}</a>, version ${article.version}
      </p>`
    : null;
  return html`<section>
    <h2>Steps</h2>
    ${
      tried.length === 0
        ? html`<p>None were offered.</p>`
        : html`<ul>
            ${tried}
          </ul>`
    }${rating}${source}
  </section>`;
}

function whoOf({ who, conversationId, language }: Ticket): Html {
  const { subject } = who;
  const person = subject
    ? html`<strong><bdi>${subject.name ?? subject.userId}</bdi></strong
        >, <bdi>${who.account ?? subject.accountId}</bdi><br /><span class="quiet"
          >user ${subject.userId}, account ${subject.accountId}; verified by signed identity</span
        >`
    : html`<strong>UNVERIFIED</strong>: nobody was signed in`;
  const access = [who.role && `role ${who.role}`, who.seat && `seat ${who.seat}`, `writes ${nameOf(language)}`]
    .filter(Boolean)
    .join(' · ');
  return html`<section>
    <h2>Who</h2>
    <p>${person}</p>
    <p class="quiet">${access}<br />answer in ${who.channel}, conversation ${conversationId}</p>
  </section>`;
}

function factsOf({ facts }: Ticket): Html {
  if (facts.length === 0)
    return html`<section>
      <h2>Facts</h2>
      <p>No account could be read.</p>
    </section>`;
  const rows = facts.map(
    ({ name, value }) =>
      html`<tr>
        <th scope="row">${name}</th>
        <td>${value ?? html`<em>could not be read</em>`}</td>
      </tr>`,
  );
  return html`<section>
    <h2>Facts</h2>
    <table>
      <tbody>
        ${rows}
      </tbody>
    </table>
    ${readings(facts).map(({ source, readAt }) => html`<p class="quiet">read from ${source}, ${time(readAt)}</p>`)}
  </section>`;
}

/** Each source and time once. */
function readings(facts: readonly TicketFact[]): readonly TicketFact[] {
  return facts.filter(
    (fact, i) => facts.findIndex((one) => one.source === fact.source && one.readAt === fact.readAt) === i,
  );
}

function checkedOf({ verdict }: Ticket): Html {
  const rows = verdict.findings.map(
    ({ cause, status, fact }) =>
      html`<tr>
        <th scope="row">${statuses[status]}</th>
        <td>${fact}<br /><span class="quiet">${cause}</span></td>
      </tr>`,
  );
  return html`<section>
    <h2>Checked</h2>
    <table>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </section>`;
}

function line({ activity }: StoredActivity): Html[] {
  if (activity.type !== 'message') return [];
  const { role } = activity.from as { role: string };
  const text = typeof activity.text === 'string' ? activity.text : '';
  return [html`<p><strong>${role === 'bot' ? 'Assistant' : 'Customer'}:</strong> <bdi>${text}</bdi></p>`];
}
