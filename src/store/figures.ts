import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { mostQuestions, mostReasons, type Counts, type Figures, type Period } from '../domain/figures.ts';
import { onPage, silenceMs, type Outcome } from '../domain/outcome.ts';
import type { Clock } from '../domain/ports.ts';
import type { Database } from './schema.ts';

/** What is counted in the store. */
export function createFigures(db: Database, clock: Clock): Figures {
  return {
    count: async (period) => ({
      ...(await countComplaints(db, period, clock)),
      ...(await countShown(db, period, clock)),
      ...(await countFeedback(db, period)),
      ...(await countViews(db, period)),
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
const dayMs = 86_400_000;
/** Integers divide without a rest, in SQLite and in PostgreSQL. */
const dayOf = (column: string) => sql<number>`${sql.ref(column)} / 86400000`.as('day');

/** The outcome as it is by now: whoever was answered, and was silent for a day since the last turn of it, is assumed to be helped. */
function outcomeNow(clock: Clock, table = 'outcomes') {
  const [outcome, at] = [sql.ref(`${table}.outcome`), sql.ref(`${table}.at`)];
  return sql<Outcome>`case when ${outcome} = 'answered' and ${at} <= ${clock.now() - silenceMs} then 'assumed'
    else ${outcome} end`;
}

async function countComplaints(db: Database, { from, to }: Period, clock: Clock): Promise<Pick<Counts, 'complaints'>> {
  const ended = db
    .selectFrom('outcomes')
    .select([dayOf('at'), 'cause', outcomeNow(clock).as('ended')])
    .where('at', '>=', from)
    .where('at', '<', to);
  const rows = await run(
    db
      .selectFrom(ended.as('complaints'))
      .select(['day', 'cause', 'ended as outcome', count])
      .groupBy(['day', 'cause', 'ended'])
      .orderBy('day')
      .orderBy('cause')
      .orderBy('ended'),
  );
  return { complaints: rows };
}

type Shown = Pick<Counts, 'causesShown' | 'articlesShown' | 'articleOutcomes'>;

/** A complaint counts once, however many articles stand for its cause. */
async function countShown(db: Database, { from, to }: Period, clock: Clock): Promise<Shown> {
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
  return { causesShown, articlesShown, articleOutcomes: await countArticleOutcomes(db, { from, to }, clock) };
}

async function countArticleOutcomes(
  db: Database,
  { from, to }: Period,
  clock: Clock,
): Promise<Shown['articleOutcomes']> {
  const ended = db
    .selectFrom('outcomes as o')
    .innerJoin('shown as s', (join) =>
      join.onRef('s.conversation_id', '=', 'o.conversation_id').onRef('s.complaint', '=', 'o.complaint'),
    )
    .select(['o.conversation_id', 'o.complaint', outcomeNow(clock, 'o').as('outcome'), 's.article'])
    .distinct()
    .where('o.at', '>=', from)
    .where('o.at', '<', to);
  const rows = await run(
    db.selectFrom(ended.as('ended')).select(['article', 'outcome', count]).groupBy(['article', 'outcome']),
  );
  return rows;
}

/** Of complaints and of articles, one row each. */
function feedbackIn(db: Database, { from, to }: Period) {
  const columns = ['channel', 'article', 'answered', 'reason'] as const;
  const ofArticles = db
    .selectFrom('article_feedback')
    .select([...columns, sql<string | null>`cast(null as text)`.as('cause')])
    .where('at', '>=', from)
    .where('at', '<', to);
  return db
    .selectFrom('feedback')
    .select([...columns, 'cause'])
    .where('at', '>=', from)
    .where('at', '<', to)
    .unionAll(ofArticles);
}

async function countFeedback(db: Database, { from, to }: Period): Promise<Pick<Counts, 'feedback' | 'reasons'>> {
  const given = db.selectFrom(feedbackIn(db, { from, to }).as('given'));
  const place = sql<number>`case when channel = ${onPage} then 1 else 0 end`.as('place');
  const feedback = await run(
    given.select([place, 'cause', 'article', 'answered', count]).groupBy(['place', 'cause', 'article', 'answered']),
  );
  const reasons = await run(
    given
      .select([place, 'cause', 'article', 'reason', count])
      .where('answered', '=', 0)
      .groupBy(['place', 'cause', 'article', 'reason'])
      .orderBy('count', 'desc')
      .orderBy(sql`coalesce(reason, '')`)
      .limit(mostReasons),
  );
  const placed = <T extends { readonly place: number }>({ place, ...row }: T) => ({ onPage: place === 1, ...row });
  return {
    feedback: feedback.map((row) => ({ ...placed(row), answered: row.answered === 1 })),
    reasons: reasons.map(placed),
  };
}

async function countViews(db: Database, { from, to }: Period): Promise<Pick<Counts, 'articleViews'>> {
  const articleViews = await run(
    db
      .selectFrom('article_views')
      .select(['article', sql<number>`cast(sum(count) as integer)`.as('count')])
      .where('day', '>=', Math.floor(from / dayMs))
      .where('day', '<', Math.ceil(to / dayMs))
      .groupBy('article'),
  );
  return { articleViews };
}

async function countTickets(db: Database, { from, to }: Period): Promise<Pick<Counts, 'opened' | 'closed'>> {
  const kept = db.selectFrom('tickets').select('opened_at as at');
  const gone = db.selectFrom('past_tickets').select('opened_on as at');
  const all = kept
    .where('opened_at', '>=', from)
    .where('opened_at', '<', to)
    .unionAll(gone.where('opened_on', '>=', from).where('opened_on', '<', to));
  const opened = await run(
    db
      .selectFrom(all.as('opened'))
      .select([dayOf('at'), count])
      .groupBy('day'),
  );
  return { opened, closed: await countClosed(db, { from, to }) };
}

async function countClosed(db: Database, { from, to }: Period): Promise<Counts['closed']> {
  const kept = db
    .selectFrom('work')
    .select(['since as at', 'cause as said', 'true_cause as was'])
    .where('state', '=', 'closed')
    .where('since', '>=', from)
    .where('since', '<', to);
  const gone = db
    .selectFrom('past_tickets')
    .select((past) => [past.ref('closed_on').$notNull().as('at'), 'cause as said', 'true_cause as was'])
    .where('closed_on', '>=', from)
    .where('closed_on', '<', to);
  return run(
    db
      .selectFrom(kept.unionAll(gone).as('closed'))
      .select([dayOf('at'), 'said', 'was', count])
      .groupBy(['day', 'said', 'was']),
  );
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
      .select([sql<string>`min(substr(words, 1, 1000))`.as('words'), sql<number>`max(at)`.as('newest'), count])
      .groupBy('question')
      .orderBy('count', 'desc')
      .orderBy('newest', 'desc')
      .limit(mostQuestions),
  );
  const [all] = await run(asked.select(count));
  return { unanswered, unansweredInAll: all?.count ?? 0 };
}
