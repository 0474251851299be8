import { iso } from '../domain/instant.ts';
import type { FiledTicket } from '../domain/ticket.ts';
import { minute } from '../tickets/telling.ts';
import { html, type Html } from './html.ts';
import { layout } from './layout.ts';

/** The newest tickets, one line each. */
export function ticketsPage(tickets: readonly FiledTicket[]): string {
  const rows = tickets.map(row);
  const none = html`<p>No tickets yet. They appear here when a customer is handed to a person.</p>`;
  const table = html`<table>
    <thead>
      <tr>
        <th scope="col">Ticket</th>
        <th scope="col">Opened</th>
        <th scope="col">Customer</th>
        <th scope="col">Problem</th>
        <th scope="col">Verdict</th>
        <th scope="col">Delivery</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
  return layout(
    'Tickets',
    html`<h1>Tickets</h1>
      ${rows.length === 0 ? none : table}`,
  );
}

function row({ ticket, deliveredAt, attempts, desk }: FiledTicket): Html {
  const { number, openedAt, priority, problem, who, verdict } = ticket;
  const name = who.subject ? (who.subject.name ?? who.subject.userId) : 'UNVERIFIED';
  return html`<tr>
    <th scope="row"><a href="/tickets/${number}">${number}</a></th>
    <td>${time(openedAt)}</td>
    <td><bdi>${name}</bdi>${who.account === null ? null : html`, <bdi>${who.account}</bdi>`}</td>
    <td>${priority === 'high' ? html`<strong>High</strong> ` : null}<bdi>${shortened(problem.words)}</bdi></td>
    <td>${verdict.cause ?? verdict.class} · ${verdict.class}</td>
    <td>${deliveryOf(deliveredAt, attempts, desk)}</td>
  </tr>`;
}

/** How the delivery of a ticket stands, in the agents’ words. */
export function deliveryOf(deliveredAt: number | null, attempts: number, desk: string): Html {
  if (deliveredAt !== null) return html`in the ${desk} desk since ${time(deliveredAt)}`;
  return html`not delivered yet${attempts > 0 ? html`, ${attempts} tries` : null}`;
}

/** An instant as a `<time>` element, in UTC. */
export function time(at: number): Html {
  return html`<time datetime="${iso(at)}">${minute(at)}</time>`;
}

function shortened(words: string): string {
  return words.length > 100 ? `${words.slice(0, 100)}…` : words;
}
