import assert from 'node:assert/strict';
import { insightsRoutes, type InsightsAuth } from '../../src/console/insights.ts';
import type { Agent, Role } from '../../src/domain/agent.ts';
import type { AuditEntry } from '../../src/domain/audit.ts';
import { codeOf, SupportError, type ErrorCode } from '../../src/domain/errors.ts';
import type { Counts, Period } from '../../src/domain/figures.ts';
import { iso } from '../../src/domain/instant.ts';
import type { Answer } from '../../src/http/answer.ts';
import type { Call } from '../../src/http/route.ts';
import type { InsightsAnswer } from '../../src/metrics/insights.ts';
import { countingRandom, fakeClock } from '../support/fakes.ts';
import { nothing } from '../metrics/any-counts.ts';

const asked = '?from=2026-11-01&to=2026-11-03';

/** The routes for somebody with these roles, and what they read and remember. */
function setUp(...roles: Role[]) {
  const periods: Period[] = [];
  const entries: Omit<AuditEntry, 'at'>[] = [];
  const agent: Agent = { id: 'idp|7', name: 'Sam', email: null, roles };
  const auth: InsightsAuth = {
    agentOf: (_, ...allowed) =>
      allowed.some((role) => roles.includes(role))
        ? Promise.resolve(agent)
        : Promise.reject(new SupportError('not-allowed')),
  };
  const reasons = [{ onPage: false, cause: null, article: null, reason: 'call me: 0301 234567', count: 1 }];
  const counts: Counts = { ...nothing, causesShown: [{ cause: 'no-seat', count: 3 }], reasons };
  const unanswered = [{ words: '=HYPERLINK("evil") of zoe@example.com', count: 2, newest: Date.UTC(2026, 10, 2) }];
  const routes = insightsRoutes({
    figures: {
      count: (period) => {
        periods.push(period);
        return Promise.resolve({ ...counts, unanswered });
      },
    },
    auth,
    clock: fakeClock(),
    audit: {
      add: (entry) => {
        entries.push(entry);
        return Promise.resolve();
      },
    },
    random: countingRandom(),
    causeName: (slug) => (slug === 'no-seat' ? 'No seat' : slug),
    articleTitle: (slug) => slug,
    reasonName: () => null,
  });
  const call = async (path: string, query = ''): Promise<Answer> => {
    const handler = routes.find(([method, at]) => method === 'get' && at === path)?.[2];
    return (handler ?? assert.fail(path))({ params: {}, getQuery: () => query.slice(1) } as unknown as Call);
  };
  return { call, periods, entries };
}

const json = '/console/api/insights';
const file = '/console/insights.csv';
const refuses = (code: ErrorCode, promise: Promise<unknown>) =>
  assert.rejects(promise, (error) => codeOf(error) === code);

describe('the insights', () => {
  for (const role of ['agent', 'writer', 'operator'] as const)
    it(`are told to the role ${role}`, async () => {
      const { call } = setUp(role);
      const { status, body, headers } = await call(json, asked);
      const told = JSON.parse(String(body)) as InsightsAnswer;
      assert.equal(status, 200);
      assert.equal(headers?.['cache-control'], 'no-store');
      assert.equal(told.causes[0]?.name, 'No seat');
      assert.equal(told.mayExport, role !== 'agent');
    });

  it('show what customers wrote without addresses and numbers', async () => {
    const { body } = await setUp('writer').call(json, asked);
    assert.match(String(body), /call me: \[number removed\]/);
    assert.doesNotMatch(String(body), /zoe|234567/);
  });

  it('are told to nobody else', async () => {
    const { call, periods } = setUp();
    await refuses('not-allowed', call(json, asked));
    assert.deepEqual(periods, []);
  });

  it('are of whole days in UTC, the last one included', async () => {
    const { call, periods } = setUp('agent');
    await call(json, asked);
    assert.deepEqual(periods, [{ from: Date.UTC(2026, 10, 1), to: Date.UTC(2026, 10, 4) }]);
  });

  it('are of the last 30 days where nothing else is asked for', async () => {
    const { call, periods } = setUp('agent');
    await call(json);
    await call(json, '?to=2026-11-03');
    await call(json, '?from=2026-11-20');
    assert.deepEqual(
      periods.map(({ from, to }) => `${iso(from).slice(0, 10)} ${iso(to).slice(0, 10)}`),
      ['2026-10-24 2026-11-23', '2026-10-05 2026-11-04', '2026-11-20 2026-11-23'],
    );
  });

  for (const query of [
    ...['?from=yesterday', '?from=2026-02-30', '?to=2026-13-01', '?from=2026-11-1', '?from=', '?to=20261101'],
    ...['?from=2026-11-04&to=2026-11-03', '?from=2025-10-18&to=2026-11-22', '?from=-271821-04-20', '?to=0000-00-00'],
  ])
    it(`refuse the days ${query}`, async () => {
      const { call, periods } = setUp('operator');
      await refuses('message-invalid', call(json, query));
      await refuses('message-invalid', call(file, `${query}&table=causes`));
      assert.deepEqual(periods, []);
    });

  it('are of at most 400 days', async () => {
    const { call, periods } = setUp('agent');
    await call(json, '?from=2025-10-19&to=2026-11-22');
    assert.equal(periods.length, 1);
  });
});

describe('the export', () => {
  it('is a file with the guarded table, and is remembered', async () => {
    const { call, entries } = setUp('writer');
    const { type, headers, body } = await call(file, `${asked}&table=unanswered`);
    assert.equal(type, 'text/csv; charset=utf-8');
    assert.equal(
      headers?.['content-disposition'],
      'attachment; filename="latchkey-unanswered-2026-11-01-to-2026-11-03.csv"',
    );
    assert.equal(
      body,
      '\uFEFF"Words","Count","Newest (UTC)"\r\n"\'=HYPERLINK(""evil"") of [address removed]",2,"2026-11-02T00:00:00.000Z"\r\n',
    );
    assert.deepEqual(
      entries.map(({ by, action, ticket, detail }) => ({ by, action, ticket, detail })),
      [
        {
          by: { id: 'idp|7', name: 'Sam' },
          action: 'export',
          ticket: null,
          detail: 'unanswered 2026-11-01 to 2026-11-03',
        },
      ],
    );
  });

  it('is not for agents, and leaves no entry then', async () => {
    const { call, entries, periods } = setUp('agent');
    await refuses('not-allowed', call(file, `${asked}&table=causes`));
    assert.deepEqual([entries, periods], [[], []]);
  });

  for (const table of ['', '&table=', '&table=tickets', '&table=constructor'])
    it(`does not know the table "${table}"`, async () => {
      const { call, entries } = setUp('operator');
      await refuses('not-found', call(file, asked + table));
      assert.deepEqual(entries, []);
    });
});
