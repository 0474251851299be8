import type { StoredActivity } from '../domain/ports.ts';
import type { FiledTicket, Ticket } from '../domain/ticket.ts';
import { html, type Html } from './html.ts';
import { layout } from './layout.ts';
import { deliveryOf, time } from './tickets-page.ts';

const classes = {
  proved: 'Proved',
  'nothing-blocks': 'Nothing blocks',
  'could-not-check': 'Could not check',
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

/** One ticket on one screen: problem, who, facts and verdict first; the transcript below. */
export function ticketPage(filed: FiledTicket, transcript: readonly StoredActivity[]): string {
  const { ticket } = filed;
  return layout(
    `Ticket ${ticket.number}`,
    html`<p><a href="/tickets">All tickets</a></p>
      <h1>${ticket.number}</h1>
      <p>${time(ticket.openedAt)} · ${deliveryOf(filed.deliveredAt, filed.attempts, filed.desk)}</p>
      ${verdictOf(ticket)} ${problemOf(ticket)} ${whoOf(ticket)} ${factsOf(ticket)} ${triedOf(ticket)}
      <section>
        <h2>Transcript</h2>
        ${transcript.flatMap(line)}
      </section>`,
  );
}

function verdictOf({ verdict, nextStep }: Ticket): Html {
  return html`<section class="verdict">
    <h2>${classes[verdict.class]}${verdict.cause === null ? null : html`: ${verdict.cause}`}</h2>
    <p>${verdict.summary}</p>
    <p><strong>Proposed next step</strong> (${fixers[nextStep.who] ?? nextStep.who} must act): ${nextStep.proposal}</p>
  </section>`;
}

function problemOf({ problem, answers }: Ticket): Html {
  return html`<section>
    <h2>Problem</h2>
    <blockquote><bdi>${problem.words}</bdi></blockquote>
    <p>
      ${problem.feature === null ? 'No feature named' : html`Feature: ${problem.feature}`} · said
      ${time(problem.saidAt)}
    </p>
    ${answers.map(({ question, answer }) => html`<p>${question} <bdi>${answer}</bdi></p>`)}
  </section>`;
}

function whoOf({ who, conversationId }: Ticket): Html {
  const { subject } = who;
  const person = subject
    ? html`<bdi>${subject.name ?? subject.userId}</bdi> (user ${subject.userId}, account ${subject.accountId}), verified
        by signed identity`
    : html`<strong>UNVERIFIED</strong>: nobody was signed in`;
  const more = [who.account, who.role && `role ${who.role}`, who.seat && `seat ${who.seat}`]
    .filter(Boolean)
    .join(' · ');
  return html`<section>
    <h2>Who</h2>
    <p>${person}</p>
    <p>${more}</p>
    <p>Channel: ${who.channel}, conversation ${conversationId}</p>
  </section>`;
}

function factsOf({ facts, verdict }: Ticket): Html {
  const read = facts.map(
    ({ name, value, source, readAt }) =>
      html`<tr>
        <th scope="row">${name}</th>
        <td>${value ?? html`<em>could not be read</em>`}</td>
        <td>${source}</td>
        <td>${time(readAt)}</td>
      </tr>`,
  );
  const checked = verdict.findings.map(
    ({ cause, status, fact }) =>
      html`<tr>
        <th scope="row">${cause}</th>
        <td>${statuses[status]}</td>
        <td>${fact}</td>
      </tr>`,
  );
  return html`<section>
    <h2>Facts</h2>
    ${
      read.length === 0
        ? html`<p>No account could be read.</p>`
        : html`<table>
            <tbody>
              ${read}
            </tbody>
          </table>`
    }
    <h2>Checked</h2>
    <table>
      <tbody>
        ${checked}
      </tbody>
    </table>
  </section>`;
}

function triedOf({ steps, feedback, article }: Ticket): Html {
  const tried = steps.map(
    ({ title, tried, observed }) =>
      html`<li>${title}: ${tried ? html`tried; then observed: ${observed}` : 'offered, not tried yet'}</li>`,
  );
  const rating = feedback
    ? html`<p>
        Did this answer your question?
        ${feedback.answered ? 'Yes' : 'No'}${feedback.reason === null ? null : html` (<bdi>${feedback.reason}</bdi>)`}
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
    }${rating}
    ${article ? html`<p>From <a href="/articles/${article.slug}">${article.slug}</a>, version ${article.version}</p>` : null}
  </section>`;
}

function line({ activity }: StoredActivity): Html[] {
  if (activity['type'] !== 'message') return [];
  const { role } = activity['from'] as { role: string };
  const text = String(activity['text'] ?? '');
  return [html`<p><strong>${role === 'bot' ? 'Assistant' : 'Customer'}:</strong> <bdi>${text}</bdi></p>`];
}
