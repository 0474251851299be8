import assert from 'node:assert/strict';
import { Migrator } from 'kysely/migration';
import type { Counts } from '../../src/domain/figures.ts';
import { createFigures } from '../../src/store/figures.ts';
import { migrations } from '../../src/store/migrations/index.ts';
import type { Schema } from '../../src/store/schema.ts';
import type { StoreDatabase } from '../../src/store/store-database.ts';
import { onEachStore, openDatabase } from '../support/databases.ts';
import { fakeClock } from '../support/fakes.ts';
import { plansOf } from '../support/query-plans.ts';

const dayMs = 86_400_000;
const from = Date.UTC(2026, 10, 24);
const to = Date.UTC(2026, 10, 26);
const first = from / dayMs;

/** The databases have orders of their own for what has none. */
const inOrder = <T>(rows: readonly T[]) => rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

onEachStore('what is counted', (kind) => {
  const clock = fakeClock(to);
  let db: StoreDatabase;
  beforeEach(async () => {
    db = await openDatabase();
    const { error } = await new Migrator({
      db,
      provider: { getMigrations: () => Promise.resolve(migrations) },
    }).migrateToLatest();
    assert.equal(error, undefined);
  });
  afterEach(() => db.destroy());

  /** The rows as plain objects: SQLite's have no prototype. */
  const counts = async () => JSON.parse(JSON.stringify(await createFigures(db, clock).count({ from, to }))) as Counts;
  const put = (table: keyof Schema, rows: readonly object[]) => db.insertInto(table).values(rows).execute();
  const shown = (id: string, complaint: number, article: string, cause: string, at = from) => ({
    ...{ conversation_id: id, complaint, article, cause, at },
  });
  const outcome = (id: string, complaint: number, kind: string, cause: string | null, at = from) => ({
    ...{ conversation_id: id, complaint, outcome: kind, cause, at },
  });
  const feedback = (id: string, answered: number, reason: string | null, differs: object = {}) => ({
    ...{
      conversation_id: id,
      complaint: 1,
      answered,
      reason,
      cause: 'no-seat',
      article: 'seats',
      at: from,
      ...differs,
    },
  });
  const closed = (number: string, differs: object) => ({
    ...{ number, conversation_id: number, state: 'closed', since: from, priority: 1, ...differs },
  });
  const asked = (seq: number, words: string, at = from) => ({ conversation_id: 'c', seq, words, at });

  it('is nothing where nothing happened', async () => {
    const { unansweredInAll, ...rows } = await counts();
    assert.equal(unansweredInAll, 0);
    assert.deepEqual([...new Set(Object.values(rows).map((one) => one.length))], [0]);
  });

  it('begins with the first millisecond of its first day and ends with the last one of its last', async () => {
    await put('outcomes', [
      outcome('before', 1, 'verified', null, from - 1),
      outcome('first', 1, 'verified', null, from),
      outcome('midnight', 1, 'verified', null, from + dayMs),
      outcome('last', 1, 'verified', null, to - 1),
      outcome('after', 1, 'verified', null, to),
    ]);
    const { complaints } = await counts();
    assert.deepEqual(complaints, [
      { day: first, cause: null, outcome: 'verified', count: 1 },
      { day: first + 1, cause: null, outcome: 'verified', count: 2 },
    ]);
  });

  it('tells outcomes by day and cause', async () => {
    await put('outcomes', [
      outcome('a', 1, 'verified', 'no-seat'),
      outcome('a', 2, 'verified', 'no-seat'),
      outcome('b', 1, 'abandoned', 'no-seat'),
      outcome('c', 1, 'verified', 'incident'),
    ]);
    const { complaints } = await counts();
    assert.deepEqual(
      complaints.map(({ cause, outcome, count }) => `${cause ?? ''} ${outcome} ${count}`),
      ['incident verified 1', 'no-seat abandoned 1', 'no-seat verified 2'],
    );
  });

  it('takes an answer for help after a day of silence, and not before', async () => {
    await put('shown', [shown('a', 1, 'seats', 'no-seat'), shown('b', 1, 'seats', 'no-seat')]);
    await put('outcomes', [
      outcome('a', 1, 'answered', 'no-seat', to - dayMs),
      outcome('b', 1, 'answered', 'no-seat', to - dayMs + 1),
      outcome('c', 1, 'unsolved', 'no-seat'),
      outcome('d', 1, 'abandoned', 'no-seat'),
    ]);
    const told = async () => {
      const { complaints, articleOutcomes } = await counts();
      const ended = complaints.map(({ outcome, count }) => `${outcome} ${count}`).sort();
      return [ended, articleOutcomes.map(({ outcome, count }) => `${outcome} ${count}`).sort()];
    };
    assert.deepEqual(await told(), [
      ['abandoned 1', 'answered 1', 'assumed 1', 'unsolved 1'],
      ['answered 1', 'assumed 1'],
    ]);
    clock.forward(1);
    assert.deepEqual(await told(), [['abandoned 1', 'assumed 2', 'unsolved 1'], ['assumed 2']]);
  });

  it('counts a cause and an article once in each complaint, and a question for no cause', async () => {
    await put('shown', [
      shown('a', 1, 'seats', 'no-seat'),
      shown('a', 1, 'access-denied', 'no-seat'),
      shown('a', 1, 'seats', 'incident'),
      shown('a', 2, 'seats', 'no-seat'),
      shown('b', 1, 'seats', ''),
      shown('late', 1, 'seats', 'no-seat', to),
    ]);
    const { causesShown, articlesShown } = await counts();
    assert.deepEqual(causesShown, [
      { cause: 'incident', count: 1 },
      { cause: 'no-seat', count: 2 },
    ]);
    assert.deepEqual(articlesShown, [
      { article: 'access-denied', count: 1 },
      { article: 'seats', count: 3 },
    ]);
  });

  it('gives an article the outcomes of the complaints in which it was shown, each once', async () => {
    await put('shown', [
      shown('a', 1, 'seats', 'no-seat', from - dayMs),
      shown('a', 1, 'seats', 'incident'),
      shown('b', 1, 'seats', ''),
      shown('b', 2, 'rate-limits', ''),
    ]);
    await put('outcomes', [
      outcome('a', 1, 'confirmed', 'no-seat'),
      outcome('b', 1, 'confirmed', null),
      outcome('b', 2, 'handed-off', null, to),
    ]);
    const { articleOutcomes } = await counts();
    assert.deepEqual(articleOutcomes, [{ article: 'seats', outcome: 'confirmed', count: 2 }]);
  });

  it('tells feedback by cause and article, and the reasons of a no, the commonest first', async () => {
    await put('feedback', [
      feedback('a', 1, null),
      feedback('b', 0, 'why-steps'),
      feedback('c', 0, 'why-steps'),
      feedback('d', 0, null),
      feedback('e', 0, 'it is blue', { cause: null, article: null }),
      feedback('late', 0, 'why-steps', { at: to }),
    ]);
    const counted = await counts();
    assert.deepEqual(
      inOrder(counted.feedback),
      inOrder([
        { onPage: false, cause: null, article: null, answered: false, count: 1 },
        { onPage: false, cause: 'no-seat', article: 'seats', answered: false, count: 3 },
        { onPage: false, cause: 'no-seat', article: 'seats', answered: true, count: 1 },
      ]),
    );
    assert.deepEqual(counted.reasons, [
      { onPage: false, cause: 'no-seat', article: 'seats', reason: 'why-steps', count: 2 },
      { onPage: false, cause: 'no-seat', article: 'seats', reason: null, count: 1 },
      { onPage: false, cause: null, article: null, reason: 'it is blue', count: 1 },
    ]);
  });

  it('counts tickets on the day they were opened, and on the day since which they are closed', async () => {
    await put('tickets', [
      { number: 'LK-1', conversation_id: 'a', opened_at: from, body: '{}' },
      { number: 'LK-2', conversation_id: 'b', opened_at: to - 1, body: '{}' },
      { number: 'LK-3', conversation_id: 'c', opened_at: to, body: '{}' },
    ]);
    await put('work', [
      closed('LK-1', { cause: 'no-seat', true_cause: 'no-seat' }),
      closed('LK-2', { cause: 'no-seat', true_cause: 'none', since: to - 1 }),
      closed('LK-3', { cause: 'no-seat', true_cause: 'none', since: to }),
      closed('LK-4', { cause: null, true_cause: null }),
      closed('LK-5', { state: 'waiting' }),
    ]);
    const counted = await counts();
    assert.deepEqual(counted.opened, [
      { day: first, count: 1 },
      { day: first + 1, count: 1 },
    ]);
    assert.deepEqual(
      inOrder(counted.closed),
      inOrder([
        { day: first, said: null, was: null, count: 1 },
        { day: first, said: 'no-seat', was: 'no-seat', count: 1 },
        { day: first + 1, said: 'no-seat', was: 'none', count: 1 },
      ]),
    );
  });

  it('counts the spellings of a question together, the commonest first, with the newest time', async () => {
    await put('unanswered', [
      asked(1, 'Where is the moon?', from + 1),
      asked(2, '  where is\nthe   MOON', from + 5),
      asked(3, 'Can I pay in gold', from + 9),
      asked(4, 'Can I pay in gold', to),
    ]);
    const { unanswered, unansweredInAll } = await counts();
    assert.deepEqual(
      unanswered.map(({ words, count, newest }) => [words.trim().length > 0, count, newest - from]),
      [
        [true, 2, 5],
        [true, 1, 9],
      ],
    );
    assert.equal(unansweredInAll, 3);
  });

  it('is bounded: at most 100 questions of at most 1,000 characters, the rest is counted', async () => {
    const long = 'x'.repeat(4_000);
    await put('unanswered', [
      asked(0, long),
      ...Array.from({ length: 120 }, (_, i) => asked(i + 1, `q${i}`, from + i)),
    ]);
    const { unanswered, unansweredInAll } = await counts();
    assert.equal(unanswered.length, 100);
    assert.equal(unansweredInAll, 121);
    await db.deleteFrom('unanswered').where('seq', '>', 0).execute();
    assert.equal((await counts()).unanswered[0]?.words.length, 1_000);
  });

  if (kind !== 'SQLite') return;
  it('reads no more of a table than the days it was asked for', async () => {
    const plans = await plansOf(db, (watched) => createFigures(watched, clock).count({ from, to }));
    const tables = plans.filter((detail) =>
      /^(SCAN|SEARCH) (outcomes|shown|feedback|article_feedback|tickets|work|unanswered|article_views|o|s)\b/.test(
        detail,
      ),
    );
    assert.ok(tables.length >= 9, plans.join('\n'));
    assert.deepEqual(
      tables.filter((detail) => detail.startsWith('SCAN')),
      [],
    );
  });
});
