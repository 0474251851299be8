import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { mostQuestions, mostReasons, type Counts, type Figures, type Period } from '../domain/figures.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Database } from './schema.ts';

/** What is counted in the store. */
export function createFigures(db: Database): Figures {
  return {
    count: async (period) => ({
      ...(await countComplaints(db, period)),
      ...(await countShown(db, period)),
      ...(await countFeedback(db, period)),
      ...(await countTickets(db, period)),
      ...(await countUnanswered(db, period)),
    }),
  };
}

/** SQLite answers without leaving the thread: between two queries a turn gets its time. */
async function run<T>(query: { execute(): Promise<T[]> }): Promise<T[]> {
  await setImmediate();
  return query.execute();
}

const count = sql<number>`count(*)`.as('count');
/** Integers divide without a rest, in SQLite and in PostgreSQL. */
const dayOf = (column: string) => sql<number>`${sql.ref(column)} / 86400000`.as('day');

async function countComplaints(db: Database, { from, to }: Period): Promise<Pick<Counts, 'complaints'>> {
  const rows = await run(
    db
      .selectFrom('outcomes')
      .select([dayOf('at'), 'cause', 'outcome', count])
      .where('at', '>=', from)
      .where('at', '<', to)
      .groupBy(['day', 'cause', 'outcome']),
  );
  return { complaints: rows.map((row) => ({ ...row, outcome: row.outcome as Outcome })) };
}

type Shown = Pick<Counts, 'causesShown' | 'articlesShown' | 'articleOutcomes'>;

/** A complaint counts once, however many articles stand for its cause. */
async function countShown(db: Database, { from, to }: Period): Promise<Shown> {
  const shown = db.selectFrom('shown').select(['conversation_id', 'complaint']).distinct();
  const inPeriod = shown.where('at', '>=', from).where('at', '<', to);
  const causesShown = await run(
    db
      .selectFrom(inPeriod.select('cause').where('cause', '<>', '').as('told'))
      .select(['cause', count])
      .groupBy('cause'),
  );
  const articlesShown = await run(
    db.selectFrom(inPeriod.select('article').as('seen')).select(['article', count]).groupBy('article'),
  );
  return { causesShown, articlesShown, articleOutcomes: await countArticleOutcomes(db, { from, to }) };
}

async function countArticleOutcomes(db: Database, { from, to }: Period): Promise<Shown['articleOutcomes']> {
  const ended = db
    .selectFrom('outcomes as o')
    .innerJoin('shown as s', (join) =>
      join.onRef('s.conversation_id', '=', 'o.conversation_id').onRef('s.complaint', '=', 'o.complaint'),
    )
    .select(['o.conversation_id', 'o.complaint', 'o.outcome', 's.article'])
    .distinct()
    .where('o.at', '>=', from)
    .where('o.at', '<', to);
  const rows = await run(
    db.selectFrom(ended.as('ended')).select(['article', 'outcome', count]).groupBy(['article', 'outcome']),
  );
  return rows.map((row) => ({ ...row, outcome: row.outcome as Outcome }));
}

async function countFeedback(db: Database, { from, to }: Period): Promise<Pick<Counts, 'feedback' | 'reasons'>> {
  const given = db.selectFrom('feedback').where('at', '>=', from).where('at', '<', to);
  const feedback = await run(
    given.select(['cause', 'article', 'answered', count]).groupBy(['cause', 'article', 'answered']),
  );
  const reasons = await run(
    given
      .select(['cause', 'article', 'reason', count])
      .where('answered', '=', 0)
      .groupBy(['cause', 'article', 'reason'])
      .orderBy('count', 'desc')
      .orderBy('reason')
      .limit(mostReasons),
  );
  return { feedback: feedback.map((row) => ({ ...row, answered: row.answered === 1 })), reasons };
}

async function countTickets(db: Database, { from, to }: Period): Promise<Pick<Counts, 'opened' | 'closed'>> {
  const opened = await run(
    db
      .selectFrom('tickets')
      .select([dayOf('opened_at'), count])
      .where('opened_at', '>=', from)
      .where('opened_at', '<', to)
      .groupBy('day'),
  );
  const closed = await run(
    db
      .selectFrom('work')
      .select([dayOf('since'), 'cause as said', 'true_cause as was', count])
      .where('state', '=', 'closed')
      .where('since', '>=', from)
      .where('since', '<', to)
      .groupBy(['day', 'said', 'was']),
  );
  return { opened, closed };
}

type Unanswered = Pick<Counts, 'unanswered' | 'unansweredInAll'>;

/** Spellings that differ in case, spaces, or signs at either end are one question. */
async function countUnanswered(db: Database, { from, to }: Period): Promise<Unanswered> {
  const asked = db.selectFrom('unanswered').where('at', '>=', from).where('at', '<', to);
  const flat = sql`replace(replace(replace(words, ${'\n'}, ' '), '  ', ' '), '  ', ' ')`;
  const question = sql<string>`ltrim(rtrim(lower(${flat}), ' .,;:?!'), ' .,;:?!')`;
  const unanswered = await run(
    db
      .selectFrom(asked.select(['words', 'at', question.as('question')]).as('asked'))
      .select([sql<string>`min(substr(words, 1, 200))`.as('words'), sql<number>`max(at)`.as('newest'), count])
      .groupBy('question')
      .orderBy('count', 'desc')
      .orderBy('newest', 'desc')
      .limit(mostQuestions),
  );
  const [all] = await run(asked.select(count));
  return { unanswered, unansweredInAll: all?.count ?? 0 };
}
