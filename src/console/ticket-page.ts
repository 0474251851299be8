import type { StoredActivity } from '../domain/ports.ts';
import type { FiledTicket } from '../domain/ticket.ts';
import { headlineOf, sectionsOf, type TicketLine, type TicketSection } from '../tickets/sections.ts';
import { isList, rowsOf } from '../tickets/rows.ts';
import { named } from '../tickets/telling.ts';
import { html, type Html } from './html.ts';
import { layout } from './layout.ts';
import { deliveryOf, time } from './tickets-page.ts';

/** What stands beside the rest where there is room for two columns. */
const beside: readonly TicketSection['id'][] = ['who', 'facts'];

/** One ticket on one screen: problem and verdict, who and facts, what was tried; the transcript below. */
export function ticketPage(filed: FiledTicket, transcript: readonly StoredActivity[]): string {
  const { ticket } = filed;
  const article = ticket.article ? `/articles/${encodeURIComponent(ticket.article.slug)}` : undefined;
  const sections = sectionsOf(ticket, { article });
  const column = (side: boolean) => sections.filter(({ id }) => beside.includes(id) === side).map(sectionHtml);
  return layout(
    `Ticket ${ticket.number}`,
    html`<p class="back"><a href="/tickets">All tickets</a></p>
      <h1>${headlineOf(ticket)}</h1>
      <p class="quiet">${time(ticket.openedAt)} · ${deliveryOf(filed.deliveredAt, filed.attempts, filed.desk)}</p>
      <div class="ticket">
        <div>${column(false)}</div>
        <div>${column(true)}</div>
      </div>
      <section class="transcript">
        <h2>Transcript</h2>
        ${transcript.flatMap(line)}
      </section>`,
  );
}

function sectionHtml({ id, title, note, lines }: TicketSection): Html {
  const drawn = id === 'facts' ? tableOf(lines) : rowsOf(lines).map(rowHtml);
  return html`<section class="${id === 'verdict' ? id : 'part'}">
    <h2>${title}</h2>
    ${drawn}${note === undefined ? null : html`<p class="quiet">${note}</p>`}
  </section>`;
}

function tableOf(lines: readonly TicketLine[]): Html {
  const rows = lines.map(
    ({ name, values }) =>
      html`<tr>
        <th scope="row">${name}</th>
        <td>${parted(values)}</td>
      </tr>`,
  );
  return html`<table>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function rowHtml(row: readonly TicketLine[]): Html {
  const [first] = row;
  if (first?.as === 'quote') return html`<blockquote>${parted(first.values)}</blockquote>`;
  return html`<p>${row.map((line, i) => html`${i > 0 ? ' · ' : null}${lineHtml(line)}`)}</p>`;
}

function lineHtml(line: TicketLine): Html {
  const { name, values, as, address } = line;
  const parts = isList(line) ? parted(values) : [html`<bdi>${values.join(' ')}</bdi>`];
  const value = address === undefined ? html`${parts}` : html`<a href="${address}">${parts}</a>`;
  if (as === 'mark') return html`<strong>${name === null ? null : named(name)} ${value}</strong>`;
  return name === null ? value : html`<span class="quiet">${named(name)}</span> ${value}`;
}

function parted(values: readonly string[]): Html[] {
  return values.map((value, i) => html`${i > 0 ? html`<br />` : null}<bdi>${value}</bdi>`);
}

function line({ activity }: StoredActivity): Html[] {
  if (activity.type !== 'message') return [];
  const { role } = activity.from as { role: string };
  const text = typeof activity.text === 'string' ? activity.text : '';
  return [html`<p><strong>${role === 'bot' ? 'Assistant' : 'Customer'}:</strong> <bdi>${text}</bdi></p>`];
}
