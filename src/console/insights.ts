import type { IncomingMessage } from 'node:http';
import type { Agent, Role } from '../domain/agent.ts';
import { SupportError } from '../domain/errors.ts';
import type { Counts, Figures, Period } from '../domain/figures.ts';
import { iso } from '../domain/instant.ts';
import { truncate } from '../domain/truncate.ts';
import type { Audit, Clock, Random } from '../domain/ports.ts';
import { json, type Answer } from '../http/answer.ts';
import type { Call, Route } from '../http/route.ts';
import { csv } from '../metrics/csv.ts';
import { insightsOf, type Insights, type InsightsAnswer } from '../metrics/insights.ts';
import { tableNames, tableOf } from '../metrics/tables.ts';
import { maskPersonal } from '../redaction/mask-personal.ts';

/** What the insights reach. */
export interface InsightsNeeds {
  readonly figures: Figures;
  readonly auth: InsightsAuth;
  readonly clock: Clock;
  readonly audit: Pick<Audit, 'add'>;
  readonly random: Random;
  readonly causeName: (slug: string) => string;
  readonly articleTitle: (slug: string) => string;
  /** Null: it is no reason of ours but the customer's own words. */
  readonly reasonName: (key: string) => string | null;
}

/** Lets in whoever is signed in with one of the roles. Throws `not-signed-in` or `not-allowed`. */
export interface InsightsAuth {
  agentOf(request: IncomingMessage, ...roles: Role[]): Promise<Agent>;
}

const mayRead: Role[] = ['writer', 'operator', 'agent'];
const mayExport: Role[] = ['writer', 'operator'];
const dayMs = 86_400_000;
const daysByDefault = 30;
const mostDays = 400;
const longestQuestion = 200;

/** Feedback and outcomes of some days: as JSON for the page, and each table as a CSV file. */
export function insightsRoutes(needs: InsightsNeeds): Route[] {
  return [
    [
      'get',
      '/console/api/insights',
      async (request) => {
        const agent = await needs.auth.agentOf(request, ...mayRead);
        const insights = await read(needs, periodOf(request, needs.clock));
        const answer: InsightsAnswer = { ...insights, mayExport: agent.roles.some((role) => mayExport.includes(role)) };
        return json(answer, 200, { 'cache-control': 'no-store' });
      },
    ],
    ['get', '/console/insights.csv', (request) => exportTable(needs, request)],
  ];
}

/** The export is remembered before it is given: without an entry there is no file. */
async function exportTable(needs: InsightsNeeds, request: Call): Promise<Answer> {
  const { id, name } = await needs.auth.agentOf(request, ...mayExport);
  const table = tableNames.find((one) => one === new URLSearchParams(request.getQuery()).get('table'));
  if (table === undefined) throw new SupportError('not-found');
  const insights = await read(needs, periodOf(request, needs.clock));
  const what = `${table} ${insights.from} to ${insights.to}`;
  const entry = { id: needs.random.id(22), by: { id, name }, action: 'export', ticket: null, detail: what } as const;
  await needs.audit.add(entry);
  const headers = {
    'cache-control': 'no-store',
    'content-disposition': `attachment; filename="latchkey-${what.replaceAll(' ', '-')}.csv"`,
    'x-content-type-options': 'nosniff',
  };
  return { status: 200, type: 'text/csv; charset=utf-8', body: csv(tableOf(table, insights)), headers };
}

async function read(needs: InsightsNeeds, period: Period): Promise<Insights> {
  const names = { cause: needs.causeName, article: needs.articleTitle, reason: needs.reasonName };
  return insightsOf(masked(await needs.figures.count(period), needs.reasonName), period, names);
}

/** What customers wrote is shown to learn from, and not to know them by. */
function masked(counts: Counts, reasonName: InsightsNeeds['reasonName']): Counts {
  const isTheirs = (reason: string | null): reason is string => reason !== null && reasonName(reason) === null;
  return {
    ...counts,
    reasons: counts.reasons.map((row) => (isTheirs(row.reason) ? { ...row, reason: maskPersonal(row.reason) } : row)),
    unanswered: counts.unanswered.map((row) => ({ ...row, words: truncate(maskPersonal(row.words), longestQuestion) })),
  };
}

/** From the first day until the end of the last, in UTC. Throws `message-invalid`. */
function periodOf(request: Call, clock: Clock): Period {
  const query = new URLSearchParams(request.getQuery());
  const last = startOf(query.get('to') ?? iso(clock.now()).slice(0, 10));
  const first = query.get('from');
  const from = first === null ? last - (daysByDefault - 1) * dayMs : startOf(first);
  const to = last + dayMs;
  if (from >= to || to - from > mostDays * dayMs)
    throw new SupportError('message-invalid', { detail: `from and to must span 1 to ${mostDays} days` });
  return { from, to };
}

/** The beginning of a day such as 2026-11-26. Throws `message-invalid` where there is no such day. */
function startOf(date: string): number {
  const at = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(date) : NaN;
  if (Number.isNaN(at) || iso(at).slice(0, 10) !== date)
    throw new SupportError('message-invalid', { detail: 'a date must be written as 2026-11-26' });
  return at;
}
